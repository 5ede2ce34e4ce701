// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

import java.util.OptionalLong;

/**
 * Something that went wrong, once or several times shortly after one another, for the time strip
 * and for whoever asks why.
 *
 * @param wallMs when, the first time
 * @param lastMs when, the last time
 * @param times how often
 * @param source the number of the source that it concerns
 * @param offset in that source's stream
 * @param delivery the number of the message that it concerns
 * @param text one line
 */
public record Trouble(
    long wallMs,
    long lastMs,
    long times,
    Kind kind,
    OptionalLong source,
    OptionalLong offset,
    OptionalLong delivery,
    String text) {
  /** Once. */
  public Trouble(
      long wallMs,
      Kind kind,
      OptionalLong source,
      OptionalLong offset,
      OptionalLong delivery,
      String text) {
    this(wallMs, wallMs, 1, kind, source, offset, delivery, text);
  }

  /** The same, and once more. */
  public Trouble again(long at) {
    return new Trouble(
        Math.min(wallMs, at),
        Math.max(lastMs, at),
        times + 1,
        kind,
        source,
        offset,
        delivery,
        text);
  }

  /** What went wrong. */
  public enum Kind {
    BROKEN_STREAM,
    DAMAGED_BLOCK,
    KAFKA_DOWN,
    UNDELIVERABLE,
    THROTTLED,
    REJECTED,
    AGENT,
    SKIPPED
  }

  /** Of nothing that can be shown by itself. */
  public static Trouble of(long wallMs, Kind kind, String text) {
    return new Trouble(
        wallMs, kind, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), text);
  }
}
