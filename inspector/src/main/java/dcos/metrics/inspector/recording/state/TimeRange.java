// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/** A time, in milliseconds since the epoch: from one instant until before another. */
public record TimeRange(long fromMs, long toMs) {
  /** All of time. */
  public static final TimeRange ALWAYS = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Whether an instant is in it. */
  public boolean contains(long wallMs) {
    return fromMs <= wallMs && wallMs < toMs;
  }
}
