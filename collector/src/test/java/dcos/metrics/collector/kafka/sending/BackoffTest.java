// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.FakeNanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queues: the monitor of this object. */
class BackoffTest {
  private final FakeNanos clock = new FakeNanos();
  private final Backoff backoff = new Backoff(clock);
  private final TopicQueue queue = new TopicQueue("a", this, clock.getAsLong());

  @Test
  synchronized void aTopicIsNotDelayedFromTheStart() {
    assertThat(backoff.isDelayed(queue)).isFalse();
  }

  @Test
  synchronized void failuresThatComeBackAtOnceCountAsOne() {
    backoff.begin(queue, true, "no leader");
    backoff.begin(queue, true, "expired");

    assertThat(queue.failures()).isEqualTo(1);
    assertThat(queue.lastError()).isEqualTo("no leader");
    assertDelayedFor(Duration.ofMillis(500));
  }

  @Test
  synchronized void anOutageDelaysForASecondEachTime() {
    for (int i = 0; i < 3; i++) {
      backoff.begin(queue, false, "no answer");

      assertDelayedFor(Duration.ofSeconds(1));
    }
    assertThat(queue.failures()).isZero();
  }

  @Test
  synchronized void topicsComeBackInTheOrderInWhichTheirDelaysEnd() {
    TopicQueue later = new TopicQueue("b", this, clock.getAsLong());
    backoff.begin(later, false, "no answer");
    backoff.begin(queue, true, "no leader");
    backoff.add(later);
    backoff.add(queue);
    assertThat(queue.place()).isEqualTo(TopicQueue.QueuePlace.DELAYED);
    assertThat(backoff.poll()).isNull();

    clock.advance(Duration.ofSeconds(1));

    assertThat(backoff.poll()).isSameAs(queue);
    assertThat(backoff.poll()).isSameAs(later);
    assertThat(backoff.poll()).isNull();
  }

  @Test
  synchronized void aDelayThatBeginsAnewHoldsBackNoOther() {
    TopicQueue other = new TopicQueue("b", this, clock.getAsLong());
    backoff.begin(queue, true, "no leader");
    backoff.add(queue);
    clock.advance(Duration.ofMillis(10));
    backoff.begin(other, true, "no leader");
    backoff.add(other);
    clock.advance(Duration.ofMillis(600));

    backoff.begin(queue, true, "no leader");

    assertThat(backoff.poll()).isSameAs(other);
    assertThat(backoff.poll()).isNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(backoff.poll()).isSameAs(queue);
  }

  @Test
  synchronized void hurryEndsTheDelaysThatAreNoTopicsFault() {
    TopicQueue failing = new TopicQueue("b", this, clock.getAsLong());
    backoff.begin(queue, false, "no answer");
    backoff.begin(failing, true, "no leader");
    backoff.add(queue);
    backoff.add(failing);

    assertThat(backoff.hurry()).containsExactlyInAnyOrder(queue, failing);

    assertThat(backoff.isDelayed(queue)).isFalse();
    assertThat(backoff.isDelayed(failing)).isTrue();
    assertThat(backoff.hurry()).isEmpty();
  }

  private void assertDelayedFor(Duration duration) {
    clock.advance(duration.minusNanos(1));
    assertThat(backoff.isDelayed(queue)).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(backoff.isDelayed(queue)).isFalse();
  }
}
