// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.playback.Cat;
import dcos.metrics.collector.playback.PlaybackInput;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.search.RecordScan;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rows that a filter finds.
 *
 * @param records by block and index, sorted; twice if one is found twice
 * @param messages by their numbers in the collector
 */
public record FoundRows(List<String> records, Set<Long> messages) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public boolean isEmpty() {
    return records.isEmpty() && messages.isEmpty();
  }

  /** What the search finds of a recording. */
  public static FoundRows of(Recording recording, Filter filter) throws Exception {
    List<String> records = new ArrayList<>();
    RecordScan walk = recording.walk(SearchQuery.of(filter));
    while (walk.nextBlock()) {
      while (walk.next()) {
        TracedRecord record = walk.record();
        records.add(record.block() + "/" + record.index());
      }
    }
    Set<Long> messages = new TreeSet<>();
    try (SearchResults findings = recording.find(SearchQuery.of(filter))) {
      Await.until("all is found", () -> findings.isCurrent() && findings.progress() >= 1);
      assertThat(findings.count()).isEqualTo(records.size());
      findings.deliveries(0, Integer.MAX_VALUE).stream()
          .map(CapturedDelivery::id)
          .forEach(messages::add);
    }
    records.sort(null);
    return new FoundRows(records, messages);
  }

  /** What {@code collector cat --filter} prints of files. */
  public static FoundRows printed(List<Path> files, Filter filter) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var printed = new PrintStream(out, false, UTF_8);
        var problems = new PrintStream(new ByteArrayOutputStream(), false, UTF_8)) {
      assertThat(
              new Cat(printed, problems, false, Optional.of(filter))
                  .show(files.stream().map(PlaybackInput::of).toList()))
          .isTrue();
    }
    List<String> records = new ArrayList<>();
    Set<Long> messages = new TreeSet<>();
    for (String line : out.toString(UTF_8).lines().toList()) {
      JsonNode json = JSON.readTree(line);
      if (json.get("event").asText().equals("record")) {
        records.add(json.get("block").asLong() + "/" + json.get("index").asInt());
      } else {
        messages.add(json.get("message").asLong());
      }
    }
    records.sort(null);
    return new FoundRows(records, messages);
  }
}
