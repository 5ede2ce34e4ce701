// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The tests hold the lock of the queues: the monitor of this object. */
class DelaysTest {
  private final FakeNanos clock = new FakeNanos();
  private final Delays delays = new Delays(clock);
  private final Lane lane = new Lane("a", this, clock.getAsLong());

  @Test
  synchronized void aTopicIsNotDelayedFromTheStart() {
    assertThat(delays.isDelayed(lane)).isFalse();
  }

  @Test
  synchronized void failuresThatComeBackAtOnceCountAsOne() {
    delays.begin(lane, true, "no leader");
    delays.begin(lane, true, "expired");

    assertThat(lane.failures()).isEqualTo(1);
    assertThat(lane.lastError()).isEqualTo("no leader");
    assertDelayedFor(Duration.ofMillis(500));
  }

  @Test
  synchronized void anOutageDelaysForASecondEachTime() {
    for (int i = 0; i < 3; i++) {
      delays.begin(lane, false, "no answer");

      assertDelayedFor(Duration.ofSeconds(1));
    }
    assertThat(lane.failures()).isZero();
  }

  @Test
  synchronized void topicsComeBackInTheOrderInWhichTheirDelaysEnd() {
    Lane later = new Lane("b", this, clock.getAsLong());
    delays.begin(later, false, "no answer");
    delays.begin(lane, true, "no leader");
    delays.add(later);
    delays.add(lane);
    assertThat(lane.place()).isEqualTo(Lane.Place.DELAYED);
    assertThat(delays.poll()).isNull();

    clock.advance(Duration.ofSeconds(1));

    assertThat(delays.poll()).isSameAs(lane);
    assertThat(delays.poll()).isSameAs(later);
    assertThat(delays.poll()).isNull();
  }

  @Test
  synchronized void aDelayThatBeginsAnewHoldsBackNoOther() {
    Lane other = new Lane("b", this, clock.getAsLong());
    delays.begin(lane, true, "no leader");
    delays.add(lane);
    clock.advance(Duration.ofMillis(10));
    delays.begin(other, true, "no leader");
    delays.add(other);
    clock.advance(Duration.ofMillis(600));

    delays.begin(lane, true, "no leader");

    assertThat(delays.poll()).isSameAs(other);
    assertThat(delays.poll()).isNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(delays.poll()).isSameAs(lane);
  }

  @Test
  synchronized void hurryEndsTheDelaysThatAreNoTopicsFault() {
    Lane failing = new Lane("b", this, clock.getAsLong());
    delays.begin(lane, false, "no answer");
    delays.begin(failing, true, "no leader");
    delays.add(lane);
    delays.add(failing);

    assertThat(delays.hurry()).containsExactlyInAnyOrder(lane, failing);

    assertThat(delays.isDelayed(lane)).isFalse();
    assertThat(delays.isDelayed(failing)).isTrue();
    assertThat(delays.hurry()).isEmpty();
  }

  private void assertDelayedFor(Duration duration) {
    clock.advance(duration.minusNanos(1));
    assertThat(delays.isDelayed(lane)).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(delays.isDelayed(lane)).isFalse();
  }
}
