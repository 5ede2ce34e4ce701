// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import dcos.metrics.inspector.format.DisplayFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Where the chart's axes are marked: at round numbers, and at round times of our clock. */
public final class ChartTicks {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] TIME_STEPS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    30 * DAY,
    365 * DAY
  };

  private ChartTicks() {}

  /** A mark, and what stands at it. */
  public record Tick(double at, String text) {}

  /** Marks of a time, at most so many. */
  public static List<Tick> times(ChartRange range, int most, ZoneId zone) {
    long step = TIME_STEPS[TIME_STEPS.length - 1];
    for (int i = TIME_STEPS.length - 1; i >= 0 && range.timeRange() / TIME_STEPS[i] <= most; i--) {
      step = TIME_STEPS[i];
    }
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(timePattern(step), Locale.ROOT).withZone(zone);
    long offset =
        zone.getRules().getOffset(Instant.ofEpochMilli((long) range.fromMillis())).getTotalSeconds()
            * SECOND;
    List<Tick> ticks = new ArrayList<>();
    long first = (long) Math.ceil((range.fromMillis() + offset) / step) * step - offset;
    for (long at = first; at <= range.toMillis() && ticks.size() < most; at += step) {
      ticks.add(new Tick((double) at, format.format(Instant.ofEpochMilli(at))));
    }
    return ticks;
  }

  /** Marks of values, at most so many. */
  public static List<Tick> values(double low, double high, int most) {
    double step = valueStep((high - low) / Math.max(1, most));
    if (!(step > 0) || !Double.isFinite(step)) {
      return List.of();
    }
    long first = (long) Math.ceil(low / step);
    double[] at =
        DoubleStream.iterate((double) first, i -> i * step <= high, i -> i + 1)
            .limit(most)
            .map(i -> i * step)
            .toArray();
    List<String> texts = DoubleStream.of(at).mapToObj(value -> exactly(value, step)).toList();
    List<String> brief = DoubleStream.of(at).mapToObj(value -> briefly(value, step)).toList();
    // Three digits are enough, unless they can not tell two marks apart.
    List<String> words = brief.stream().distinct().count() == at.length ? brief : texts;
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      ticks.add(new Tick(at[i], words.get(i)));
    }
    return ticks;
  }

  private static String timePattern(long step) {
    if (step < SECOND) {
      return "HH:mm:ss.SSS";
    }
    if (step < MINUTE) {
      return "HH:mm:ss";
    }
    return step < DAY ? "HH:mm" : "d MMM";
  }

  /** 1, 2 or 5 of some power of ten, not below the one asked for. */
  private static double valueStep(double least) {
    if (!(least > 0)) {
      return 0;
    }
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double digit : new double[] {1, 2, 5}) {
      if (digit * power >= least) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  /** Without the rest that a multiple of a tenth has. */
  private static String briefly(double value, double step) {
    return DisplayFormat.value(rounded(value, step).doubleValue());
  }

  private static String exactly(double value, double step) {
    return DisplayFormat.exact(rounded(value, step).doubleValue());
  }

  private static BigDecimal rounded(double value, double step) {
    int digits = (int) -Math.floor(Math.log10(step));
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
  }
}
