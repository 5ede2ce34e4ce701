// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import java.util.Locale;

/** How events of a newer version are reported, the same everywhere. */
public final class UnknownEvents {
  private UnknownEvents() {}

  /** Such as {@code 1,200 events of a newer version}. */
  public static String count(long events) {
    return String.format(
        Locale.ROOT, "%,d %s of a newer version", events, events == 1 ? "event" : "events");
  }

  /** Such as {@code 1,200 events of a newer version skipped}. */
  public static String skipped(long events) {
    return count(events) + " skipped";
  }
}
