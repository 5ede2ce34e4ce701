// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.settings.Settings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From a record's topic to the Kafka topic that it goes to. Kafka allows {@code [a-zA-Z0-9._-]}, at
 * most 249 characters, and neither {@code .} nor {@code ..}; every other character becomes an
 * underscore. Immutable.
 */
final class TopicNames {
  private static final int MAX_CHARS = 249;
  // A character takes at most four bytes: a longer topic is too long before it is decoded.
  private static final int MAX_BYTES = 4 * MAX_CHARS;

  private final String prefix;
  private final @Nullable String single;

  TopicNames(Settings.Batching settings) {
    this.prefix = settings.topicPrefix();
    this.single = settings.singleTopic().orElse(null);
  }

  /**
   * The Kafka topic of the record, or null where there is none that is legal, or the topic is no
   * valid UTF-8.
   */
  @Nullable String kafkaTopic(RecordCursor record) {
    if (single != null) {
      return single;
    }
    String topic = tooLong(record) ? null : record.topicText();
    if (topic == null) {
      return null;
    }
    String name = prefix + legal(topic);
    if (name.isEmpty() || name.length() > MAX_CHARS || name.equals(".") || name.equals("..")) {
      return null;
    }
    return name;
  }

  /**
   * The record's topic as a person may read it, where {@link #kafkaTopic} made another of it, or
   * none.
   */
  String shown(RecordCursor record) {
    if (tooLong(record)) {
      return "(" + (record.topicEnd() - record.topicStart()) + " bytes)";
    }
    String topic = record.topicText();
    return topic == null ? "(no valid UTF-8)" : topic;
  }

  /** Whether the record's topic goes by another name in Kafka, apart from the prefix. */
  boolean isChanged(RecordCursor record, String kafkaTopic) {
    int bytes = record.topicEnd() - record.topicStart();
    if (single != null) {
      return false;
    }
    // Every character that is changed either takes more than one byte, or became an underscore.
    return prefix.length() + bytes != kafkaTopic.length()
        || !kafkaTopic.equals(prefix + record.topicText());
  }

  /** Whether two records of this array go to the same Kafka topic for sure. */
  boolean haveOneTopic(byte[] bytes, RecordCursor one, RecordCursor other) {
    return single != null
        || Arrays.equals(
            bytes, one.topicStart(), one.topicEnd(), bytes, other.topicStart(), other.topicEnd());
  }

  private static boolean tooLong(RecordCursor record) {
    return record.topicEnd() - record.topicStart() > MAX_BYTES;
  }

  private static String legal(String topic) {
    int length = topic.length();
    int good = 0;
    while (good < length && isLegal(topic.charAt(good))) {
      good++;
    }
    if (good == length) {
      return topic;
    }
    StringBuilder name = new StringBuilder(length);
    topic.codePoints().forEach(c -> name.appendCodePoint(isLegal(c) ? c : '_'));
    return name.toString();
  }

  private static boolean isLegal(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
