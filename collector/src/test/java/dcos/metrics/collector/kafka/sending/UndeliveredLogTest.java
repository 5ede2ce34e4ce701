// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.testing.RecordingLogger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndeliveredLogTest {
  private final RecordingLogger logger = new RecordingLogger();

  @Test
  void namesEachTopicWithItsCountsAndItsLastError() {
    UndeliveredLog.log(
        logger,
        List.of(
            new WaitingTopic("small", 1, 2, 30, "no leader"),
            new WaitingTopic("large", 2, 500, 4_000, "no answer in time")));

    assertThat(logger.lines())
        .containsExactly(
            "WARN stopping before Kafka has taken all messages; their records are undeliverable"
                + " topics=2 messages=3 records=502",
            "INFO undeliverable records of a topic topic=large messages=2 records=500 bytes=4000"
                + " error=no answer in time",
            "INFO undeliverable records of a topic topic=small messages=1 records=2 bytes=30"
                + " error=no leader");
  }

  @Test
  void namesTwentyTopicsAndCountsTheRest() {
    List<WaitingTopic> topics = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      topics.add(new WaitingTopic("topic-" + i, 1, 10, 100, "no leader"));
    }

    UndeliveredLog.log(logger, topics);

    assertThat(logger.lines())
        .hasSize(22)
        .last()
        .isEqualTo(
            "INFO undeliverable records of further topics topics=980 messages=980 records=9800");
  }

  @Test
  void logsNothingWhereNothingIsLeft() {
    UndeliveredLog.log(logger, List.of());

    assertThat(logger.lines()).isEmpty();
  }
}
