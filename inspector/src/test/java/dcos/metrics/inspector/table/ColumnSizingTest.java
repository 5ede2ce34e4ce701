// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.table.ColumnSizing.PreferredWidth;
import dcos.metrics.inspector.table.ColumnSizing.TruncationPriority;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnSizingTest {
  @Test
  void givesEachWhatItNeedsAndTheRestToWords() {
    double[] widths =
        ColumnSizing.widths(
            600,
            List.of(
                new PreferredWidth(60, 80, TruncationPriority.NEVER),
                new PreferredWidth(100, 200, TruncationPriority.FIRST),
                new PreferredWidth(50, 60, TruncationPriority.FIRST)));

    assertThat(widths[0]).isEqualTo(80);
    assertThat(widths[1]).isEqualTo(400);
    assertThat(widths[2]).isEqualTo(120);
  }

  @Test
  void cutsTheLongestWordsFirstAndNoFigure() {
    double[] widths =
        ColumnSizing.widths(
            300,
            List.of(
                new PreferredWidth(60, 80, TruncationPriority.NEVER),
                new PreferredWidth(50, 400, TruncationPriority.FIRST),
                new PreferredWidth(50, 90, TruncationPriority.FIRST)));

    assertThat(widths[0]).isEqualTo(80);
    assertThat(widths[1]).isBetween(128.0, 130.0);
    assertThat(widths[2]).isBetween(90.0, 92.0);
  }

  @Test
  void cutsAStateNotBeforeWordsAreAsNarrowAsCanBe() {
    List<PreferredWidth> wishes =
        List.of(
            new PreferredWidth(50, 300, TruncationPriority.FIRST),
            new PreferredWidth(60, 200, TruncationPriority.LAST));

    assertThat(ColumnSizing.widths(350, wishes)).containsExactly(150, 200);
    assertThat(ColumnSizing.widths(200, wishes)).containsExactly(50, 150);
    assertThat(ColumnSizing.widths(600, wishes)[0]).isGreaterThanOrEqualTo(300);
  }

  @Test
  void leavesWordsTheirRoomBesideALongReason() {
    List<PreferredWidth> wishes =
        List.of(
            new PreferredWidth(50, 150, TruncationPriority.FIRST),
            new PreferredWidth(60, 500, TruncationPriority.LAST));

    assertThat(ColumnSizing.widths(400, wishes)[0]).isEqualTo(150);
  }

  @Test
  void isWiderThanTheTableRatherThanUnreadable() {
    double[] widths =
        ColumnSizing.widths(
            100,
            List.of(
                new PreferredWidth(60, 80, TruncationPriority.NEVER),
                new PreferredWidth(50, 400, TruncationPriority.FIRST)));

    assertThat(widths).containsExactly(80, 50);
  }
}
