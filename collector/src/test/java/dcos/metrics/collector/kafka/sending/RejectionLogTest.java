// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.FakeNanos;
import dcos.metrics.collector.kafka.Messages;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Outcome.Undeliverable;
import dcos.metrics.collector.testing.RecordingLogger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RejectionLogTest {
  private final FakeNanos clock = new FakeNanos();
  private final RecordingLogger logger = new RecordingLogger();
  private final RejectionLog rejections = new RejectionLog(clock, logger);

  @Test
  void reportsEachTopicAndReasonOnceAMinuteAndHowManyMore() {
    for (int i = 0; i < 3; i++) {
      rejections.log(
          Messages.of("a", 2, 50), new Undeliverable(Reason.NOT_AUTHORIZED, "not allowed"));
    }
    rejections.log(Messages.of("a", 50), new Undeliverable(Reason.TOO_LARGE, "big"));
    clock.advance(Duration.ofSeconds(60));
    rejections.tick();
    rejections.tick();
    rejections.log(Messages.of("a", 50), new Undeliverable(Reason.TOO_LARGE, "big"));

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
  void reportsAFewLinesAMinute() {
    for (int i = 0; i < 100; i++) {
      rejections.log(Messages.of("topic-" + i, 50), new Undeliverable(Reason.ILLEGAL_TOPIC, "no"));
    }

    assertThat(logger.lines()).hasSize(10);
  }
}
