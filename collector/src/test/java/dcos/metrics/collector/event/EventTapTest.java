// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTapTest {
  private static final LedgerSnapshot LEDGER = new Ledger().snapshot();
  private static final Event SOME = new Event.KafkaChanged(new EventTime(1, 1), false, "gone");

  private final EventTap tap = new EventTap();
  private final List<Event> reported = new ArrayList<>();

  @Test
  void isOpenWhileSomebodyListens() throws Exception {
    assertThat(tap.isOpen()).isFalse();

    try (AutoCloseable _ = tap.listen(reported::add, EventTapTest::snapshot)) {
      assertThat(tap.isOpen()).isTrue();
      tap.publish(SOME);
    }

    assertThat(tap.isOpen()).isFalse();
    tap.publish(SOME);
    assertThat(reported).containsExactly(snapshot(), SOME);
  }

  @Test
  void reportsWhatHappensDuringTheSnapshotAfterIt() throws Exception {
    try (AutoCloseable _ =
        tap.listen(
            reported::add,
            () -> {
              tap.publish(SOME);
              return snapshot();
            })) {
      assertThat(reported).containsExactly(snapshot(), SOME);
    }
  }

  @Test
  void keepsABoundedNumberOfEventsDuringTheSnapshotAndCountsTheOthers() throws Exception {
    try (AutoCloseable _ =
        tap.listen(
            reported::add,
            () -> {
              for (int i = 0; i < 10_000; i++) {
                tap.publish(SOME);
              }
              return snapshot();
            })) {
      assertThat(reported).hasSizeLessThan(3000).first().isEqualTo(snapshot());
      assertThat(reported)
          .last()
          .isInstanceOfSatisfying(
              Event.Skipped.class,
              skipped -> assertThat(skipped.events()).isEqualTo(10_000 - (reported.size() - 2)));
    }
  }

  @Test
  void passesEventsOnWithoutASnapshotToASinkThatTakesItItself() throws Exception {
    try (AutoCloseable _ = tap.listen(reported::add)) {
      tap.publish(SOME);
    }
    tap.publish(SOME);

    assertThat(reported).containsExactly(SOME);
  }

  @Test
  void notifiesEveryListener() throws Exception {
    List<Event> others = new ArrayList<>();
    try (AutoCloseable _ = tap.listen(reported::add, EventTapTest::snapshot);
        AutoCloseable _ = tap.listen(others::add, EventTapTest::snapshot)) {
      tap.publish(SOME);
    }

    assertThat(reported).isEqualTo(others).hasSize(2);
  }

  private static Event.Snapshot snapshot() {
    return new Event.Snapshot(
        new EventTime(0, 0), "1", List.of(), List.of(), Optional.empty(), Optional.empty(), LEDGER);
  }
}
