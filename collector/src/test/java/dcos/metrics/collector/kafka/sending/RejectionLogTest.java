// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Outcome.Undeliverable;
import dcos.metrics.collector.testing.RecordingLogger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RejectionsTest {
  private final FakeNanos clock = new FakeNanos();
  private final RecordingLogger logger = new RecordingLogger();
  private final Rejections rejections = new Rejections(clock, logger);

  @Test
  void saysEachTopicAndReasonOnceAMinuteAndHowManyMore() {
    for (int i = 0; i < 3; i++) {
      rejections.say(
          Messages.of("a", 2, 50), new Undeliverable(Reason.NOT_AUTHORIZED, "not allowed"));
    }
    rejections.say(Messages.of("a", 50), new Undeliverable(Reason.TOO_LARGE, "big"));
    clock.advance(Duration.ofSeconds(60));
    rejections.tick();
    rejections.tick();
    rejections.say(Messages.of("a", 50), new Undeliverable(Reason.TOO_LARGE, "big"));

    assertThat(logger.lines())
        .containsExactly(
            "WARN Kafka does not take a message, dropping it topic=a reason=NOT_AUTHORIZED"
                + " records=2 bytes=100 error=not allowed",
            "WARN Kafka does not take a message, dropping it topic=a reason=TOO_LARGE"
                + " records=1 bytes=50 error=big",
            "WARN Kafka did not take more messages in the last minute, for the same or other"
                + " topics messages=2",
            "WARN Kafka does not take a message, dropping it topic=a reason=TOO_LARGE"
                + " records=1 bytes=50 error=big");
  }

  @Test
  void saysAFewLinesAMinute() {
    for (int i = 0; i < 100; i++) {
      rejections.say(Messages.of("topic-" + i, 50), new Undeliverable(Reason.ILLEGAL_TOPIC, "no"));
    }

    assertThat(logger.lines()).hasSize(10);
  }
}
