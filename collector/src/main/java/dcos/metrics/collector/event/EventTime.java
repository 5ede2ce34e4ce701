// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

/**
 * When something happened, by two clocks.
 *
 * @param wallMs milliseconds since the epoch; may jump
 * @param nanos of a clock that only goes on, with any zero; for differences within one run
 */
public record EventTime(long wallMs, long nanos) {
  public static EventTime now() {
    return new EventTime(System.currentTimeMillis(), System.nanoTime());
  }
}
