// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.JsonNames;
import dcos.metrics.testkit.PinnedNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names in exported files, which other programs read. */
class PinnedExportTest extends MadeRecording {
  private final PinnedNames pinned = PinnedNames.ofModule();

  @ParameterizedTest
  @EnumSource
  void noColumnAndNoKeyChanges(View view) throws Exception {
    happen();
    Recording recording = recorded();
    Path csv = temp.resolve("rows.csv");
    Path json = temp.resolve("rows.jsonl");

    export(recording, view, Filter.ALL, csv);
    export(recording, view, Filter.ALL, json);

    SortedSet<String> keys = new TreeSet<>();
    Files.readAllLines(json).forEach(line -> keys.addAll(JsonNames.of(line)));
    keys.removeAll(List.of("tags[]", "datapoints[]")); // Empty arrays.
    String name = view.name().toLowerCase(Locale.ROOT);
    pinned.check("csv columns of " + name, csv(csv).getFirst());
    pinned.check("json keys of " + name, keys);
  }

  @Test
  void noEndOfAFileNameChanges() {
    List<String> ends = List.of(".csv", ".jsonl", ".ndjson", ".json", ".tsv", ".avro", ".txt");

    pinned.check(
        "ends of exported files' names",
        ends.stream().filter(end -> ExportFormat.of(Path.of("rows" + end)).isPresent()).toList());
  }
}
