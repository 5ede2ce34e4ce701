// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListJson;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.MessageFacts;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes events as JSON, one object per line. Not thread-safe. */
final class EventJson {
  private static final List<String> KINDS =
      Arrays.stream(LedgerTerm.values()).map(LedgerTerm::kind).distinct().toList();

  // As 0.1.0 wrote them; others only where they are not 0, so that its lines stay as they were.
  private static final Set<String> ALWAYS_WRITTEN =
      Stream.of(
              LedgerTerm.RECEIVED,
              LedgerTerm.RECOVERED,
              LedgerTerm.DELIVERED,
              LedgerTerm.DRY_RUN,
              LedgerTerm.THROTTLED_INPUT,
              LedgerTerm.REJECTED_TOPIC,
              LedgerTerm.UNDELIVERABLE_REFUSED,
              LedgerTerm.HELD)
          .map(LedgerTerm::kind)
          .collect(Collectors.toUnmodifiableSet());

  private final JsonGenerator json;

  EventJson(JsonGenerator json) {
    this.json = json;
  }

  /**
   * A record of a block, as it was decided when it came.
   *
   * @param run null where nothing was decided
   */
  void record(
      Event.BlockReceived block,
      String source,
      int index,
      MetricList record,
      Event.@Nullable Run run)
      throws IOException {
    json.writeStartObject();
    RecordJson.writeArrival(json, block.at().wallMs(), source, block.block(), index);
    if (run != null) {
      RecordJson.writeVerdict(json, run.decision(), run.topic());
    }
    MetricListJson.writeFields(json, record);
    json.writeEndObject();
  }

  /**
   * A record that a filter found.
   *
   * @param block moved to it
   * @param withOutcome whether its outcome was waited for
   */
  void record(PlaybackBlock block, int index, MetricList record, boolean withOutcome)
      throws IOException {
    json.writeStartObject();
    RecordJson.writeArrival(json, block.wallMs().orElseThrow(), block.source(), block.id(), index);
    String decision = block.state().decision();
    if (!decision.isEmpty()) {
      RecordJson.writeVerdict(json, decision, block.kafkaTopic());
    }
    MetricListJson.writeFields(json, record);
    if (withOutcome) {
      RecordJson.writeOutcome(
          json, block.state(), block.message().map(MessageFacts::id).orElse(RecordJson.NONE));
    }
    json.writeEndObject();
  }

  /** A block whose records cannot be read. */
  void unreadable(Event.BlockReceived block, String source, String problem) throws IOException {
    begin("block", block);
    json.writeStringField("source", source);
    json.writeNumberField("block", block.block());
    json.writeNumberField("records", block.records());
    json.writeNumberField("bytes", block.stored().length);
    json.writeStringField("problem", problem);
    json.writeEndObject();
  }

  void made(Event.MessageMade made) throws IOException {
    begin("message", made);
    json.writeNumberField("message", made.message());
    json.writeStringField("kafka_topic", made.topic());
    json.writeNumberField("records", made.records());
    json.writeNumberField("bytes", made.bytes());
    json.writeStringField("trigger", made.trigger().word());
    ranges(made.ranges());
    json.writeEndObject();
  }

  /**
   * A message, or some of its records, were settled.
   *
   * @param made null where that was not recorded
   */
  void settled(Event.MessageSettled settled, Event.@Nullable MessageMade made) throws IOException {
    begin("settled", settled);
    json.writeNumberField("message", settled.message());
    if (made != null) {
      json.writeStringField("kafka_topic", made.topic());
      json.writeNumberField("ms", (settled.at().nanos() - made.at().nanos()) / 1e6);
    }
    json.writeNumberField("records", settled.records());
    if (!settled.ranges().isEmpty()) {
      ranges(settled.ranges());
    }
    json.writeStringField("outcome", settled.outcome().code());
    RecordJson.writeReceipt(json, settled.outcome().place());
    if (settled.outcome().hasDetail()) {
      json.writeStringField("detail", settled.outcome().detail());
    }
    json.writeEndObject();
  }

  /**
   * Events without lines of their own kind.
   *
   * @param sourceName of the source of an event
   */
  void other(Event event, LongFunction<String> sourceName) throws IOException {
    switch (event) {
      case Event.Snapshot snapshot -> snapshot(snapshot);
      case Event.SourceOpened opened -> {
        begin("opened", opened);
        json.writeStringField("source", opened.name());
      }
      case Event.HeaderSeen seen -> {
        begin("header", seen);
        json.writeStringField("source", sourceName.apply(seen.source()));
        json.writeStringField("codec", seen.codec());
        json.writeBooleanField("rewritten", seen.rewritten());
        json.writeStringField("writer_schema", seen.writerSchema());
      }
      case Event.SourceClosed closed -> {
        begin("closed", closed);
        json.writeStringField("source", sourceName.apply(closed.source()));
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
    for (String kind : KINDS) {
      long records = snapshot.ledger().total().records(kind);
      if (records != 0 || ALWAYS_WRITTEN.contains(kind)) {
        json.writeNumberField(kind, records);
      }
    }
    json.writeEndObject();
  }

  private void ranges(List<RecordRange> ranges) throws IOException {
    json.writeArrayFieldStart("parts");
    for (RecordRange range : ranges) {
      json.writeStartObject();
      json.writeNumberField("block", range.block());
      json.writeNumberField("first", range.first());
      json.writeNumberField("records", range.records());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void begin(String what, Event event) throws IOException {
    json.writeStartObject();
    RecordJson.writeEvent(json, what, event.at().wallMs());
  }
}
