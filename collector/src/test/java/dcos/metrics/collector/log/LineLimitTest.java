// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LineLimitTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
  private final LineLimit limit = new LineLimit(nanos::get);

  @Test
  void showsTheFirstOfAKindAndCountsTheOthers() {
    assertThat(log(Level.WARN, "stream broken", 1_000)).isEqualTo(LineLimit.PER_KIND);
    assertThat(log(Level.WARN, "connection lost", 2)).isEqualTo(2);

    advance(LineLimit.PERIOD);

    assertThat(limit.endPeriodIfOver())
        .containsExactly(
            new LineLimit.Hidden(
                Level.WARN, "ingest", "stream broken", 1, 1_000 - LineLimit.PER_KIND));
    assertThat(log(Level.WARN, "stream broken", 1_000)).isEqualTo(LineLimit.PER_KIND);
  }

  @Test
  void countsNothingBeforeThePeriodIsOver() {
    log(Level.WARN, "stream broken", 10);
    advance(LineLimit.PERIOD.minusNanos(1));

    assertThat(limit.endPeriodIfOver()).isEmpty();

    advance(Duration.ofNanos(1));
    assertThat(limit.endPeriodIfOver()).hasSize(1);
    assertThat(limit.endPeriodIfOver()).isEmpty();
  }

  @Test
  void countsWhatIsHiddenWhenTheProgramEnds() {
    log(Level.ERROR, "cannot answer", 7);

    assertThat(limit.endPeriod())
        .containsExactly(new LineLimit.Hidden(Level.ERROR, "ingest", "cannot answer", 1, 2));
  }

  @Test
  void staysBelowAHundredLinesInAnyMinute() {
    List<Long> times = new ArrayList<>();
    long written = 0;
    // A period's lines at its end, the next one's at its beginning.
    for (int period = 0; period < 6; period++) {
      advance(period % 2 == 0 ? LineLimit.PERIOD.minusMillis(1) : Duration.ZERO);
      for (int kind = 0; kind < 300; kind++) {
        int lines = log(kind % 3 == 0 ? Level.ERROR : Level.WARN, "kind " + kind, 50);
        written += lines;
        for (int i = 0; i < lines; i++) {
          times.add(nanos.get());
        }
      }
      advance(period % 2 == 0 ? Duration.ofMillis(1) : LineLimit.PERIOD);
      for (LineLimit.Hidden hidden : limit.endPeriodIfOver()) {
        written += hidden.lines();
        times.add(nanos.get());
      }
    }

    for (long from : times) {
      long until = from + LineLimit.PERIOD.toNanos();
      assertThat(times).filteredOn(at -> at - from >= 0 && at - until < 0).hasSizeLessThan(101);
    }
    assertThat(written).isEqualTo(6L * 300 * 50);
  }

  @Test
  void warningsOfManyKindsDoNotHideAnError() {
    for (int kind = 0; kind < 100; kind++) {
      log(Level.WARN, "kind " + kind, 1);
    }

    assertThat(limit.admits(Level.ERROR, "cli", "cannot stop", LineLimit.PER_KIND)).isTrue();
  }

  @Test
  void countsLinesOfMoreKindsThanItKeeps() {
    int shown = 0;
    for (int kind = 0; kind < 2_000; kind++) {
      shown += log(Level.WARN, "kind " + kind, 1);
    }

    List<LineLimit.Hidden> hidden = limit.endPeriod();
    assertThat(shown + hidden.stream().mapToLong(LineLimit.Hidden::lines).sum()).isEqualTo(2_000);
    assertThat(hidden).hasSize(LineLimit.COUNTS_PER_PERIOD);
  }

  @Test
  void showsMoreOfAKindWhereEachLineNamesAnotherThing() {
    assertThat(log(Level.WARN, "topic waits", 100, LineLimit.PER_NAMED_KIND))
        .isEqualTo(LineLimit.PER_NAMED_KIND);
    assertThat(log(Level.WARN, "stream broken", 100)).isEqualTo(LineLimit.PER_KIND);
  }

  /** How many of these lines are shown. */
  private int log(Level level, String message, int lines) {
    return log(level, message, lines, LineLimit.PER_KIND);
  }

  private int log(Level level, String message, int lines, int perKind) {
    int shown = 0;
    for (int i = 0; i < lines; i++) {
      shown += limit.admits(level, "ingest", message, perKind) ? 1 : 0;
    }
    return shown;
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
