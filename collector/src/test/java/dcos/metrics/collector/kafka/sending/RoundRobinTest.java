// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queues: the monitor of this object. */
class TurnsTest {
  private final Turns turns = new Turns();

  @Test
  synchronized void topicsGetTheirTurnInTheOrderInWhichTheyCame() {
    List<Lane> lanes = List.of(lane("a", 0), lane("b", 0), lane("c", 0));
    lanes.forEach(turns::add);
    assertThat(lanes).extracting(Lane::place).containsOnly(Lane.Place.READY);

    assertThat(lanes).allMatch(lane -> turns.next(8) == lane);

    assertThat(lanes).extracting(Lane::place).containsOnly(Lane.Place.TURN);
    assertThat(turns.next(8)).isNull();
  }

  @Test
  synchronized void aTurnThatEndsIsFreeForTheNext() {
    Lane first = lane("a", 0);
    Lane second = lane("b", 0);
    turns.add(first);
    turns.add(second);
    assertThat(turns.next(1)).isSameAs(first);
    assertThat(turns.next(1)).isNull();

    turns.end(first);

    assertThat(first.place()).isEqualTo(Lane.Place.QUIET);
    assertThat(turns.next(1)).isSameAs(second);
  }

  @Test
  synchronized void aTopicThatFailsHasATurnAlthoughThereIsOnlyOne() {
    Lane failing = lane("a", 1);
    turns.add(failing);

    assertThat(turns.next(1)).isSameAs(failing);
  }

  @Test
  synchronized void whereTurnsAreFewTopicsThatFailComeAfterTheOthers() {
    Lane failing = lane("a", 1);
    Lane fresh = lane("b", 0);
    turns.add(failing);
    turns.add(fresh);

    assertThat(turns.next(3)).isSameAs(fresh);
    assertThat(turns.next(3)).isSameAs(failing);
  }

  @Test
  synchronized void aTurnCountsAsWhatItBeganAs() {
    Lane mended = lane("a", 1);
    Lane failing = lane("b", 1);
    turns.add(mended);
    turns.add(failing);
    assertThat(turns.next(2)).isSameAs(mended);
    assertThat(turns.next(2)).isNull();

    mended.acknowledged();
    assertThat(turns.next(2)).isNull();
    turns.end(mended);

    assertThat(turns.next(2)).isSameAs(failing);
  }

  private Lane lane(String topic, int failures) {
    var lane = new Lane(topic, this, 0);
    for (int i = 0; i < failures; i++) {
      lane.failed("no leader", 0);
    }
    return lane;
  }
}
