// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.inspector.recording.state.RecordRates;
import java.util.Arrays;

/**
 * How many records came when, over the whole recording, in parts that grow with it; and how often
 * something went wrong. Guarded by the recording's lock.
 */
final class RateHistory {
  private static final int PARTS = 1024;

  private final long[] records = new long[PARTS];
  private final long[] errors = new long[PARTS];
  private long startMs = Long.MIN_VALUE;
  private long endMs;
  private long partMs = 100;

  void add(long wallMs, long count) {
    records[part(wallMs)] += count;
  }

  void addError(long wallMs) {
    errors[part(wallMs)]++;
  }

  RecordRates parts() {
    if (startMs == Long.MIN_VALUE) {
      return new RecordRates(0, partMs, new long[0], new long[0]);
    }
    int used = (int) ((endMs - startMs) / partMs) + 1;
    return new RecordRates(
        startMs, partMs, Arrays.copyOf(records, used), Arrays.copyOf(errors, used));
  }

  private int part(long wallMs) {
    if (startMs == Long.MIN_VALUE) {
      startMs = wallMs;
      endMs = wallMs;
    }
    long at = Math.max(wallMs, startMs); // what a clock that went back says is at the start
    endMs = Math.max(endMs, at);
    while ((at - startMs) / partMs >= PARTS) {
      halve(records);
      halve(errors);
      partMs *= 2;
    }
    return (int) ((at - startMs) / partMs);
  }

  private static void halve(long[] parts) {
    for (int i = 0; i < PARTS / 2; i++) {
      parts[i] = parts[2 * i] + parts[2 * i + 1];
    }
    Arrays.fill(parts, PARTS / 2, PARTS, 0);
  }
}
