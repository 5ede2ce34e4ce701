// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.MalformedContainerException;
import dcos.metrics.codec.MetricListJson;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.Term;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prints events as JSON, one a line, and a block's records each on a line of its own, once it is
 * known what was decided of them. With a filter, only the records and messages that it finds. Not
 * thread-safe.
 */
final class EventLines {
  private static final int MOST_MESSAGES = 100_000;

  private final JsonGenerator json;
  private final Optional<Filter> filter;
  private final RecordedStreams streams = new RecordedStreams();
  private final RecordsAndVerdicts<Block> verdicts = new RecordsAndVerdicts<>(this::records);
  // Those that are not settled yet.
  private final Map<Long, Event.MessageMade> messages = new LinkedHashMap<>();

  private record Block(Event.BlockReceived event, String source, List<MetricList> records) {}

  EventLines(JsonGenerator json, Optional<Filter> filter) {
    this.json = json;
    this.filter = filter;
  }

  void print(Event event) throws IOException {
    boolean isEnd = event instanceof Event.SourceClosed;
    if (!isEnd) {
      streams.see(event);
    }
    try {
      switch (event) {
        case Event.BlockReceived block -> received(block);
        case Event.RecordsSorted sorted -> verdicts.sorted(sorted);
        case Event.MessageMade made -> made(made);
        case Event.MessageSettled settled -> settled(settled);
        default -> {
          if (filter.isEmpty()) {
            other(event);
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (isEnd) {
      streams.see(event); // forgets its name
    }
  }

  void finish() throws IOException {
    try {
      verdicts.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void received(Event.BlockReceived block) throws IOException {
    String source = streams.name(block.source());
    String problem = "the header of its stream is not known";
    try {
      Optional<RecordBlock> records = streams.records(block);
      if (records.isPresent()) {
        List<MetricList> decoded = MetricLists.decode(records.get());
        verdicts.received(block.block(), new Block(block, source, decoded), block.records());
        return;
      }
    } catch (MalformedContainerException e) {
      problem = e.reason();
    }
    if (filter.isEmpty()) {
      begin("block", block);
      json.writeStringField("source", source);
      json.writeNumberField("block", block.block());
      json.writeNumberField("records", block.records());
      json.writeNumberField("bytes", block.stored().length);
      json.writeStringField("problem", problem);
      json.writeEndObject();
    }
  }

  private void records(Block block, int first, int count, Event.@Nullable Run fate) {
    try {
      for (int i = first; i < first + count; i++) {
        MetricList record = block.records().get(i);
        if (filter.isEmpty() || filter.get().matches(found(block, record, fate))) {
          json.writeStartObject();
          RecordJson.writeArrival(
              json, block.event().at().wallMs(), block.source(), block.event().block(), i);
          if (fate != null) {
            RecordJson.writeVerdict(json, fate.decision(), fate.topic());
          }
          MetricListJson.writeFields(json, record);
          json.writeEndObject();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Found found(Block block, MetricList record, Event.@Nullable Run fate) {
    Map<Key, List<String>> texts = new EnumMap<>(Key.class);
    texts.put(Key.SOURCE, List.of(block.source()));
    if (fate == null) {
      texts.put(Key.TOPIC, List.of(record.getTopic()));
    } else {
      texts.put(Key.TOPIC, List.of(record.getTopic(), fate.topic()));
      List<String> verdict = List.of(fate.decision());
      texts.put(Key.VERDICT, verdict);
      texts.put(
          Key.OUTCOME,
          verdict); // The outcome of its message is in the line of the settled message.
    }
    return new Found(texts, Map.of(Key.TIME, block.event().at().wallMs()), record);
  }

  private void made(Event.MessageMade made) throws IOException {
    messages.put(made.message(), made);
    if (messages.size() > MOST_MESSAGES) {
      messages.remove(messages.keySet().iterator().next());
    }
    if (filter.isPresent()) {
      return; // it is found when it is settled
    }
    begin("message", made);
    json.writeNumberField("message", made.message());
    json.writeStringField("kafka_topic", made.topic());
    json.writeNumberField("records", made.records());
    json.writeNumberField("bytes", made.bytes());
    json.writeStringField("trigger", lower(made.trigger()));
    parts(made.parts());
    json.writeEndObject();
  }

  private void settled(Event.MessageSettled settled) throws IOException {
    Event.MessageMade made = messages.get(settled.message());
    if (settled.parts().isEmpty()) {
      messages.remove(settled.message());
    }
    if (filter.isPresent() && !filter.get().matches(found(settled, made))) {
      return;
    }
    begin("settled", settled);
    json.writeNumberField("message", settled.message());
    if (made != null) {
      json.writeStringField("kafka_topic", made.topic());
      json.writeNumberField("ms", millis(made, settled));
    }
    json.writeNumberField("records", settled.records());
    if (!settled.parts().isEmpty()) {
      parts(settled.parts());
    }
    json.writeStringField("outcome", settled.outcome().code());
    switch (settled.outcome()) {
      case Outcome.Delivered(Receipt(int partition, long offset)) -> {
        json.writeNumberField("partition", partition);
        json.writeNumberField("offset", offset);
      }
      case Outcome.Undeliverable(_, String detail) -> json.writeStringField("detail", detail);
      case Outcome.Unknown(String name) -> json.writeStringField("detail", name);
      case Outcome.DryRun _, Outcome.Throttled _, Outcome.Rejected _ -> {}
    }
    json.writeEndObject();
  }

  /** What filters may call an outcome; earlier versions called one of them failed. */
  private static List<String> names(Outcome outcome) {
    Term term = outcome.term();
    List<String> names = new ArrayList<>(List.of(term.kind(), outcome.code(), term.label()));
    String why = outcome.why();
    if (!why.isEmpty()) {
      names.add(term.kind() + ": " + why);
    }
    if (outcome instanceof Outcome.Undeliverable) {
      names.add("failed");
    }
    return names;
  }

  private static Found found(Event.MessageSettled settled, Event.@Nullable MessageMade made) {
    Map<Key, List<String>> texts = new EnumMap<>(Key.class);
    Map<Key, Number> numbers = new EnumMap<>(Key.class);
    List<String> states = names(settled.outcome());
    texts.put(Key.STATE, states);
    texts.put(Key.OUTCOME, states);
    numbers.put(Key.MESSAGE, settled.message());
    numbers.put(Key.RECORDS, settled.records());
    numbers.put(Key.TIME, settled.at().wallMs());
    if (made != null) {
      texts.put(Key.TOPIC, List.of(made.topic()));
      texts.put(Key.TRIGGER, List.of(lower(made.trigger())));
      numbers.put(Key.BYTES, made.bytes());
      numbers.put(Key.MS, millis(made, settled));
    }
    if (settled.outcome() instanceof Outcome.Delivered(Receipt(int partition, long offset))) {
      numbers.put(Key.PARTITION, partition);
      numbers.put(Key.OFFSET, offset);
    }
    return new Found(texts, numbers, null);
  }

  private void other(Event event) throws IOException {
    switch (event) {
      case Event.Snapshot snapshot -> snapshot(snapshot);
      case Event.SourceOpened opened -> {
        begin("opened", opened);
        json.writeStringField("source", opened.name());
      }
      case Event.HeaderSeen seen -> {
        begin("header", seen);
        json.writeStringField("source", streams.name(seen.source()));
        json.writeStringField("codec", seen.codec());
        json.writeBooleanField("rewritten", seen.rewritten());
        json.writeStringField("writer_schema", seen.writerSchema());
      }
      case Event.SourceClosed closed -> {
        begin("closed", closed);
        json.writeStringField("source", streams.name(closed.source()));
        json.writeStringField("cause", closed.cause());
        json.writeNumberField("offset", closed.offset());
        json.writeNumberField("blocks", closed.blocks());
        json.writeNumberField("records", closed.records());
      }
      case Event.AgentAsked(_, String path, String from, long tookNanos, String failure) -> {
        begin("agent_asked", event);
        json.writeStringField("path", path);
        json.writeStringField("from", from);
        json.writeNumberField("ms", tookNanos / 1e6);
        json.writeStringField("failure", failure);
      }
      case Event.AgentLearned(_, var state) -> {
        begin("agent_learned", event);
        json.writeStringField("agent_id", state.agentId());
        json.writeNumberField("frameworks", state.frameworkNames().size());
        json.writeNumberField("applications", state.applicationNames().size());
      }
      case Event.KafkaChanged(_, boolean up, String error) -> {
        begin("kafka", event);
        json.writeBooleanField("up", up);
        json.writeStringField("error", error);
      }
      case Event.Skipped(_, long events, long records, long bytes) -> {
        begin("skipped", event);
        json.writeNumberField("events", events);
        json.writeNumberField("records", records);
        json.writeNumberField("bytes", bytes);
      }
      case Event.BlockReceived _,
          Event.RecordsSorted _,
          Event.MessageMade _,
          Event.MessageSettled _ ->
          throw new IllegalStateException("these have lines of their own");
    }
    json.writeEndObject();
  }

  private void snapshot(Event.Snapshot snapshot) throws IOException {
    begin("snapshot", snapshot);
    json.writeStringField("version", snapshot.version());
    json.writeArrayFieldStart("settings");
    for (String line : snapshot.settings()) {
      json.writeString(line);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sources");
    for (Event.OpenSource source : snapshot.sources()) {
      json.writeString(source.opened().name());
    }
    json.writeEndArray();
    if (snapshot.agent().isPresent()) {
      json.writeStringField("agent_id", snapshot.agent().get().agentId());
    }
    if (snapshot.kafkaUp().isPresent()) {
      json.writeBooleanField("kafka_up", snapshot.kafkaUp().get());
    }
    json.writeObjectFieldStart("ledger");
    for (String kind : Term.kinds()) {
      json.writeNumberField(kind, snapshot.ledger().total().records(kind));
    }
    long unknown = snapshot.ledger().total().records(Term.UNKNOWN);
    if (unknown != 0) {
      json.writeNumberField(Term.UNKNOWN.kind(), unknown);
    }
    json.writeEndObject();
  }

  private void parts(List<Part> parts) throws IOException {
    json.writeArrayFieldStart("parts");
    for (Part part : parts) {
      json.writeStartObject();
      json.writeNumberField("block", part.block());
      json.writeNumberField("first", part.first());
      json.writeNumberField("records", part.records());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void begin(String what, Event event) throws IOException {
    json.writeStartObject();
    RecordJson.writeEvent(json, what, event.at().wallMs());
  }

  private static double millis(Event.MessageMade made, Event.MessageSettled settled) {
    return (settled.at().nanos() - made.at().nanos()) / 1e6;
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
