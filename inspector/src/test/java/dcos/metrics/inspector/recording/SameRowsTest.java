// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.testing.FoundRows;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.recording.ReleasedRecording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    for (List<Path> files : RECORDINGS) {
      Recording recording = Recording.open(files, RecordingLimits.DEFAULT, folder);
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

      FoundRows expected = FoundRows.of(recordings.get(i), filter);

      FoundRows printed = FoundRows.printed(RECORDINGS.get(i), filter);
      assertThat(printed.records()).as(where).isEqualTo(expected.records());
      assertThat(printed.messages()).as(where).isEqualTo(expected.messages());
    }
  }

  @Test
  void areFoundByMostOfTheFilters() throws Exception {
    List<String> finding = new ArrayList<>();
    for (String text : FILTERS) {
      for (Recording recording : recordings) {
        if (!finding.contains(text) && !FoundRows.of(recording, Filter.parse(text)).isEmpty()) {
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
}
