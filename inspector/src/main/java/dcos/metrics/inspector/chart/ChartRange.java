// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

/**
 * A time that the chart shows, in milliseconds since 1970.
 *
 * @param toMillis after {@code fromMillis}
 */
public record ChartRange(double fromMillis, double toMillis) {
  public ChartRange {
    if (!(fromMillis < toMillis)) {
      throw new IllegalArgumentException("from %s to %s".formatted(fromMillis, toMillis));
    }
  }

  public double timeRange() {
    return toMillis - fromMillis;
  }

  /** The time at a place, 0 to 1. */
  public double at(double place) {
    return fromMillis + place * timeRange();
  }

  /** Where a time stands, 0 to 1 if it lies within. */
  public double place(double millis) {
    return (millis - fromMillis) / timeRange();
  }
}
