// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/** Encodes events by {@code recording.avsc}, one behind the other. Not thread-safe. */
final class EventEncoder {
  private final EncodedOutput sink;

  EventEncoder(EncodedBytes sink) {
    this(new EncodedOutput.InMemory(sink));
  }

  EventEncoder(EncodedOutput sink) {
    this.sink = sink;
  }

  void put(Event event) {
    put(event.at());
    switch (event) {
      case Event.Snapshot snapshot -> {
        sink.putLong(RecordingSchema.SNAPSHOT);
        put(snapshot);
      }
      case Event.SourceOpened opened -> {
        sink.putLong(RecordingSchema.SOURCE_OPENED);
        put(opened);
      }
      case Event.HeaderSeen seen -> {
        sink.putLong(RecordingSchema.HEADER_SEEN);
        put(seen);
      }
      case Event.SourceClosed(
              _,
              long source,
              String cause,
              long offset,
              long blocks,
              long records) -> {
        sink.putLong(RecordingSchema.SOURCE_CLOSED);
        sink.putLong(source);
        put(cause);
        sink.putLong(offset);
        sink.putLong(blocks);
        sink.putLong(records);
      }
      case Event.BlockReceived(
              _,
              long block,
              long source,
              long offset,
              int records,
              byte[] stored,
              long container) -> {
        sink.putLong(RecordingSchema.BLOCK_RECEIVED);
        sink.putLong(block);
        sink.putLong(source);
        sink.putLong(offset);
        sink.putLong(records);
        sink.putText(stored);
        sink.putLong(container);
      }
      case Event.RecordsSorted(_, long block, var runs) -> {
        sink.putLong(RecordingSchema.RECORDS_SORTED);
        sink.putLong(block);
        putAll(runs, this::put);
      }
      case Event.AgentAsked(_, String path, String from, long tookNanos, String failure) -> {
        sink.putLong(RecordingSchema.AGENT_ASKED);
        put(path);
        put(from);
        sink.putLong(tookNanos);
        put(failure);
      }
      case Event.AgentLearned(_, AgentState state) -> {
        sink.putLong(RecordingSchema.AGENT_LEARNED);
        put(state);
      }
      case Event.MessageMade made -> {
        sink.putLong(RecordingSchema.MESSAGE_MADE);
        sink.putLong(made.message());
        put(made.topic());
        sink.putLong(made.records());
        sink.putLong(made.bytes());
        sink.putLong(RecordingSchema.TRIGGERS.indexOf(made.trigger()));
        putAll(made.ranges(), this::put);
      }
      case Event.MessageSettled(_, long message, int records, var ranges, Outcome outcome) -> {
        sink.putLong(RecordingSchema.MESSAGE_SETTLED);
        sink.putLong(message);
        sink.putLong(records);
        putAll(ranges, this::put);
        put(outcome);
      }
      case Event.KafkaChanged(_, boolean up, String error) -> {
        sink.putLong(RecordingSchema.KAFKA_CHANGED);
        put(up);
        put(error);
      }
      case Event.Skipped(_, long events, long records, long bytes) -> {
        sink.putLong(RecordingSchema.SKIPPED);
        sink.putLong(events);
        sink.putLong(records);
        sink.putLong(bytes);
      }
    }
  }

  private void put(Event.Snapshot snapshot) {
    put(snapshot.version());
    putAll(snapshot.settings(), this::put);
    putAll(snapshot.sources(), this::put);
    putPresence(snapshot.agent().isPresent());
    snapshot.agent().ifPresent(this::put);
    putPresence(snapshot.kafkaUp().isPresent());
    snapshot.kafkaUp().ifPresent(this::put);
    put(snapshot.ledger().total());
    putAll(snapshot.ledger().sources(), this::put);
    putAll(snapshot.ledger().topics(), this::put);
  }

  private void put(Event.OpenSource source) {
    put(source.opened().at());
    put(source.opened());
    putPresence(source.header().isPresent());
    source
        .header()
        .ifPresent(
            header -> {
              put(header.at());
              put(header);
            });
  }

  private void put(Event.SourceOpened opened) {
    sink.putLong(opened.source());
    put(opened.name());
  }

  private void put(Event.HeaderSeen seen) {
    sink.putLong(seen.source());
    put(seen.codec());
    put(seen.writerSchema());
    put(seen.rewritten());
    sink.putText(seen.header());
    sink.putLong(seen.offset());
  }

  private void put(Event.Run run) {
    put(run.topic());
    sink.putLong(RecordingSchema.DECISIONS.indexOf(ArrivalDecision.of(run.outcome())));
    sink.putLong(run.records());
  }

  private void put(RecordRange range) {
    sink.putLong(range.block());
    sink.putLong(range.first());
    sink.putLong(range.records());
  }

  private void put(Outcome outcome) {
    switch (outcome) {
      case Outcome.Delivered(Receipt(int partition, long offset)) -> {
        sink.putLong(RecordingSchema.DELIVERED);
        sink.putLong(partition);
        sink.putLong(offset);
      }
      case Outcome.DryRun() -> sink.putLong(RecordingSchema.DRY_RUN);
      case Outcome.Throttled _ -> sink.putLong(RecordingSchema.THROTTLED);
      case Outcome.Rejected _ ->
          throw new IllegalArgumentException("records are rejected, messages are not");
      case Outcome.Undeliverable(Outcome.Reason reason, String detail) -> {
        sink.putLong(RecordingSchema.UNDELIVERABLE);
        sink.putLong(RecordingSchema.REASONS.indexOf(reason));
        put(detail);
      }
      case Outcome.Unknown(String name) -> {
        sink.putLong(RecordingSchema.UNKNOWN_OUTCOME);
        put(name);
      }
    }
  }

  private void put(AgentState state) {
    put(state.agentId());
    put(state.frameworkNames());
    put(state.applicationNames());
  }

  private void put(LedgerSnapshot.Line line) {
    put(line.name());
    put(line.counts());
  }

  private void put(Counts counts) {
    int terms = 0;
    for (LedgerTerm term : LedgerTerm.values()) {
      terms += isZero(counts, term) ? 0 : 1;
    }
    if (terms > 0) {
      sink.putLong(terms);
    }
    for (LedgerTerm term : LedgerTerm.values()) {
      if (!isZero(counts, term)) {
        sink.putLong(RecordingSchema.TERMS.indexOf(term));
        sink.putLong(counts.records(term));
        sink.putLong(counts.bytes(term));
      }
    }
    sink.putLong(0);
  }

  private static boolean isZero(Counts counts, LedgerTerm term) {
    return counts.records(term) == 0 && counts.bytes(term) == 0;
  }

  private void put(Map<String, String> texts) {
    putAll(
        texts.entrySet(),
        entry -> {
          put(entry.getKey());
          put(entry.getValue());
        });
  }

  private <T> void putAll(Collection<T> items, Consumer<T> item) {
    if (!items.isEmpty()) {
      sink.putLong(items.size());
      items.forEach(item);
    }
    sink.putLong(0);
  }

  /** The branch of a union of null and something. */
  private void putPresence(boolean present) {
    sink.putLong(present ? 1 : 0);
  }

  private void put(EventTime at) {
    sink.putLong(at.wallMs());
    sink.putLong(at.nanos());
  }

  private void put(boolean value) {
    sink.putByte(value ? 1 : 0);
  }

  private void put(String text) {
    sink.putText(text);
  }
}
