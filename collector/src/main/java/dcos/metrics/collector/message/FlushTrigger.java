// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What made a topic's pending records a message. */
public enum FlushTrigger {
  /** Enough records. */
  COUNT,
  /** Enough bytes. */
  SIZE,
  /** The first record waited long enough. */
  PERIOD,
  /** Somebody waits for memory. */
  MEMORY,
  /** The collector stops. */
  SHUTDOWN,
  /** Only in recordings of later versions: a trigger that this version does not know. */
  UNKNOWN;

  /** The name in filters and recordings, such as {@code count}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that a pipeline of this version has. */
  public static Set<FlushTrigger> counted() {
    return EnumSet.complementOf(EnumSet.of(UNKNOWN));
  }
}
