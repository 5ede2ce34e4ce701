// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.kafka.Messages;
import dcos.metrics.collector.message.Message;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queue: the monitor of this object. */
class TopicQueueTest {
  private final TopicQueue queue = new TopicQueue("a", this, 0);

  @Test
  void refusesACallerWithoutItsLock() {
    assertThatThrownBy(queue::hasWaiting)
        .isInstanceOf(AssertionError.class)
        .hasMessage("the lock of the queue of a is not held");
    assertThat(queue.topic()).isEqualTo("a");
  }

  @Test
  synchronized void messagesThatAreQueuedLeaveInTheirOrderAfterThoseThatArePutBack() {
    Message first = Messages.of("a", 1);
    Message second = Messages.of("a", 2);
    Message third = Messages.of("a", 3);
    queue.enqueue(third);

    queue.putBack(List.of(first, second));

    assertThat(queue.head()).isSameAs(first);
    assertThat(queue.removeHead()).isSameAs(first);
    assertThat(queue.takeNext(10, 0).message()).isSameAs(second);
    assertThat(queue.removeAll()).containsExactly(third);
    assertThat(queue.hasWaiting()).isFalse();
    assertThat(queue.removeHead()).isNull();
    assertThatThrownBy(queue::head).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  synchronized void messagesInFlightUseTheWindowUntilTheyAreAnswered() {
    queue.enqueue(Messages.of("a", 1));
    queue.enqueue(Messages.of("a", 1));
    SendAttempt first = queue.takeNext(10, 5);
    SendAttempt second = queue.takeNext(20, 6);
    assertThat(first.sinceNanos()).isEqualTo(5);
    assertThat(queue.inFlightCost()).isEqualTo(30);

    queue.answered(first);
    assertThat(queue.inFlightCost()).isEqualTo(20);
    assertThat(queue.hasInFlight()).isTrue();
    queue.answered(second);

    assertThat(queue.inFlightCost()).isZero();
    assertThat(queue.hasInFlight()).isFalse();
  }

  @Test
  synchronized void isTroubledUntilItsFirstAcknowledgementAndAfterAFailure() {
    assertThat(queue.isTroubled()).isTrue();
    queue.acknowledged();
    assertThat(queue.isTroubled()).isFalse();

    queue.failed("no leader", 0);

    assertThat(queue.isTroubled()).isTrue();
  }

  @Test
  synchronized void isTroubledWhileAMessageIsInFlightForLong() {
    queue.acknowledged();
    queue.enqueue(Messages.of("a", 1));
    SendAttempt attempt = queue.takeNext(10, 0);
    assertThat(attempt.failing()).isFalse();

    queue.answerOverdue();
    assertThat(queue.isSlow()).isTrue();
    assertThat(queue.isTroubled()).isTrue();
    queue.answered(attempt);

    assertThat(queue.isSlow()).isFalse();
    assertThat(queue.isTroubled()).isFalse();
  }

  @Test
  synchronized void failuresCountFromTheFirstAfterAnAcknowledgement() {
    queue.failed("no leader", 3);
    queue.failed("expired", 7);
    assertThat(queue.failures()).isEqualTo(2);
    assertThat(queue.failingSinceNanos()).isEqualTo(3);
    assertThat(queue.lastError()).isEqualTo("expired");

    queue.acknowledged();
    assertThat(queue.isFailing()).isFalse();
    assertThat(queue.lastError()).isEmpty();
    queue.failed("no leader", 9);

    assertThat(queue.failingSinceNanos()).isEqualTo(9);
  }

  @Test
  synchronized void aGrantedAttemptIsTakenOnce() {
    queue.enqueue(Messages.of("a", 1));
    SendAttempt attempt = queue.takeNext(10, 0);
    assertThat(queue.hasGranted()).isFalse();

    queue.grant(attempt);

    assertThat(queue.hasGranted()).isTrue();
    assertThat(queue.takeGranted()).isSameAs(attempt);
    assertThat(queue.takeGranted()).isNull();
  }

  @Test
  synchronized void sumsItsWaitingMessagesUpWithItsOwnErrorOrElseTheGivenOne() {
    queue.enqueue(Messages.of("a", 2, 100));
    queue.enqueue(Messages.of("a", 1, 100));
    assertThat(queue.waiting("no answer")).isEqualTo(new WaitingTopic("a", 2, 3, 300, "no answer"));

    queue.failed("no leader", 0);

    assertThat(queue.waiting("no answer").error()).isEqualTo("no leader");
  }
}
