// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.playback.Cat;
import dcos.metrics.collector.playback.PlaybackInput;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.TracedRecord;
import dcos.metrics.inspector.model.find.Findings;
import dcos.metrics.inspector.model.find.Query;
import dcos.metrics.inspector.model.find.RecordWalk;
import dcos.metrics.inspector.testing.Await;
import dcos.metrics.testkit.ReleasedRecording;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each filter finds the same records and messages with {@code collector cat} and here. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  // Every outcome of a run on a real broker, the limits, and what a client of /events received.
  private static final List<List<Path>> RECORDINGS =
      List.of(
          files("outcomes-input", "outcomes-output"),
          files("limits-input", "limits-output"),
          files("outcomes-output"),
          files("events"));

  private static final List<String> FILTERS =
      List.of(
          "web",
          "topic:web",
          "topic=web",
          "-topic:web",
          "topic=metrics-web",
          "topic:secret or topic:compacted",
          "source:tcp",
          "source:127.0.0.1",
          "-source:tcp",
          "name:figure",
          "-name:figure.0",
          "name:other value=0.5",
          "value>1",
          "value<=2.01 topic:db",
          "tag:a1",
          "tag.host=a1",
          "-tag.host=a1",
          "tag.agent_id:*",
          "a2",
          "outcome:delivered",
          "outcome=delivered",
          "-outcome:delivered",
          "outcome:undeliverable",
          "outcome:failed",
          "outcome=\"undeliverable(too-large)\"",
          "outcome=\"undeliverable: too large\"",
          "outcome:\"not authorized\"",
          "outcome:shutdown",
          "outcome:throttled",
          "outcome:rejected",
          "outcome=\"rejected: topic\"",
          "outcome:held",
          "outcome:\"in a batch\"",
          "outcome:\"in a message\"",
          "outcome:dry-run",
          "outcome:unknown",
          "verdict:accepted",
          "verdict:throttled",
          "-verdict:accepted",
          "state:delivered",
          "state:undeliverable or state:sending",
          "state:queued",
          "state:partly",
          "message=1",
          "message>2 message<6",
          "records>10",
          "records=1 -outcome:delivered",
          "bytes>200",
          "bytes<100000 topic:web",
          "trigger:count",
          "trigger:period or trigger:size",
          "-trigger:shutdown",
          "partition=0",
          "offset<3",
          "offset>=1 partition=0",
          "time>2020-01-01T00:00:00Z",
          "time<2020-01-01T00:00:00Z",
          "ms>=0",
          "ms<20",
          "-ms>5",
          "topic:web outcome:delivered value>0",
          "(topic:web or topic:db) -outcome:delivered",
          "-(topic:web outcome:delivered)");

  private final List<Recording> recordings = new ArrayList<>();

  /** What was found: records by block and index, messages by their numbers. */
  private record Rows(Set<String> records, Set<Long> messages) {
    boolean isEmpty() {
      return records.isEmpty() && messages.isEmpty();
    }
  }

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    for (List<Path> files : RECORDINGS) {
      Recording recording = Recording.open(files, Limits.DEFAULT, folder);
      recording.start();
      recordings.add(recording);
      Await.until("the files", () -> recording.loading().done());
    }
  }

  @AfterAll
  void close() {
    recordings.forEach(Recording::close);
  }

  static List<String> filters() {
    return FILTERS;
  }

  @ParameterizedTest
  @MethodSource("filters")
  void areTheSame(String text) throws Exception {
    Filter filter = Filter.parse(text);
    for (int i = 0; i < recordings.size(); i++) {
      String where = text + " in " + RECORDINGS.get(i);

      Rows expected = found(recordings.get(i), filter);

      Rows printed = printed(RECORDINGS.get(i), filter);
      assertThat(printed.records()).as(where).isEqualTo(expected.records());
      assertThat(printed.messages()).as(where).isEqualTo(expected.messages());
    }
  }

  @Test
  void areFoundByMostOfTheFilters() throws Exception {
    List<String> finding = new ArrayList<>();
    for (String text : FILTERS) {
      for (Recording recording : recordings) {
        if (!finding.contains(text) && !found(recording, Filter.parse(text)).isEmpty()) {
          finding.add(text);
        }
      }
    }

    assertThat(finding).hasSizeGreaterThan(50);
  }

  private static List<Path> files(String... names) {
    return List.of(names).stream()
        .map(name -> new ReleasedRecording("0.1.0", name).file())
        .toList();
  }

  private static Rows found(Recording recording, Filter filter) throws Exception {
    Set<String> records = new TreeSet<>();
    RecordWalk walk = recording.walk(Query.of(filter));
    while (walk.nextBlock()) {
      while (walk.next()) {
        TracedRecord record = walk.record();
        records.add(record.block() + "/" + record.index());
      }
    }
    Set<Long> messages = new TreeSet<>();
    try (Findings findings = recording.find(Query.of(filter))) {
      Await.until("all is found", () -> findings.isCurrent() && findings.progress() >= 1);
      assertThat(findings.count()).isEqualTo(records.size());
      findings.deliveries(0, Integer.MAX_VALUE).stream()
          .map(CapturedDelivery::id)
          .forEach(messages::add);
    }
    return new Rows(records, messages);
  }

  private static Rows printed(List<Path> files, Filter filter) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var printed = new PrintStream(out, false, UTF_8);
        var problems = new PrintStream(new ByteArrayOutputStream(), false, UTF_8)) {
      assertThat(
              new Cat(printed, problems, false, Optional.of(filter))
                  .show(files.stream().map(PlaybackInput::of).toList()))
          .isTrue();
    }
    Set<String> records = new TreeSet<>();
    Set<Long> messages = new TreeSet<>();
    for (String line : out.toString(UTF_8).lines().toList()) {
      JsonNode json = JSON.readTree(line);
      if (json.get("event").asText().equals("record")) {
        records.add(json.get("block").asLong() + "/" + json.get("index").asInt());
      } else {
        messages.add(json.get("message").asLong());
      }
    }
    return new Rows(records, messages);
  }
}
