// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says which topics were changed, and which refused: the first of a period as it comes, the rest of
 * it as a sum. Thread-safe.
 */
final class TopicWarnings {
  private static final Logger logger = LoggerFactory.getLogger(TopicWarnings.class);

  private static final int SHOWN_CHARS = 100;

  private final Note changed = new Note("topic changed to what Kafka allows");
  private final Note rejected = new Note("record rejected, its topic can not be made legal");

  void changed(String topic, String kafkaTopic) {
    changed.add(topic, kafkaTopic);
  }

  void rejected(String topic) {
    rejected.add(topic, "");
  }

  void endPeriod() {
    changed.endPeriod();
    rejected.endPeriod();
  }

  private static final class Note {
    private final String text;
    // Guarded by this.
    private boolean said;
    private long unreported;

    private Note(String text) {
      this.text = text;
    }

    private synchronized void add(String topic, String kafkaTopic) {
      if (said) {
        unreported++;
        return;
      }
      said = true;
      LoggingEventBuilder line = logger.atWarn().addKeyValue("topic", shortened(topic));
      if (!kafkaTopic.isEmpty()) {
        line = line.addKeyValue("kafka_topic", kafkaTopic);
      }
      line.log(text);
    }

    private synchronized void endPeriod() {
      if (unreported > 0) {
        logger.atWarn().addKeyValue("more_records", unreported).log(text);
      }
      said = false;
      unreported = 0;
    }

    private static String shortened(String topic) {
      return topic.length() <= SHOWN_CHARS ? topic : topic.substring(0, SHOWN_CHARS) + "…";
    }
  }
}
