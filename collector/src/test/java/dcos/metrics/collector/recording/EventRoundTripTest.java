// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read: by ourselves, by the Avro library, and across. */
class EventRoundTripTest {
  private static final Schema SCHEMA = new Schema.Parser().parse(RecordingSchema.text());

  @Test
  void readsEveryEventAsItWasWritten() throws Exception {
    assertSame(read(written(SampleEvents.all())), SampleEvents.all());
  }

  @Test
  void avroReadsEveryEvent() throws Exception {
    List<GenericRecord> read = avroRead(written(SampleEvents.all()));

    assertThat(read).hasSameSizeAs(SampleEvents.all());
    assertThat(read)
        .extracting(entry -> ((GenericRecord) entry.get("event")).getSchema().getName())
        .containsExactlyElementsOf(
            SampleEvents.all().stream().map(event -> event.getClass().getSimpleName()).toList());
    assertThat(read)
        .allSatisfy(
            entry -> {
              assertThat(entry.get("at_ms")).isEqualTo(1_700_000_000_123L);
              assertThat(entry.get("at_nanos")).isEqualTo(-5L);
            });
    assertThat(read.get(0).toString())
        .contains(
            "\"total\": [{\"term\": \"RECEIVED\", \"records\": 4,",
            "\"name\": \"metrics-web\", \"amounts\": [{\"term\": \"RECEIVED\", \"records\": 3");
    assertThat(read.get(13).toString()).contains("\"outcome\": {}");
  }

