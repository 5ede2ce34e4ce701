// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.ValueReader;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decodes events one after another, in the encoding that this version writes. Not thread-safe.
 *
 * <p>Bytes that are not valid are a {@link CorruptRecordException}.
 */
final class EventDecoder {
  private static final byte[] NO_BYTES = {};

  private final ValueReader in;
  private final boolean withBodies;
  private int bodyBytes;

  /**
   * @param withBodies whether blocks keep their bytes
   */
  EventDecoder(ValueReader in, boolean withBodies) {
    this.in = in;
    this.withBodies = withBodies;
  }

  boolean hasNext() {
    return in.left() > 0;
  }

  /** How long the body of the last block was, whether it was kept or not. */
  int bodyBytes() {
    return bodyBytes;
  }

  Event next() {
    EventTime at = time();
    return switch (in.readIndex(RecordingSchema.EVENTS, "event")) {
      case RecordingSchema.SNAPSHOT -> snapshot(at);
      case RecordingSchema.SOURCE_OPENED -> sourceOpened(at);
      case RecordingSchema.HEADER_SEEN -> headerSeen(at);
      case RecordingSchema.SOURCE_CLOSED ->
          new Event.SourceClosed(at, number(), text(), number(), number(), number());
      case RecordingSchema.BLOCK_RECEIVED ->
          new Event.BlockReceived(at, number(), number(), number(), count(), body(), number());
      case RecordingSchema.RECORDS_SORTED ->
          new Event.RecordsSorted(at, number(), items(this::run));
      case RecordingSchema.AGENT_ASKED ->
          new Event.AgentAsked(at, text(), text(), number(), text());
      case RecordingSchema.AGENT_LEARNED -> new Event.AgentLearned(at, agentState());
      case RecordingSchema.MESSAGE_MADE ->
          new Event.MessageMade(
              at,
              number(),
              text(),
              count(),
              number(),
              symbol(RecordingSchema.TRIGGERS),
              items(this::range));
      case RecordingSchema.MESSAGE_SETTLED ->
          new Event.MessageSettled(at, number(), count(), items(this::range), outcome());
      case RecordingSchema.KAFKA_CHANGED -> new Event.KafkaChanged(at, flag(), text());
      case RecordingSchema.SKIPPED -> new Event.Skipped(at, number(), number(), number());
      default -> throw new IllegalStateException("the index was checked");
    };
  }

  private Event.Snapshot snapshot(EventTime at) {
    return new Event.Snapshot(
        at,
        text(),
        items(this::text),
        items(this::openSource),
        optional(this::agentState),
        optional(this::flag),
        new LedgerSnapshot(counts(), items(this::line), items(this::line)));
  }

  private Event.OpenSource openSource() {
    return new Event.OpenSource(sourceOpened(time()), optional(() -> headerSeen(time())));
  }

  private Event.SourceOpened sourceOpened(EventTime at) {
    return new Event.SourceOpened(at, number(), text());
  }

  private Event.HeaderSeen headerSeen(EventTime at) {
    return new Event.HeaderSeen(at, number(), text(), text(), flag(), bytes("header"), number());
  }

  private Event.Run run() {
    return new Event.Run(text(), symbol(RecordingSchema.DECISIONS).outcome(), count());
  }

  private RecordRange range() {
    return new RecordRange(number(), count(), count());
  }

  private Outcome outcome() {
    return switch (in.readIndex(RecordingSchema.OUTCOMES, "outcome")) {
      case RecordingSchema.DELIVERED -> new Outcome.Delivered(new Receipt(count(), number()));
      case RecordingSchema.DRY_RUN -> new Outcome.DryRun();
      case RecordingSchema.THROTTLED -> new Outcome.Throttled(Outcome.LimitScope.GLOBAL);
      case RecordingSchema.UNDELIVERABLE ->
          new Outcome.Undeliverable(symbol(RecordingSchema.REASONS), text());
      case RecordingSchema.UNKNOWN_OUTCOME -> new Outcome.Unknown(text());
      default -> throw new IllegalStateException("the index was checked");
    };
  }

  private AgentState agentState() {
    return new AgentState(text(), texts(), texts());
  }

  private LedgerSnapshot.Line line() {
    return new LedgerSnapshot.Line(text(), counts());
  }

  private Counts counts() {
    long[] records = new long[RecordingSchema.TERMS.size()];
    long[] bytes = new long[records.length];
    items(
        () -> {
          LedgerTerm term = symbol(RecordingSchema.TERMS);
          // Several terms of a later version are the unknown one here.
          records[term.ordinal()] += number();
          bytes[term.ordinal()] += number();
          return term;
        });
    return Counts.of(records, bytes);
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    items(() -> texts.put(text(), text()) == null);
    return texts;
  }

  private <T> List<T> items(Supplier<T> item) {
    List<T> all = new ArrayList<>();
    for (var items = in.beginItems(); items.count() > 0; items = in.beginItems()) {
      if (items.count() > in.left()) {
        throw in.corruptCount(items); // each takes a byte at least
      }
      for (long i = 0; i < items.count(); i++) {
        all.add(item.get());
      }
      in.endItems(items);
    }
    return all;
  }

  private <T> Optional<T> optional(Supplier<T> value) {
    return in.readIndex(2, "union with null") == 0 ? Optional.empty() : Optional.of(value.get());
  }

  private <E extends Enum<E>> E symbol(EnumSymbols<E> symbols) {
    return symbols.constant(in.readIndex(symbols.size(), "enum"));
  }

  private EventTime time() {
    return new EventTime(number(), number());
  }

  private boolean flag() {
    return in.readLittleEndian(1, "boolean") != 0;
  }

  private int count() {
    return in.readInt();
  }

  private long number() {
    return in.readLong("number");
  }

  private byte[] body() {
    bodyBytes = in.readLength("block");
    if (withBodies) {
      return bytes(bodyBytes);
    }
    in.moveTo(in.position() + bodyBytes);
    return NO_BYTES;
  }

  private byte[] bytes(String what) {
    return bytes(in.readLength(what));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    in.copy(length, bytes, 0);
    return bytes;
  }

  private String text() {
    return new String(bytes("text"), StandardCharsets.UTF_8);
  }
}
