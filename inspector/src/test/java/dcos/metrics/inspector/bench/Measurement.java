// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * A line of the table.
 *
 * @param name what was measured, and how
 */
record Measurement(String name, String goal, String measured, boolean met) {
  /** A figure in a unit that must not be above one. */
  static Measurement atMost(String name, double limit, String unit, double measured) {
    return new Measurement(
        name, "≤ " + number(limit) + " " + unit, number(measured) + " " + unit, measured <= limit);
  }

  /** The value that such a share of the values does not exceed; 0 of none. */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  static double median(double... values) {
    return quantile(values, 0.5);
  }

  static String number(double value) {
    String pattern = value == Math.rint(value) ? "%,.0f" : Math.abs(value) < 1 ? "%.3f" : "%,.1f";
    return String.format(Locale.ROOT, pattern, value);
  }

  String line() {
    return "| " + String.join(" | ", name, goal, measured, met ? "yes" : "no") + " |";
  }

  void print() {
    System.out.println(line());
  }
}
