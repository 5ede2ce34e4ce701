// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class DisplayFormat {
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final String[] SCALES = {"", "k", "M", "G", "T", "P", "E"};
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private DisplayFormat() {}

  /** With a comma between thousands. */
  public static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** What people count from 1, as messages are numbered, and programs from 0. */
  public static String ordinal(long position) {
    return count(position + 1);
  }

  /** So many of something, such as {@code 1 record} or {@code 2,300 records}. */
  public static String count(long n, String thing) {
    return count(n) + " " + thing + (n == 1 ? "" : "s");
  }

  /**
   * How many points are kept of all that came, and which.
   *
   * @param bucketMs of so long a time only the first, lowest, highest and last are; 0 where every
   *     one is
   * @param fromFirst whether they go back to the first that came
   */
  public static String kept(long kept, long came, long bucketMs, boolean fromFirst) {
    if (kept == came) {
      return count(kept);
    }
    String of = (fromFirst ? "" : "the last ") + count(kept) + " of " + count(came);
    return bucketMs == 0
        ? of
        : of + ": the first, lowest, highest and last of every " + timeRange((double) bucketMs);
  }

  /** Three digits and a scale by thousands: 812M. */
  public static String value(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value) || Double.isInfinite(value) || size >= 1e21) {
      return Double.toString(value);
    }
    if (size < 1000) {
      return plain(value);
    }
    int scale = 0;
    double scaled = value;
    while (Math.abs(scaled) >= 999.5 && scale < SCALES.length - 1) {
      scaled /= 1000;
      scale++;
    }
    return plain(scaled) + SCALES[scale];
  }

  /** Every digit that it has, with a comma between thousands; very large and small as 1.5E300. */
  public static String exact(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value) || size >= 1e15 || (value != 0 && size < 1e-6)) {
      return Double.toString(value);
    }
    BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, digits.scale()) + "f", digits);
  }

  /** Bytes by thousands: 4.1 kB. */
  public static String bytes(long bytes) {
    String value = value((double) bytes);
    char last = value.charAt(value.length() - 1);
    return Character.isDigit(last)
        ? value + " B"
        : value.substring(0, value.length() - 1) + " " + last + "B";
  }

  /** A rate a second: 4.2k/s. */
  public static String rate(double rate) {
    return value(rate) + "/s";
  }

  /** The time of day where we are, to the millisecond. */
  public static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  /** A span: 12 ms, 3.4 s. */
  public static String timeRange(double millis) {
    return millis < 999.5 ? plain(millis) + " ms" : plain(millis / 1000) + " s";
  }

  private static String plain(double value) {
    if (value != 0 && Math.abs(value) < 0.001) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    return new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }
}
