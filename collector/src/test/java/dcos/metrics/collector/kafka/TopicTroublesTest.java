// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.RecordingLogger;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TopicTroublesTest {
  private final FakeNanos clock = new FakeNanos();
  private final RecordingLogger logger = new RecordingLogger();
  private final TopicTroubles troubles = new TopicTroubles(clock, logger);
  private final Lanes lanes =
      new Lanes(new Window(1_000_000, 4_000, 1_000), Duration.ofSeconds(10), clock);

  @Test
  void saysOnceThatATopicTakesNoMessagesAndOnceThatItDoes() {
    fail("a");
    pass(Duration.ofSeconds(30));

    Lane lane = Objects.requireNonNull(lanes.nextTurn(1));
    lanes.finish(Objects.requireNonNull(lanes.admit(lane)), true);
    pass(Duration.ofSeconds(30));

    assertThat(logger.lines())
        .containsExactly(
            "WARN topic takes no messages, retrying topic=a error=no leader",
            "INFO topic is no longer held up topic=a");
  }

  @Test
  void saysNothingOfTroublesThatPassSoon() {
    fail("a");
    pass(Duration.ofSeconds(5));

    assertThat(logger.lines()).isEmpty();
  }

  @Test
  void namesAFewTopicsAndCountsTheRest() {
    for (int i = 0; i < 100; i++) {
      fail("topic-" + i);
    }
    pass(Duration.ofSeconds(60));

    assertThat(logger.lines())
        .hasSize(11)
        .last()
        .isEqualTo("WARN more topics take no messages, retrying topics=90");
  }

  private void fail(String topic) {
    lanes.submit(Messages.of(topic, 100));
    lanes.turnFailed(Objects.requireNonNull(lanes.nextTurn(1000)), true, "no leader");
  }

  private void pass(Duration duration) {
    for (long i = 0; i < duration.toSeconds(); i++) {
      clock.advance(Duration.ofSeconds(1));
      lanes.tick();
      troubles.tick(lanes);
    }
  }
}
