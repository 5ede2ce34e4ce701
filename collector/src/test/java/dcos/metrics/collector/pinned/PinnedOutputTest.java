// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.pinned;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.collector.StopReport;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.playback.Cat;
import dcos.metrics.collector.playback.PlaybackInput;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.JsonNames;
import dcos.metrics.testkit.PinnedNames;
import dcos.metrics.testkit.recording.ReleasedRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names in what the programs print and write, which scripts read. */
@Timeout(60)
class PinnedOutputTest {
  /** Whose values are words of the program. */
  private static final List<String> WORDS =
      List.of("event", "verdict", "outcome", "state", "trigger", "codec");

  private final PinnedNames pinned = PinnedNames.ofModule();

  @TempDir private Path temp;

  @Test
  void noKeyAndNoWordThatCatPrintsChanges() throws Exception {
    List<Path> recordings = ReleasedRecording.all().stream().map(ReleasedRecording::file).toList();
    Path metrics = Files.write(temp.resolve("m"), Streams.container(Records.many("web", 1, 1)));
    List<String> lines = new ArrayList<>(cat(Optional.empty(), recordings));
    lines.addAll(cat(Optional.of(Filter.parse("-outcome:nothing")), recordings));
    lines.addAll(cat(Optional.empty(), List.of(metrics)));
    SortedSet<String> keys = new TreeSet<>();
    SortedSet<String> words = new TreeSet<>();
    for (String line : lines) {
      JsonNode json = JsonNames.parse(line);
      String event = json.path("event").asText("of metrics");
      JsonNames.of(line).forEach(key -> keys.add(event + " " + key));
      WORDS.stream()
          .filter(json::has)
          .forEach(word -> words.add(word + "=" + json.get(word).asText()));
    }
    keys.removeAll(List.of("record tags[]", "record datapoints[]", "snapshot settings[]"));

    pinned.check("cat keys", keys);
    pinned.check("cat words", words);
  }

  @Test
  void noRecordLogChanges() throws Exception {
    SortedSet<String> names = new TreeSet<>();
    try (var run = new DryRun(Map.of("RECORD_INPUT_LOG", "true", "RECORD_OUTPUT_LOG", "true"))) {
      var _ = run.stop();
      for (String line : run.recordLines()) {
        int json = line.indexOf('{');
        JsonNames.of(line.substring(json)).forEach(key -> names.add(line.substring(0, json) + key));
      }
    }

    pinned.check("record logs", names);
  }

  @Test
  void noNameOfARecordingChanges() throws Exception {
    Map<String, String> options =
        Map.of(
            "RECORD_INPUT_LOG", "true",
            "RECORD_OUTPUT_LOG", "true",
            "RECORD_DIR", temp.toString());
    try (var run = new DryRun(options)) {
      assertThat(run.stop().isClean()).isTrue();
    }
    try (Stream<Path> files = Files.list(temp)) {
      pinned.check(
          "recording files",
          files
              .map(file -> file.getFileName().toString().replaceAll("-.*\\.", "-START."))
              .toList());
    }
  }

  @Test
  void noKeyOfTheLastLineChanges() throws Exception {
    StopReport report;
    try (var run = new DryRun(Map.of())) {
      report = run.stop();
    }

    pinned.check(
        "ledger line",
        Stream.of(report.summary().split(" ", -1))
            .map(word -> word.replaceAll("=.*", "="))
            .toList());
  }

  private static List<String> cat(Optional<Filter> filter, List<Path> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var ignored = new ByteArrayOutputStream();
    try (var out = new PrintStream(bytes, false, UTF_8);
        var err = new PrintStream(ignored, false, UTF_8)) {
      assertThat(
              new Cat(out, err, false, filter).show(files.stream().map(PlaybackInput::of).toList()))
          .isTrue();
    }
    return bytes.toString(UTF_8).lines().toList();
  }
}
