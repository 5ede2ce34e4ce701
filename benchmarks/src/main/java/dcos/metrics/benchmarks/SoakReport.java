// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The tables of a soak: one row per minute while it runs, and the figures that its goals are about
 * at the end. All sizes are in MB of 1,024 kB. Not thread-safe.
 */
final class SoakReport {
  private static final double GOAL_PEAK_MB = 110;
  private static final double GOAL_GROWTH_MB = 1;
  // Of an hour: minutes 5, 15, 30, 45 and 60.
  private static final double[] SHARES = {1 / 12.0, 0.25, 0.5, 0.75, 1};

  private final Duration length;
  private final List<SoakSample> samples = new ArrayList<>();

  SoakReport(Duration length) {
    this.length = length;
  }

  static String header() {
    var titles = new StringJoiner(" | ", "| ", " |");
    titles.add("minute").add("median").add("highest").add("VmHWM").add("anonymous").add("files");
    for (MemoryMap.Use use : MemoryMap.Use.values()) {
      titles.add(use.title());
    }
    String line = titles.add("descriptors").add("threads").toString();
    return line + System.lineSeparator() + line.replaceAll("[^|]+", "---");
  }

  void add(SoakSample sample) {
    samples.add(sample);
  }

  /** The minute's median and its sample with the most resident memory. */
  String minute(int minute) {
    List<SoakSample> within = between(Duration.ofMinutes(minute - 1L), Duration.ofMinutes(minute));
    return within.stream()
        .max(Comparator.comparingLong(sample -> sample.usage().residentKb()))
        .map(highest -> row(Integer.toString(minute), median(within), highest))
        .orElse("| " + minute + " | no sample |");
  }

  /** The figures at the times and in the quarters that the goals are about. */
  List<String> measurements() {
    List<String> lines = new ArrayList<>();
    lines.add(header());
    for (double share : SHARES) {
      Duration at = share(share);
      List<SoakSample> within = between(share(share - SHARES[0]), at);
      if (!within.isEmpty()) {
        SoakSample last = within.getLast();
        lines.add(
            row(String.format(Locale.ROOT, "%.1f", at.toSeconds() / 60.0), median(within), last));
      }
    }
    double second = median(between(share(0.25), share(0.5)));
    double fourth = median(between(share(0.75), length));
    lines.add(
        String.format(
            Locale.ROOT,
            "median resident: second quarter %.1f MB, last quarter %.1f MB, difference %+.1f; goal at most %+.1f",
            second,
            fourth,
            fourth - second,
            GOAL_GROWTH_MB));
    double peak = samples.isEmpty() ? Double.NaN : mb(samples.getLast().usage().peakKb());
    lines.add(
        String.format(
            Locale.ROOT,
            "VmHWM %.1f MB; goal %.0f %s",
            peak,
            GOAL_PEAK_MB,
            peak <= GOAL_PEAK_MB ? "met" : "MISSED"));
    return lines;
  }

  private Duration share(double share) {
    return Duration.ofMillis(Math.round(length.toMillis() * share));
  }

  private List<SoakSample> between(Duration from, Duration to) {
    return samples.stream()
        .filter(sample -> sample.at().compareTo(from) > 0 && sample.at().compareTo(to) <= 0)
        .toList();
  }

  private static double median(List<SoakSample> of) {
    if (of.isEmpty()) {
      return Double.NaN;
    }
    List<Long> sorted = of.stream().map(sample -> sample.usage().residentKb()).sorted().toList();
    return mb(sorted.get(sorted.size() / 2));
  }

  private static String row(String minute, double median, SoakSample sample) {
    var cells = new StringJoiner(" | ", "| ", " |");
    cells.add(minute).add(String.format(Locale.ROOT, "%.1f", median));
    cells.add(String.format(Locale.ROOT, "%.1f", mb(sample.usage().residentKb())));
    cells.add(String.format(Locale.ROOT, "%.1f", mb(sample.usage().peakKb())));
    cells.add(String.format(Locale.ROOT, "%.1f", mb(sample.usage().anonKb())));
    cells.add(String.format(Locale.ROOT, "%.1f", mb(sample.usage().fileKb())));
    for (MemoryMap.Use use : MemoryMap.Use.values()) {
      cells.add(String.format(Locale.ROOT, "%.1f", mb(sample.memory().kb(use))));
    }
    return cells
        .add(Integer.toString(sample.descriptors()))
        .add(Integer.toString(sample.threads()))
        .toString();
  }

  private static double mb(long kb) {
    return kb / 1024.0;
  }
}
