// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/**
 * Bounds the warnings and errors of a log, whatever happens: the first of a kind in a period are
 * shown, the others are counted, and each period ends with the counts. In any time as long as a
 * period there are at most 100 lines, the counts included. Thread-safe.
 */
final class LineLimit {
  static final Duration PERIOD = Duration.ofMinutes(1);

  /** How many lines of a kind are shown in a period. */
  static final int PER_KIND = 5;

  /** How many lines of a kind are shown where each names another thing. */
  static final int PER_NAMED_KIND = 20;

  /** How many lines are shown in a period. Twice as many, and the counts, are under 100. */
  static final int PER_PERIOD = 40;

  /** So that warnings of many kinds cannot hide an error. */
  static final int WARNINGS_PER_PERIOD = 30;

  /** How many lines of counts end a period. */
  static final int COUNTS_PER_PERIOD = 10;

  // Messages are constants of the code: there are not more.
  private static final int MAX_KINDS = 500;

  private final LongSupplier nanoTime;
  // All guarded by this.
  private final Map<LineKind, SeenLine> kinds = new LinkedHashMap<>();
  private long startNanos;
  private int shown;
  private int shownWarnings;
  private long beyondKinds;

  /** Lines that differ in their values only. */
  private record LineKind(Level level, String logger, String message) {}

  private static final class SeenLine {
    private long shown;
    private long hidden;
  }

  /**
   * How many lines were not shown in a period.
   *
   * @param kinds how many kinds they are of
   * @param message of the one kind, without values
   */
  record Hidden(Level level, String logger, String message, int kinds, long lines) {}

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  LineLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /**
   * Whether a line is shown; else it is counted.
   *
   * @param perKind how many of its kind are shown in a period
   */
  synchronized boolean admits(Level level, String logger, String message, int perKind) {
    var kind = new LineKind(level, logger, message);
    if (kinds.size() >= MAX_KINDS && !kinds.containsKey(kind)) {
      beyondKinds++;
      return false;
    }
    SeenLine seen = kinds.computeIfAbsent(kind, _ -> new SeenLine());
    boolean warning = level != Level.ERROR;
    if (seen.shown >= perKind
        || shown == PER_PERIOD
        || (warning && shownWarnings == WARNINGS_PER_PERIOD)) {
      seen.hidden++;
      return false;
    }
    seen.shown++;
    shown++;
    shownWarnings += warning ? 1 : 0;
    return true;
  }

  /** Begins the next period if this one is over; what was not shown in it. */
  synchronized List<Hidden> endPeriodIfOver() {
    return nanoTime.getAsLong() - startNanos < PERIOD.toNanos() ? List.of() : endPeriod();
  }

  /**
   * Begins the next period; what was not shown in this one, the most frequent kinds by themselves.
   */
  synchronized List<Hidden> endPeriod() {
    List<Hidden> all = new ArrayList<>();
    kinds.forEach(
        (kind, seen) -> {
          if (seen.hidden > 0) {
            all.add(new Hidden(kind.level(), kind.logger(), kind.message(), 1, seen.hidden));
          }
        });
    all.sort(Comparator.comparingLong(Hidden::lines).reversed());
    List<Hidden> hidden =
        new ArrayList<>(all.subList(0, Math.min(all.size(), COUNTS_PER_PERIOD - 1)));
    List<Hidden> rest = all.subList(hidden.size(), all.size());
    long lines = rest.stream().mapToLong(Hidden::lines).sum() + beyondKinds;
    if (lines > 0) {
      int others = rest.size() + (beyondKinds > 0 ? 1 : 0);
      hidden.add(new Hidden(Level.WARN, LineLimit.class.getName(), "", others, lines));
    }
    kinds.clear();
    shown = 0;
    shownWarnings = 0;
    beyondKinds = 0;
    startNanos = nanoTime.getAsLong();
    return hidden;
  }
}
