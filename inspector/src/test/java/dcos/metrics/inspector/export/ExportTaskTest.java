// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.export.ExportTask.ExportResult;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.workspace.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExportTaskTest extends MadeRecording {
  private static final ExportTask.ExportContent RECORDS =
      new ExportTask.ExportContent.Rows(View.RECORDS, SearchQuery.ALL);

  @Test
  void reportsHowManyAreNotKeptAnyMore() throws Exception {
    happen();
    long bytes =
        events.stream()
            .filter(Event.BlockReceived.class::isInstance)
            .mapToLong(event -> ((Event.BlockReceived) event).stored().length)
            .sum();
    Recording recording = recorded(RecordingLimits.DEFAULT.withDiskBytes(bytes / 2));
    Path file = temp.resolve("rest.jsonl");

    ExportResult ending = export(recording, View.RECORDS, Filter.ALL, file);

    long dropped = recording.storage().droppedRecords();
    assertThat(dropped).isPositive();
    assertThat(ending).isEqualTo(new ExportResult.Exported(sent.size() - dropped, dropped, 0));
    assertThat(json(file)).hasSize((int) (sent.size() - dropped));
  }

  @Test
  void writesEverySeriesWithItsLastValue() throws Exception {
    happen();
    Recording recording = recorded();
    Path csv = temp.resolve("series.csv");
    Path json = temp.resolve("series.jsonl");

    ExportResult ending = export(recording, View.METRICS, Filter.ALL, csv);
    export(recording, View.METRICS, Filter.ALL, json);

    assertThat(ending).isEqualTo(new ExportResult.Exported(recording.series().size(), 0, 0));
    List<List<String>> expected =
        recording.series().stream()
            .map(
                series ->
                    List.of(
                        series.topic(),
                        series.name(),
                        CsvWriter.tags(series.tags()),
                        Double.toString(series.last())))
            .toList();
    assertThat(csv(csv).stream().skip(1).map(line -> line.subList(0, 4)))
        .containsExactlyElementsOf(expected);
    assertThat(json(json).stream().map(line -> line.get("name").asText()))
        .containsExactlyElementsOf(expected.stream().map(line -> line.get(1)).toList());
  }

  @Test
  void leavesNothingBehindWhereItCannotWrite() throws Exception {
    happen();
    Path folder = temp.resolve("none");

    ExportResult ending = export(recorded(), View.RECORDS, Filter.ALL, folder.resolve("all.csv"));

    assertThat(ending).isEqualTo(new ExportResult.ExportFailed("there is no such folder"));
  }

  @Test
  void leavesTheFileThatWasThereAsItWasWhenItIsStopped() throws Exception {
    happen();
    Path file = Files.writeString(temp.resolve("all.csv"), "before");
    Recording recording = recorded();
    var ended = new CompletableFuture<ExportResult>();
    var export = new ExportTask(recording, RECORDS, file, listener(ended::complete));
    export.close();

    export.start();

    assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(new ExportResult.ExportStopped());
    assertThat(Files.readString(file)).isEqualTo("before");
    assertThat(temp.resolve("all.csv.part")).doesNotExist();
  }

  @Test
  void refusesANameThatSaysNoFormat() throws Exception {
    Recording recording = recorded();
    Path file = temp.resolve("all.txt");

    assertThatThrownBy(() -> new ExportTask(recording, RECORDS, file, listener(_ -> {})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": its name must end with .csv or .jsonl");
  }
}
