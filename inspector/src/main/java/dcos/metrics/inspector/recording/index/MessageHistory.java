// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.ErrorEntry;
import dcos.metrics.inspector.recording.store.BlockIndex;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What messages and their outcomes come to: which records they hold, the counts of topics and
 * sources, and what went wrong. Guarded by the recording's lock.
 */
final class MessageHistory {
  private final BlockIndex index;
  private final DeliveryIndex deliveries;
  private final SourceIndex sources;
  private final TopicIndex topics;
  private final LedgerTermCounts total;
  private final KafkaHistory kafka;
  private final ErrorLog errors;

  MessageHistory(
      BlockIndex index,
      DeliveryIndex deliveries,
      SourceIndex sources,
      TopicIndex topics,
      LedgerTermCounts total,
      KafkaHistory kafka,
      ErrorLog errors) {
    this.index = index;
    this.deliveries = deliveries;
    this.sources = sources;
    this.topics = topics;
    this.total = total;
    this.kafka = kafka;
    this.errors = errors;
  }

  void make(Event.MessageMade made) {
    int number = (int) deliveries.count();
    int[] blocks = new int[made.ranges().size()];
    long firstNanos = Long.MIN_VALUE;
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = index.addRange(made.ranges().get(i), number);
      BlockLocation block = i == 0 && blocks[i] >= 0 ? index.block(blocks[i]) : null;
      if (block != null) {
        firstNanos = block.nanos();
      }
    }
    deliveries.add(made, firstNanos, blocks);
    topics.made(topics.names().number(made.topic()), made.records(), made.at().wallMs());
    kafka.made();
  }

  void settle(Event.MessageSettled settled) {
    int number = deliveries.settle(settled);
    LedgerTerm term = settled.outcome().term();
    total.settle(term, settled.records());
    kafka.settled(settled.outcome(), isLast(number));
    String topic = deliveries.topicOf(settled.message());
    if (topic != null) {
      topics.settled(topics.names().number(topic), term, settled.records());
    }
    for (DeliveryIndex.StoredRecordRange range : settledRanges(settled, number)) {
      BlockLocation block = index.block(range.block());
      IndexedSource source = block == null ? null : sources.number(block.source());
      if (source != null) {
        source.counts.settle(term, range.records());
      }
    }
    long wall = settled.at().wallMs();
    String text = settled.records() + " records: " + settled.outcome().why();
    if (settled.outcome() instanceof Outcome.Undeliverable) {
      kafka.failed(settled.outcome().why());
      errors.ofDelivery(wall, ErrorEntry.ErrorKind.UNDELIVERABLE, number, text);
    } else if (term == LedgerTerm.THROTTLED_GLOBAL) {
      errors.ofDelivery(wall, ErrorEntry.ErrorKind.THROTTLED, number, text);
    }
  }

  private boolean isLast(int number) {
    @Nullable CapturedDelivery row = number < 0 ? null : deliveries.row(number);
    return row == null || row.settledRecords() >= row.records();
  }

  private List<DeliveryIndex.StoredRecordRange> settledRanges(
      Event.MessageSettled settled, int number) {
    if (settled.ranges().isEmpty()) {
      return number < 0 ? List.of() : deliveries.ranges(number);
    }
    return settled.ranges().stream()
        .map(
            range ->
                new DeliveryIndex.StoredRecordRange(
                    index.numberOf(range.block()), range.first(), range.records()))
        .toList();
  }
}
