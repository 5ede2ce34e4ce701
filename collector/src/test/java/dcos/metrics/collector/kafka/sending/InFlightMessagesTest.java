// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.FakeNanos;
import dcos.metrics.collector.kafka.Messages;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queues: the monitor of this object. */
class InFlightMessagesTest {
  private final InFlightMessages inFlight =
      new InFlightMessages(new InFlightWindow(1_000_000, 4_000, 1_000), new FakeNanos());

  @Test
  synchronized void countsAMessageUntilItsAttemptEnds() {
    TopicQueue queue = queue("a", 100);
    SendAttempt attempt = take(queue);
    assertThat(inFlight.attempts()).containsExactly(attempt);
    assertThat(inFlight.bytes()).isEqualTo(100);

    assertThat(inFlight.end(attempt)).isTrue();

    assertThat(inFlight.attempts()).isEmpty();
    assertThat(inFlight.bytes()).isZero();
    assertThat(queue.hasInFlight()).isFalse();
    assertThat(inFlight.end(attempt)).isFalse();
    assertThat(inFlight.bytes()).isZero();
  }

  @Test
  synchronized void takesNothingFromAQueueWithoutMessages() {
    assertThat(inFlight.tryTake(new TopicQueue("a", this, 0))).isNull();
  }

  @Test
  synchronized void aMessageWaitsWhileTheWindowHasNoRoomForIt() {
    SendAttempt first = take(queue("a", 300_000));
    TopicQueue second = queue("b", 300_000);
    assertThat(inFlight.tryTake(second)).isNull();
    assertThat(second.hasWaiting()).isTrue();

    inFlight.end(first);

    assertThat(inFlight.tryTake(second)).isNotNull();
    assertThat(second.hasWaiting()).isFalse();
  }

  private SendAttempt take(TopicQueue queue) {
    return Objects.requireNonNull(inFlight.tryTake(queue));
  }

  private TopicQueue queue(String topic, int length) {
    var queue = new TopicQueue(topic, this, 0);
    queue.enqueue(Messages.of(topic, length));
    return queue;
  }
}
