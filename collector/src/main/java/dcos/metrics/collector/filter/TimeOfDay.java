// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** Compares an instant's time of day, on whatever day, in a zone. */
record TimeOfDay(Comparison comparison, LocalTime limit, ZoneId zone) implements NumberPredicate {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_SECOND = 1000;
  private static final long MILLIS_PER_DAY = 86_400_000;

  @Override
  public boolean test(long number) {
    long day = Math.floorMod(number, MILLIS_PER_DAY);
    long offset = zone.getRules().getOffset(Instant.ofEpochMilli(number)).getTotalSeconds();
    long time = Math.floorMod(day + offset * MILLIS_PER_SECOND, MILLIS_PER_DAY);
    return comparison.holds(Long.compare(time * NANOS_PER_MILLI, limit.toNanoOfDay()));
  }

  @Override
  public boolean test(double number) {
    return test((long) number);
  }
}
