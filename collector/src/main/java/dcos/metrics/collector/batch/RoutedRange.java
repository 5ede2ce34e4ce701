// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.outcome.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run of a block's records, with the verdict of each, summed up by topic. One thread. */
final class RoutedRange {
  private static final Optional<Outcome> THROTTLED =
      Optional.of(new Outcome.Throttled(Outcome.LimitScope.INPUT));
  private static final Optional<Outcome> REJECTED = Optional.of(new Outcome.Rejected());

  /** How many topics are told apart at a time: what a hostile block can make us remember. */
  static final int MAX_TOPICS = 4096;

  private final byte[] bytes;
  private final TopicNames names;
  private final TopicWarnings notes;
  private final Map<String, Sum> sums = new LinkedHashMap<>();
  private final Sum illegal = new Sum("");
  // The records up to here are accepted, if their topic is legal; those behind are throttled.
  private int acceptedEnd;
  private int end;
  private int records;
  // The topic of the record before: most follow others of their topic.
  private @Nullable Sum last;
  private boolean lastIsChanged;
  private int lastTopicStart;
  private int lastTopicEnd;

  RoutedRange(byte[] bytes, int start, TopicNames names, TopicWarnings notes) {
    this.bytes = bytes;
    this.acceptedEnd = start;
    this.end = start;
    this.names = names;
    this.notes = notes;
  }

  /** What there is of one Kafka topic. */
  static final class Sum {
    private final String kafkaTopic;
    private int acceptedRecords;
    private int acceptedBytes;
    private int throttledRecords;
    private int throttledBytes;

    private Sum(String kafkaTopic) {
      this.kafkaTopic = kafkaTopic;
    }

    String kafkaTopic() {
      return kafkaTopic;
    }

    int acceptedRecords() {
      return acceptedRecords;
    }

    int acceptedBytes() {
      return acceptedBytes;
    }

    int throttledRecords() {
      return throttledRecords;
    }

    int throttledBytes() {
      return throttledBytes;
    }
  }

  /** Adds records up to the end of the cursor, or until they are of this many topics. */
  void addAll(RecordCursor record, RateLimit rateLimit, int maxTopics) {
    while (sums.size() < maxTopics && record.next()) {
      int length = record.end() - record.start();
      Sum sum = sumOf(record);
      if (rateLimit.tryAcquire(1, length)) {
        sum.acceptedRecords++;
        sum.acceptedBytes += length;
        acceptedEnd = record.end();
        note(record, sum);
      } else {
        sum.throttledRecords++;
        sum.throttledBytes += length;
      }
      end = record.end();
      records++;
    }
  }

  /** How many were added. */
  int records() {
    return records;
  }

  /**
   * The outcome of each record that has one already, and those that are held; records that follow
   * one another with the same are in one run.
   *
   * @param start where the first record begins
   */
  List<Event.Run> runs(int start) {
    List<Event.Run> runs = new ArrayList<>();
    RecordCursor record = new RecordCursor(bytes, start, end);
    while (record.next()) {
      Sum sum = sumOf(record);
      Optional<Outcome> outcome =
          record.end() > acceptedEnd ? THROTTLED : sum == illegal ? REJECTED : Optional.empty();
      Event.Run last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && last.outcome().equals(outcome) && last.topic().equals(sum.kafkaTopic)) {
        runs.set(runs.size() - 1, new Event.Run(last.topic(), outcome, last.records() + 1));
      } else {
        runs.add(new Event.Run(sum.kafkaTopic, outcome, 1));
      }
    }
    return runs;
  }

  /** The legal topics. */
  Collection<Sum> sums() {
    return sums.values();
  }

  /**
   * All records of topics that are not legal; "accepted" means that they are rejected for no other
   * reason.
   */
  Sum illegal() {
    return illegal;
  }

  int acceptedEnd() {
    return acceptedEnd;
  }

  int end() {
    return end;
  }

  /** The sum that the record counts in. */
  Sum sumOf(RecordCursor record) {
    Sum known = last;
    if (known != null && sameTopic(record)) {
      return known;
    }
    String kafkaTopic = names.kafkaTopic(record);
    Sum sum = kafkaTopic == null ? illegal : sums.computeIfAbsent(kafkaTopic, Sum::new);
    last = sum;
    lastIsChanged = kafkaTopic != null && names.isChanged(record, kafkaTopic);
    lastTopicStart = record.topicStart();
    lastTopicEnd = record.topicEnd();
    return sum;
  }

  private void note(RecordCursor record, Sum sum) {
    if (sum == illegal) {
      notes.rejected(names.shown(record));
    } else if (lastIsChanged) {
      notes.changed(names.shown(record), sum.kafkaTopic);
    }
  }

  private boolean sameTopic(RecordCursor record) {
    return Arrays.equals(
        bytes, record.topicStart(), record.topicEnd(), bytes, lastTopicStart, lastTopicEnd);
  }
}
