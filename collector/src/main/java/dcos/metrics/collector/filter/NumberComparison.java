// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares with a number.
 *
 * @param value the number, or the double next to it
 * @param near the number without its fraction; the least or greatest long where it is beyond
 * @param side below zero, zero or above zero, as the number compares to {@code near}
 * @param text spells it in a filter
 */
record NumberComparison(Comparison comparison, double value, long near, int side, String text)
    implements NumberPredicate {
  private static final int MAX_LENGTH = 60;
  private static final int MAX_SCALE = 400;
  private static final int MAX_PLAIN_ZEROS = 15;
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  static NumberComparison of(Comparison comparison, BigDecimal number) {
    return of(comparison, number, spell(number));
  }

  /** In milliseconds since the epoch. */
  static NumberComparison of(Comparison comparison, Instant instant) {
    BigDecimal millis =
        BigDecimal.valueOf(instant.getEpochSecond())
            .scaleByPowerOfTen(3)
            .add(BigDecimal.valueOf(instant.getNano(), 6));
    return of(comparison, millis, instant.toString());
  }

  /**
   * @param value NaN or one of the infinities too
   */
  static NumberComparison of(Comparison comparison, double value) {
    if (Double.isFinite(value)) {
      return of(comparison, new BigDecimal(Double.toString(value)));
    }
    long near = value > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    return new NumberComparison(
        comparison, value, near, value > 0 ? 1 : -1, Double.toString(value));
  }

  private static NumberComparison of(Comparison comparison, BigDecimal number, String text) {
    BigDecimal near = number.setScale(0, RoundingMode.FLOOR).max(MIN_LONG).min(MAX_LONG);
    return new NumberComparison(
        comparison, number.doubleValue(), near.longValueExact(), number.compareTo(near), text);
  }

  /**
   * Reads a number with the unit k, M or G, thousands each, or none; or NaN or an infinity.
   *
   * @return empty if it is none
   */
  static Optional<NumberComparison> number(Comparison comparison, String text) {
    return switch (text) {
      case "NaN", "Infinity", "-Infinity" -> Optional.of(of(comparison, Double.parseDouble(text)));
      default -> {
        int power = text.isEmpty() ? 0 : 3 * " kMG".indexOf(text.charAt(text.length() - 1));
        String digits = power > 0 ? text.substring(0, text.length() - 1) : text;
        yield decimal(digits, Math.max(power, 0)).map(number -> of(comparison, number));
      }
    };
  }

  /** Reads milliseconds, with the unit ms or s, or none. */
  static Optional<NumberComparison> duration(Comparison comparison, String text) {
    String unit = text.endsWith("ms") ? "ms" : text.endsWith("s") ? "s" : "";
    String digits = text.substring(0, text.length() - unit.length());
    return decimal(digits, unit.equals("s") ? 3 : 0).map(number -> of(comparison, number));
  }

  /** Bounded in both directions, so that no arithmetic with it becomes dear. */
  private static Optional<BigDecimal> decimal(String digits, int power) {
    if (digits.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(digits);
      if (Math.abs((long) number.scale()) > MAX_SCALE) {
        return Optional.empty();
      }
      BigDecimal scaled = number.scaleByPowerOfTen(power).stripTrailingZeros();
      return Double.isFinite(scaled.doubleValue()) ? Optional.of(scaled) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static String spell(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 && stripped.scale() >= -MAX_PLAIN_ZEROS
        ? stripped.toPlainString()
        : stripped.toString().toLowerCase(Locale.ROOT);
  }

  /** Spells the opposite of being so for this key. */
  String negated(String key) {
    return comparison == Comparison.EQUAL ? key + "!=" + text : "-" + key + comparison + text;
  }

  @Override
  public boolean test(long number) {
    if (Double.isNaN(value)) {
      return comparison == Comparison.NOT_EQUAL;
    }
    int order = Long.compare(number, near);
    return comparison.holds(order == 0 ? -side : order);
  }

  @Override
  public boolean test(double number) {
    if (Double.isNaN(number) || Double.isNaN(value)) {
      boolean equal = Double.isNaN(number) && Double.isNaN(value);
      return !comparison.isOrder() && comparison.holds(equal ? 0 : 1);
    }
    return comparison.holds(number < value ? -1 : number > value ? 1 : 0);
  }
}
