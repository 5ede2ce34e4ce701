// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.FakeNanos;
import dcos.metrics.collector.kafka.Messages;
import dcos.metrics.collector.testing.RecordingLogger;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FailingTopicLogTest {
  private final FakeNanos clock = new FakeNanos();
  private final RecordingLogger logger = new RecordingLogger();
  private final FailingTopicLog failingTopics = new FailingTopicLog(clock, logger);
  private final TopicQueues queues =
      new TopicQueues(new InFlightWindow(1_000_000, 4_000, 1_000), Duration.ofSeconds(10), clock);

  @Test
  void logsOnceThatATopicTakesNoMessagesAndOnceThatItDoes() {
    fail("a");
    pass(Duration.ofSeconds(30));

    acknowledge();
    pass(Duration.ofSeconds(30));

    assertThat(logger.lines())
        .containsExactly(
            "WARN topic takes no messages, retrying topic=a error=no leader",
            "INFO topic is no longer held up topic=a");
  }

  @Test
  void logsATopicThatWaitsWithinFourSecondsOfItsFirstFailure() {
    fail("a");
    pass(Duration.ofSeconds(2));
    assertThat(logger.lines()).isEmpty(); // it may be about to be created

    pass(Duration.ofSeconds(2));

    assertThat(logger.lines()).hasSize(1);
  }

  @Test
  void namesTwentyTopicsAndCountsAllOnceAMinute() {
    for (int i = 0; i < 100; i++) {
      fail("topic-" + i);
    }
    pass(Duration.ofSeconds(130));

    assertThat(logger.lines()).hasSize(23);
    assertThat(logger.lines().subList(0, 20))
        .allMatch(line -> line.startsWith("WARN topic takes no messages, retrying topic=topic-"))
        .doesNotHaveDuplicates();
    assertThat(logger.lines().subList(20, 23))
        .containsOnly("WARN more topics take no messages, retrying topics=100 named=20");
  }

  @Test
  void namesNoMoreThanTwentyTopicsUntilNoneWaitsAnyMore() {
    for (int i = 0; i < 25; i++) {
      fail("topic-" + i);
    }
    pass(Duration.ofSeconds(30));
    for (int i = 0; i < 25; i++) {
      acknowledge();
      pass(Duration.ofSeconds(1));
    }
    assertThat(logger.lines()).filteredOn(line -> line.contains(" topic=")).hasSize(40);

    fail("another");
    pass(Duration.ofSeconds(30));

    assertThat(logger.lines())
        .last()
        .isEqualTo("WARN topic takes no messages, retrying topic=another error=no leader");
  }

  private void acknowledge() {
    TopicQueue queue = Objects.requireNonNull(queues.nextTurn(1000));
    queues.finish(Objects.requireNonNull(queues.admit(queue)), true);
    queues.admit(queue);
  }

  private void fail(String topic) {
    queues.submit(Messages.of(topic, 100));
    queues.turnFailed(Objects.requireNonNull(queues.nextTurn(1000)), true, "no leader");
  }

  private void pass(Duration duration) {
    for (long i = 0; i < duration.toSeconds(); i++) {
      clock.advance(Duration.ofSeconds(1));
      queues.tick();
      failingTopics.tick(queues);
    }
  }
}
