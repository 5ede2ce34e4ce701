// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.playback.Cat;
import dcos.metrics.collector.playback.PlaybackInput;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.export.ExportTask.ExportResult;
import dcos.metrics.inspector.workspace.View;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTaskRecordsTest extends MadeRecording {
  @Test
  void writesEveryDatapointOfEveryRecordAsALine() throws Exception {
    happen();
    Path file = temp.resolve("all.csv");

    ExportResult ending = export(recorded(), View.RECORDS, Filter.ALL, file);

    assertThat(ending).isEqualTo(new ExportResult.Exported(sent.size(), 0, 0));
    List<List<String>> lines = csv(file);
    assertThat(lines.removeFirst())
        .containsExactly(
            "record",
            "time",
            "source",
            "topic",
            "tags",
            "name",
            "time_ms",
            "value",
            "verdict",
            "state",
            "reason",
            "message",
            "partition",
            "offset");
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      MetricList record = sent.get(i);
      String tags = CsvWriter.tags(record.getTags());
      List<Datapoint> datapoints = record.getDatapoints();
      for (Datapoint datapoint : datapoints) {
        expected.add(
            List.of(
                Integer.toString(i),
                record.getTopic(),
                tags,
                datapoint.getName(),
                Long.toString(datapoint.getTimeMs()),
                Double.toString(datapoint.getValue())));
      }
      if (datapoints.isEmpty()) {
        expected.add(List.of(Integer.toString(i), record.getTopic(), tags, "", "", ""));
      }
    }
    assertThat(lines)
        .extracting(
            line ->
                List.of(
                    line.get(0), line.get(3), line.get(4), line.get(5), line.get(6), line.get(7)))
        .containsExactlyElementsOf(expected);
    assertThat(lines).allSatisfy(line -> assertThat(line.get(2)).isEqualTo("tcp \"one\""));
  }

  @Test
  void reportsWhatBecameOfEachRecord() throws Exception {
    happen();
    Path file = temp.resolve("all.csv");

    export(recorded(), View.RECORDS, Filter.ALL, file);

    // Of every block the first is throttled, the last is rejected; odd blocks were delivered.
    for (List<String> line : csv(file).stream().skip(1).toList()) {
      List<String> fate = line.subList(8, 14);
      assertThat(fate)
          .isIn(
              List.of(
                  "throttled",
                  "",
                  "over the input limit of its connection (input-limit-amount-kbytes)",
                  "",
                  "",
                  ""),
              List.of(
                  "rejected",
                  "",
                  "its topic can not be made a legal name of a Kafka topic",
                  "",
                  "",
                  ""),
              List.of("accepted", "dry-run", "", fate.get(3), "", ""),
              List.of("accepted", "delivered", "", fate.get(3), "3", "100" + fate.get(3)));
    }
    assertThat(csv(file)).anyMatch(line -> line.get(9).equals("delivered"));
    assertThat(csv(file)).anyMatch(line -> line.get(8).equals("rejected"));
  }

  @Test
  void writesRecordsAsCollectorCatPrintsThem() throws Exception {
    happen();
    Path file = temp.resolve("all.jsonl");
    Path recording = temp.resolve("source.avro");
    record(recording);

    ExportResult ending = export(opened(recording), View.RECORDS, Filter.ALL, file);

    assertThat(ending).isEqualTo(new ExportResult.Exported(sent.size(), 0, 0));
    assertThat(catLines(recording, Optional.empty()))
        .hasSize(sent.size())
        .containsExactlyElementsOf(withoutWhatCatDoesNotKnow(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topic=web", "-topic=web", "verdict=throttled", "name:G or value>0.5"})
  void writesWhatTheFilterFinds(String text) throws Exception {
    happen();
    Path file = temp.resolve("some.jsonl");
    Path recording = temp.resolve("source.avro");
    record(recording);

    ExportResult ending = export(opened(recording), View.RECORDS, Filter.parse(text), file);

    List<JsonNode> expected = catLines(recording, Optional.of(Filter.parse(text)));
    assertThat(expected).isNotEmpty().hasSizeLessThan(sent.size());
    assertThat(withoutWhatCatDoesNotKnow(file)).containsExactlyElementsOf(expected);
    assertThat(ending).isEqualTo(new ExportResult.Exported(expected.size(), 0, 0));
  }

  @Test
  void writesOutcomesAsCollectorCatPrintsThem() throws Exception {
    happen();
    Path file = temp.resolve("all.jsonl");
    Path recording = temp.resolve("source.avro");
    record(recording);
    Filter filter = Filter.parse("-outcome:nothing");

    ExportResult ending = export(opened(recording), View.RECORDS, filter, file);

    assertThat(ending).isEqualTo(new ExportResult.Exported(sent.size(), 0, 0));
    assertThat(json(file))
        .anyMatch(line -> line.has("offset"))
        .containsExactlyInAnyOrderElementsOf(catLines(recording, Optional.of(filter)));
  }

  @Test
  void distinguishesTags() {
    assertThat(CsvWriter.tags(List.of(new Tag("host", "a1"), new Tag("container", "web.1"))))
        .isEqualTo("host=a1 container=web.1");
    assertThat(CsvWriter.tags(List.of(new Tag("a b", "k=\"v\""), new Tag("", "\\"))))
        .isEqualTo("\"a b\"=\"k=\\\"v\\\"\" \"\"=\"\\\\\"");
  }

  private void record(Path file) throws IOException {
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      for (Event event : events) {
        writer.write(event);
      }
    }
  }

  private static List<JsonNode> withoutWhatCatDoesNotKnow(Path file) throws IOException {
    List<JsonNode> lines = json(file);
    lines.forEach(
        line ->
            ((ObjectNode) line)
                .remove(List.of("outcome", "state", "reason", "message", "partition", "offset")));
    return lines;
  }

  private static List<JsonNode> catLines(Path recording, Optional<Filter> filter)
      throws IOException, FilterException {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, false, StandardCharsets.UTF_8);
    var hints = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    assertThat(new Cat(print, hints, false, filter).show(List.of(PlaybackInput.of(recording))))
        .isTrue();
    print.flush();
    return parse(out.toString(StandardCharsets.UTF_8)).stream()
        .filter(line -> line.get("event").asText().equals("record"))
        .toList();
  }
}
