// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.viewmodel.ColumnFit.Cut;
import dcos.metrics.inspector.viewmodel.ColumnFit.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnFitTest {
  @Test
  void givesEachWhatItNeedsAndTheRestToWords() {
    double[] widths =
        ColumnFit.widths(
            600,
            List.of(
                new Wish(60, 80, Cut.NEVER),
                new Wish(100, 200, Cut.FIRST),
                new Wish(50, 60, Cut.FIRST)));

    assertThat(widths[0]).isEqualTo(80);
    assertThat(widths[1]).isEqualTo(400);
    assertThat(widths[2]).isEqualTo(120);
  }

  @Test
  void cutsTheLongestWordsFirstAndNoFigure() {
    double[] widths =
        ColumnFit.widths(
            300,
            List.of(
                new Wish(60, 80, Cut.NEVER),
                new Wish(50, 400, Cut.FIRST),
                new Wish(50, 90, Cut.FIRST)));

    assertThat(widths[0]).isEqualTo(80);
    assertThat(widths[1]).isBetween(128.0, 130.0);
    assertThat(widths[2]).isBetween(90.0, 92.0);
  }

  @Test
  void cutsAStateNotBeforeWordsAreAsNarrowAsCanBe() {
    List<Wish> wishes = List.of(new Wish(50, 300, Cut.FIRST), new Wish(60, 200, Cut.LAST));

    assertThat(ColumnFit.widths(350, wishes)).containsExactly(150, 200);
    assertThat(ColumnFit.widths(200, wishes)).containsExactly(50, 150);
    assertThat(ColumnFit.widths(600, wishes)[0]).isGreaterThanOrEqualTo(300);
  }

  @Test
  void leavesWordsTheirRoomBesideALongReason() {
    List<Wish> wishes = List.of(new Wish(50, 150, Cut.FIRST), new Wish(60, 500, Cut.LAST));

    assertThat(ColumnFit.widths(400, wishes)[0]).isEqualTo(150);
  }

  @Test
  void isWiderThanTheTableRatherThanUnreadable() {
    double[] widths =
        ColumnFit.widths(100, List.of(new Wish(60, 80, Cut.NEVER), new Wish(50, 400, Cut.FIRST)));

    assertThat(widths).containsExactly(80, 50);
  }
}