  @Test
  void readsWhatAvroWrites() throws Exception {
    List<GenericRecord> entries = avroRead(written(SampleEvents.all()));

    for (CodecFactory codec : Streams.CODECS) {
      var bytes = new ByteArrayOutputStream();
      try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
        writer.setCodec(codec);
        writer.create(SCHEMA, bytes);
        for (GenericRecord entry : entries) {
          writer.append(entry);
        }
      }

      assertSame(read(bytes.toByteArray()), SampleEvents.all());
    }
  }

  @Test
  void indexesAreThoseOfTheSchema() {
    Map<String, Integer> events = new LinkedHashMap<>();
    events.put("Snapshot", RecordingSchema.SNAPSHOT);
    events.put("SourceOpened", RecordingSchema.SOURCE_OPENED);
    events.put("HeaderSeen", RecordingSchema.HEADER_SEEN);
    events.put("SourceClosed", RecordingSchema.SOURCE_CLOSED);
    events.put("BlockReceived", RecordingSchema.BLOCK_RECEIVED);
    events.put("RecordsSorted", RecordingSchema.RECORDS_SORTED);
    events.put("AgentAsked", RecordingSchema.AGENT_ASKED);
    events.put("AgentLearned", RecordingSchema.AGENT_LEARNED);
    events.put("MessageMade", RecordingSchema.MESSAGE_MADE);
    events.put("MessageSettled", RecordingSchema.MESSAGE_SETTLED);
    events.put("KafkaChanged", RecordingSchema.KAFKA_CHANGED);
    events.put("Skipped", RecordingSchema.SKIPPED);
    assertThat(branches(SCHEMA.getField("event").schema())).isEqualTo(events);
    assertThat(events).hasSize(RecordingSchema.EVENTS);

    Map<String, Integer> outcomes = new LinkedHashMap<>();
    outcomes.put("Delivered", RecordingSchema.DELIVERED);
    outcomes.put("DryRun", RecordingSchema.DRY_RUN);
    outcomes.put("Throttled", RecordingSchema.THROTTLED);
    outcomes.put("Undeliverable", RecordingSchema.UNDELIVERABLE);
    outcomes.put("UnknownOutcome", RecordingSchema.UNKNOWN_OUTCOME);
    assertThat(branches(named("MessageSettled").getField("outcome").schema())).isEqualTo(outcomes);
    assertThat(outcomes).hasSize(RecordingSchema.OUTCOMES);
  }

  @Test
  void symbolsAreThoseOfTheSchema() {
    assertThat(named("Term").getEnumSymbols()).isEqualTo(RecordingSchema.TERMS.names());
    assertThat(named("Verdict").getEnumSymbols()).isEqualTo(RecordingSchema.DECISIONS.names());
    assertThat(named("Trigger").getEnumSymbols()).isEqualTo(RecordingSchema.TRIGGERS.names());
    assertThat(named("Reason").getEnumSymbols()).isEqualTo(RecordingSchema.REASONS.names());
  }

  @Test
  void everyFieldOfTheSchemaIsDocumented() {
    List<String> without = new ArrayList<>();
    collectUndocumented(SCHEMA, new ArrayList<>(), without);

    assertThat(without).isEmpty();
  }

  @Test
  void refusesAContainerOfSomethingElse() {
    byte[] metrics = Streams.container(Records.many("web", 1, 1));

    assertThatThrownBy(() -> read(metrics))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage(
            "not a recording: its schema is of dcos.metrics.MetricList, not of"
                + " dcos.metrics.recording.Entry at offset 0");
  }

  @Test
  void leavesBodiesOutForWhoOnlyCounts(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("recording.avro");
    Files.write(file, written(SampleEvents.all()));
    try (EventReader reader = EventReader.open(file, false)) {
      List<Event> read = all(reader);

      assertThat(read).hasSameSizeAs(SampleEvents.all());
      assertThat(((Event.BlockReceived) read.get(5)).stored()).isEmpty();
      assertThat(((Event.BlockReceived) read.get(5)).records()).isEqualTo(7);
      assertThat(read.get(4)).isEqualTo(SampleEvents.all().get(4));
    }
  }

  @Test
  void reportsHowLongABodyIsThatItLeavesOut(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("recording.avro");
    Files.write(file, written(SampleEvents.all()));
    var block = (Event.BlockReceived) SampleEvents.all().get(5);
    try (EventReader reader = EventReader.open(file, false)) {
      for (int i = 0; i <= 5; i++) {
        var _ = reader.next();
      }

      assertThat(reader.bodyBytes()).isEqualTo(block.stored().length).isPositive();
    }
  }

  static byte[] written(List<Event> events) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new EventWriter(bytes)) {
      for (Event event : events) {
        writer.write(event);
      }
    }
    return bytes.toByteArray();
  }

  static List<Event> read(byte[] container) throws IOException {
    try (EventReader reader = EventReader.of(new ByteArrayInputStream(container))) {
      List<Event> read = all(reader);
      assertThat(reader.skippedBlocks()).isZero();
      assertThat(reader.cutBytes()).isZero();
      return read;
    }
  }

  static List<Event> all(EventReader reader) throws IOException {
    List<Event> read = new ArrayList<>();
    for (Event event = reader.next(); event != null; event = reader.next()) {
      read.add(event);
    }
    return read;
  }

  static void assertSame(List<Event> actual, List<Event> expected) {
    assertThat(new ArrayList<>(actual))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .isEqualTo(new ArrayList<>(expected));
  }

  private static List<GenericRecord> avroRead(byte[] container) throws IOException {
    try (var stream =
        new DataFileStream<>(
            new ByteArrayInputStream(container), new GenericDatumReader<GenericRecord>(SCHEMA))) {
      List<GenericRecord> read = new ArrayList<>();
      stream.forEach(read::add);
      return read;
    }
  }

  private static Map<String, Integer> branches(Schema union) {
    Map<String, Integer> indexes = new LinkedHashMap<>();
    for (Schema branch : union.getTypes()) {
      indexes.put(branch.getName(), indexes.size());
    }
    return indexes;
  }

  private static Schema named(String name) {
    List<Schema> seen = new ArrayList<>();
    collectUndocumented(SCHEMA, seen, new ArrayList<>());
    return seen.stream().filter(schema -> schema.getName().equals(name)).findFirst().orElseThrow();
  }

  private static void collectUndocumented(
      Schema schema, List<Schema> seen, List<String> undocumented) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!seen.contains(schema)) {
          seen.add(schema);
          for (Schema.Field field : schema.getFields()) {
            Schema type = field.schema();
            boolean says = field.doc() != null || type.getType() == Schema.Type.RECORD;
            if (!says) {
              undocumented.add(schema.getName() + "." + field.name());
            }
            collectUndocumented(type, seen, undocumented);
          }
        }
      }
      case ENUM -> seen.add(schema);
      case UNION -> schema.getTypes().forEach(t -> collectUndocumented(t, seen, undocumented));
      case ARRAY -> collectUndocumented(schema.getElementType(), seen, undocumented);
      case MAP -> collectUndocumented(schema.getValueType(), seen, undocumented);
      default -> {}
    }
  }
}
