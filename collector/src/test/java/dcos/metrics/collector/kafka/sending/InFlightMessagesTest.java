// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queues: the monitor of this object. */
class InFlightMessagesTest {
  private final InFlightMessages inFlight =
      new InFlightMessages(new Window(1_000_000, 4_000, 1_000), new FakeNanos());

  @Test
  synchronized void countsAMessageUntilItsAttemptEnds() {
    Lane lane = lane("a", 100);
    Attempt attempt = take(lane);
    assertThat(inFlight.attempts()).containsExactly(attempt);
    assertThat(inFlight.bytes()).isEqualTo(100);

    assertThat(inFlight.end(attempt)).isTrue();

    assertThat(inFlight.attempts()).isEmpty();
    assertThat(inFlight.bytes()).isZero();
    assertThat(lane.hasInFlight()).isFalse();
    assertThat(inFlight.end(attempt)).isFalse();
    assertThat(inFlight.bytes()).isZero();
  }

  @Test
  synchronized void takesNothingFromAQueueWithoutMessages() {
    assertThat(inFlight.tryTake(new Lane("a", this, 0))).isNull();
  }

  @Test
  synchronized void aMessageWaitsWhileTheWindowHasNoRoomForIt() {
    Attempt first = take(lane("a", 300_000));
    Lane second = lane("b", 300_000);
    assertThat(inFlight.tryTake(second)).isNull();
    assertThat(second.hasWaiting()).isTrue();

    inFlight.end(first);

    assertThat(inFlight.tryTake(second)).isNotNull();
    assertThat(second.hasWaiting()).isFalse();
  }

  private Attempt take(Lane lane) {
    return Objects.requireNonNull(inFlight.tryTake(lane));
  }

  private Lane lane(String topic, int length) {
    var lane = new Lane(topic, this, 0);
    lane.enqueue(Messages.of(topic, length));
    return lane;
  }
}
