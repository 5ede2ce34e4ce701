// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.testing.MadeRows;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowWindowTest {
  private final MadeRows<Long> rows = new MadeRows<>(i -> i);
  private final RowWindow<Long> window = new RowWindow<>(rows, true);

  @BeforeEach
  void tenRowsOnFourLines() {
    rows.add(10);
    window.fit(4);
  }

  @Test
  void showsTheEndAndFollowsIt() {
    assertThat(shown()).containsExactly(6L, 7L, 8L, 9L);

    rows.add(5);
    window.refresh();

    assertThat(shown()).containsExactly(11L, 12L, 13L, 14L);
    assertThat(window.followingProperty().get()).isTrue();
    assertThat(window.unseenProperty().get()).isZero();
  }

  @Test
  void pausesWhenScrolledUpAndCountsWhatIsNew() {
    window.scrollBy(-2);

    rows.add(3210);
    window.refresh();

    assertThat(shown()).containsExactly(4L, 5L, 6L, 7L);
    assertThat(window.followingProperty().get()).isFalse();
    assertThat(window.unseenProperty().get()).isEqualTo(3210);
  }

  @Test
  void resumesAtTheEnd() {
    window.scrollBy(-2);
    rows.add(3210);
    window.refresh();

    window.follow();

    assertThat(shown()).containsExactly(3216L, 3217L, 3218L, 3219L);
    assertThat(window.unseenProperty().get()).isZero();
  }

  @Test
  void resumesWhenScrolledDownToTheEnd() {
    window.scrollBy(-2);

    window.scrollBy(2);

    assertThat(window.followingProperty().get()).isTrue();
  }

  @Test
  void staysOnTheSelectedRowWhileRowsComeIn() {
    window.select(7);

    rows.add(100);
    window.refresh();

    assertThat(shown()).contains(7L);
    assertThat(window.selectedRowProperty().get()).isEqualTo(7L);
  }

  @Test
  void keepsTheSelectionThatScrolledOut() {
    window.select(7);

    window.scrollTo(0);

    assertThat(shown()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(window.selectedProperty().get()).isEqualTo(7);
  }

  @Test
  void makesARowShowThatIsSelectedByKey() {
    window.select(6);

    window.selectBy(-1);

    assertThat(shown()).containsExactly(5L, 6L, 7L, 8L);
    assertThat(window.selectedProperty().get()).isEqualTo(5);
  }

  @Test
  void leavesLinesEmptyBelowTheLastRow() {
    rows.clear();
    rows.add(2);
    window.refresh();

    assertThat(window.lines()).hasSize(4);
    assertThat(shown()).containsExactly(0L, 1L);
  }

  @Test
  void forgetsASelectionThatIsNoMore() {
    window.select(9);

    rows.clear();
    window.refresh();

    assertThat(window.selectedProperty().get()).isEqualTo(RowWindow.NONE);
    assertThat(window.selectedRowProperty().get()).isNull();
    assertThat(window.unseenProperty().get()).isZero();
  }

  @Test
  void showsAnotherListFromItsEnd() {
    window.scrollTo(0);
    var filtered = new MadeRows<>(i -> i * 100);
    filtered.add(6);

    window.show(filtered);

    assertThat(shown()).containsExactly(200L, 300L, 400L, 500L);
    assertThat(window.followingProperty().get()).isTrue();
  }

  @Test
  void doesNotFollowAListWithoutAnEnd() {
    var series = new RowWindow<>(rows, false);
    series.fit(4);

    rows.add(100);
    series.refresh();

    assertThat(series.firstProperty().get()).isZero();
    assertThat(series.followingProperty().get()).isFalse();
    assertThat(series.unseenProperty().get()).isZero();
  }

  @Test
  void showsTheEndOfAListOfBillions() {
    rows.add(5_000_000_000L);
    window.refresh();

    assertThat(shown()).last().isEqualTo(5_000_000_009L);
  }

  @Test
  void selectsSeveralRowsOneByOne() {
    RowWindow<Long> several = several();

    several.select(2);
    several.toggle(0);
    several.toggle(3);
    several.toggle(0);

    assertThat(picked(several)).containsExactly(2L, 3L);
    assertThat(several.selectedRowProperty().get()).isEqualTo(0L);
    assertThat(several.lines())
        .extracting(line -> line.pickedProperty().get())
        .containsExactly(false, false, true, true);
  }

  @Test
  void selectsAllRowsFromTheOneSelectedByItself() {
    RowWindow<Long> several = several();
    several.select(5);

    several.extendTo(7);
    assertThat(picked(several)).containsExactly(5L, 6L, 7L);

    several.extendTo(3);
    assertThat(picked(several)).containsExactly(5L, 4L, 3L);
  }

  @Test
  void selectsARowMoreByKeyAndOneLessOnTheWayBack() {
    RowWindow<Long> several = several();
    several.select(3);

    several.extendBy(1);
    several.extendBy(1);
    assertThat(picked(several)).containsExactly(3L, 4L, 5L);
    assertThat(several.firstProperty().get()).isEqualTo(2);

    several.extendBy(-1);
    assertThat(picked(several)).containsExactly(3L, 4L);
  }

  @Test
  void goesToAnotherRowWithoutSelectingIt() {
    RowWindow<Long> several = several();
    several.select(1);

    several.leadBy(2);
    assertThat(picked(several)).containsExactly(1L);

    several.toggle(several.selectedProperty().get());
    assertThat(picked(several)).containsExactly(1L, 3L);
  }

  @Test
  void selectsOneAloneAgain() {
    RowWindow<Long> several = several();
    several.select(1);
    several.extendTo(3);

    several.select(2);
    assertThat(picked(several)).containsExactly(2L);

    several.select(RowWindow.NONE);
    assertThat(picked(several)).isEmpty();
  }

  @Test
  void keepsWhatIsSelectedTogetherBehindAFilter() {
    RowWindow<Long> several = several();
    several.select(1);
    several.toggle(2);
    var filtered = new MadeRows<>(i -> i * 2);
    filtered.add(3);

    several.show(filtered);

    assertThat(picked(several)).containsExactly(1L, 2L);
    assertThat(several.lines())
        .extracting(line -> line.pickedProperty().get())
        .containsExactly(false, true, false, false);
  }

  @Test
  void goesWithTheSelectedRowWhenRowsMove() {
    var shift = new AtomicLong();
    var moving = new MadeRows<>(i -> i + shift.get());
    moving.add(10);
    var several = new RowWindow<>(moving, new RowSelection<>(Long::longValue));
    several.fit(4);
    several.select(3);

    shift.set(1);
    several.refresh();

    assertThat(several.selectedProperty().get()).isEqualTo(2);
    assertThat(several.selectedRowProperty().get()).isEqualTo(3L);
  }

  @Test
  void keepsTheSelectedRowInSightWhenThereIsLessRoom() {
    RowWindow<Long> several = several();
    several.select(3);

    several.fit(2);

    assertThat(several.lines()).extracting(RowWindow.RowLine::row).containsExactly(2L, 3L);
  }

  @Test
  void keepsTheSelectedRowOfAListThatGrowsInSightToo() {
    window.select(8);

    window.fit(2);

    assertThat(shown()).containsExactly(7L, 8L);
    assertThat(window.selectedProperty().get()).isEqualTo(8);
  }

  private RowWindow<Long> several() {
    var several = new RowWindow<>(rows, new RowSelection<>(Long::longValue));
    several.fit(4);
    return several;
  }

  private static List<Long> picked(RowWindow<Long> several) {
    return Objects.requireNonNull(several.selection()).rowsProperty().get();
  }

  private List<Long> shown() {
    return window.lines().stream().map(RowWindow.RowLine::row).filter(Objects::nonNull).toList();
  }
}
