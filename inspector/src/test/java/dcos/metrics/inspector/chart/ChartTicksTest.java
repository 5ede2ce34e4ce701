// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.chart.ChartTicks.Tick;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTicksTest {
  @Test
  void marksRoundValues() {
    assertThat(texts(ChartTicks.values(-0.3, 1.1, 6))).containsExactly("0", "0.5", "1");
    assertThat(texts(ChartTicks.values(0, 4_300_000, 5)))
        .containsExactly("0", "1M", "2M", "3M", "4M");
  }

  @Test
  void writesEveryDigitWhereThreeDoNotTellTwoMarksApart() {
    assertThat(texts(ChartTicks.values(1000.05, 1000.35, 4)))
        .containsExactly("1,000.1", "1,000.2", "1,000.3");
  }

  @Test
  void marksNothingWhereThereIsNothingBetween() {
    assertThat(ChartTicks.values(1, 1, 5)).isEmpty();
    assertThat(ChartTicks.values(0, Double.POSITIVE_INFINITY, 5)).isEmpty();
  }

  @Test
  void marksNoMoreThanAsked() {
    for (int most = 2; most < 20; most++) {
      assertThat(ChartTicks.values(-17.3, 912.4, most)).hasSizeLessThanOrEqualTo(most);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 09:45:00.000, 09:45:00.010",
    "40, 09:45:00, 09:45:10",
    "600, 09:46, 09:48",
    "36000, 10:00, 12:00",
  })
  void marksRoundTimesOfOurClock(double seconds, String first, String second) {
    double from = Instant.parse("2026-03-01T04:00:00Z").toEpochMilli();

    List<Tick> ticks =
        ChartTicks.times(
            new ChartRange(from, from + seconds * 1000), 5, ZoneId.of("Asia/Kathmandu"));

    assertThat(texts(ticks)).startsWith(first, second).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void marksDays() {
    double from = Instant.parse("2026-03-01T04:00:00Z").toEpochMilli();

    assertThat(
            texts(
                ChartTicks.times(
                    new ChartRange(from, from + 3 * 86_400_000.0), 4, ZoneId.of("UTC"))))
        .containsExactly("2 Mar", "3 Mar", "4 Mar");
  }

  private static List<String> texts(List<Tick> ticks) {
    return ticks.stream().map(Tick::text).toList();
  }
}
