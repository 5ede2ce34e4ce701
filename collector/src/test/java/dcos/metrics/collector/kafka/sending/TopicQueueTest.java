// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.message.Message;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queue: the monitor of this object. */
class LaneTest {
  private final Lane lane = new Lane("a", this, 0);

  @Test
  void refusesACallerWithoutItsLock() {
    assertThatThrownBy(lane::hasWaiting)
        .isInstanceOf(AssertionError.class)
        .hasMessage("the lock of the queue of a is not held");
    assertThat(lane.topic()).isEqualTo("a");
  }

  @Test
  synchronized void messagesThatAreQueuedLeaveInTheirOrderAfterThoseThatArePutBack() {
    Message first = Messages.of("a", 1);
    Message second = Messages.of("a", 2);
    Message third = Messages.of("a", 3);
    lane.enqueue(third);

    lane.putBack(List.of(first, second));

    assertThat(lane.head()).isSameAs(first);
    assertThat(lane.removeHead()).isSameAs(first);
    assertThat(lane.takeNext(10, 0).message()).isSameAs(second);
    assertThat(lane.removeAll()).containsExactly(third);
    assertThat(lane.hasWaiting()).isFalse();
    assertThat(lane.removeHead()).isNull();
    assertThatThrownBy(lane::head).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  synchronized void messagesInFlightUseTheWindowUntilTheyAreAnswered() {
    lane.enqueue(Messages.of("a", 1));
    lane.enqueue(Messages.of("a", 1));
    Attempt first = lane.takeNext(10, 5);
    Attempt second = lane.takeNext(20, 6);
    assertThat(first.sinceNanos()).isEqualTo(5);
    assertThat(lane.inFlightCost()).isEqualTo(30);

    lane.answered(first);
    assertThat(lane.inFlightCost()).isEqualTo(20);
    assertThat(lane.hasInFlight()).isTrue();
    lane.answered(second);

    assertThat(lane.inFlightCost()).isZero();
    assertThat(lane.hasInFlight()).isFalse();
  }

  @Test
  synchronized void isTroubledUntilItsFirstAcknowledgementAndAfterAFailure() {
    assertThat(lane.isTroubled()).isTrue();
    lane.acknowledged();
    assertThat(lane.isTroubled()).isFalse();

    lane.failed("no leader", 0);

    assertThat(lane.isTroubled()).isTrue();
  }

  @Test
  synchronized void isTroubledWhileAMessageIsInFlightForLong() {
    lane.acknowledged();
    lane.enqueue(Messages.of("a", 1));
    Attempt attempt = lane.takeNext(10, 0);
    assertThat(attempt.troubled()).isFalse();

    lane.answerOverdue();
    assertThat(lane.isSlow()).isTrue();
    assertThat(lane.isTroubled()).isTrue();
    lane.answered(attempt);

    assertThat(lane.isSlow()).isFalse();
    assertThat(lane.isTroubled()).isFalse();
  }

  @Test
  synchronized void failuresCountFromTheFirstAfterAnAcknowledgement() {
    lane.failed("no leader", 3);
    lane.failed("expired", 7);
    assertThat(lane.failures()).isEqualTo(2);
    assertThat(lane.failingSinceNanos()).isEqualTo(3);
    assertThat(lane.lastError()).isEqualTo("expired");

    lane.acknowledged();
    assertThat(lane.isFailing()).isFalse();
    assertThat(lane.lastError()).isEmpty();
    lane.failed("no leader", 9);

    assertThat(lane.failingSinceNanos()).isEqualTo(9);
  }

  @Test
  synchronized void aGrantedAttemptIsTakenOnce() {
    lane.enqueue(Messages.of("a", 1));
    Attempt attempt = lane.takeNext(10, 0);
    assertThat(lane.hasGranted()).isFalse();

    lane.grant(attempt);

    assertThat(lane.hasGranted()).isTrue();
    assertThat(lane.takeGranted()).isSameAs(attempt);
    assertThat(lane.takeGranted()).isNull();
  }

  @Test
  synchronized void sumsItsWaitingMessagesUpWithItsOwnErrorOrElseTheGivenOne() {
    lane.enqueue(Messages.of("a", 2, 100));
    lane.enqueue(Messages.of("a", 1, 100));
    assertThat(lane.waiting("no answer")).isEqualTo(new WaitingTopic("a", 2, 3, 300, "no answer"));

    lane.failed("no leader", 0);

    assertThat(lane.waiting("no answer").error()).isEqualTo("no leader");
  }
}
