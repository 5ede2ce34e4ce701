// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queues: the monitor of this object. */
class RoundRobinTest {
  private final RoundRobin roundRobin = new RoundRobin();

  @Test
  synchronized void topicsGetTheirTurnInTheOrderInWhichTheyCame() {
    List<TopicQueue> queues = List.of(queue("a", 0), queue("b", 0), queue("c", 0));
    queues.forEach(roundRobin::add);
    assertThat(queues).extracting(TopicQueue::place).containsOnly(TopicQueue.QueuePlace.READY);

    assertThat(queues).allMatch(queue -> roundRobin.next(8) == queue);

    assertThat(queues).extracting(TopicQueue::place).containsOnly(TopicQueue.QueuePlace.TURN);
    assertThat(roundRobin.next(8)).isNull();
  }

  @Test
  synchronized void aTurnThatEndsIsFreeForTheNext() {
    TopicQueue first = queue("a", 0);
    TopicQueue second = queue("b", 0);
    roundRobin.add(first);
    roundRobin.add(second);
    assertThat(roundRobin.next(1)).isSameAs(first);
    assertThat(roundRobin.next(1)).isNull();

    roundRobin.end(first);

    assertThat(first.place()).isEqualTo(TopicQueue.QueuePlace.QUIET);
    assertThat(roundRobin.next(1)).isSameAs(second);
  }

  @Test
  synchronized void aTopicThatFailsHasATurnAlthoughThereIsOnlyOne() {
    TopicQueue failing = queue("a", 1);
    roundRobin.add(failing);

    assertThat(roundRobin.next(1)).isSameAs(failing);
  }

  @Test
  synchronized void whereTurnsAreFewTopicsThatFailComeAfterTheOthers() {
    TopicQueue failing = queue("a", 1);
    TopicQueue fresh = queue("b", 0);
    roundRobin.add(failing);
    roundRobin.add(fresh);

    assertThat(roundRobin.next(3)).isSameAs(fresh);
    assertThat(roundRobin.next(3)).isSameAs(failing);
  }

  @Test
  synchronized void aTurnCountsAsWhatItBeganAs() {
    TopicQueue mended = queue("a", 1);
    TopicQueue failing = queue("b", 1);
    roundRobin.add(mended);
    roundRobin.add(failing);
    assertThat(roundRobin.next(2)).isSameAs(mended);
    assertThat(roundRobin.next(2)).isNull();

    mended.acknowledged();
    assertThat(roundRobin.next(2)).isNull();
    roundRobin.end(mended);

    assertThat(roundRobin.next(2)).isSameAs(failing);
  }

  private TopicQueue queue(String topic, int failures) {
    var queue = new TopicQueue(topic, this, 0);
    for (int i = 0; i < failures; i++) {
      queue.failed("no leader", 0);
    }
    return queue;
  }
}
