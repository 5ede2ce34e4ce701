// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

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
public record ErrorEntry(
    long wallMs,
    long lastMs,
    long times,
    ErrorKind kind,
    OptionalLong source,
    OptionalLong offset,
    OptionalLong delivery,
    String text) {
  /** Once. */
  public ErrorEntry(
      long wallMs,
      ErrorKind kind,
      OptionalLong source,
      OptionalLong offset,
      OptionalLong delivery,
      String text) {
    this(wallMs, wallMs, 1, kind, source, offset, delivery, text);
  }

  /** The same, and once more. */
  public ErrorEntry again(long at) {
    return new ErrorEntry(
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
  public enum ErrorKind {
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
  public static ErrorEntry of(long wallMs, ErrorKind kind, String text) {
    return new ErrorEntry(
        wallMs, kind, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), text);
  }
}
