// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

import java.util.OptionalLong;

/**
 * Something that went wrong, for the time strip and for whoever asks why.
 *
 * @param source the number of the source that it concerns
 * @param offset in that source's stream
 * @param delivery the number of the message that it concerns
 * @param text one line
 */
public record Trouble(
    long wallMs,
    Kind kind,
    OptionalLong source,
    OptionalLong offset,
    OptionalLong delivery,
    String text) {
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
