// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.open;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.inspector.recording.store.BlockFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A collector's log with the records that came in, a line of JSON each. The log says nothing of
 * when: a record's first datapoint does.
 */
final class TextLogReader {
  private static final String MARK = "RECORD IN: ";
  private static final int BATCH = 256;
  private static final int CHECKED_LINES = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final FileLoader.IndexFeed feed;
  private final Map<String, Long> sources = new HashMap<>();
  private final List<MetricList> pending = new ArrayList<>();
  private String pendingSource = "";
  private long lastId;
  private long fileMs;

  TextLogReader(Path path, FileLoader.IndexFeed feed) {
    this.path = path;
    this.feed = feed;
  }

  /**
   * Looks for a line with a record.
   *
   * @throws IOException if there is none among the first
   */
  static void check(Path path) throws IOException {
    try (BufferedReader lines = reader(path)) {
      String line = lines.readLine();
      for (int i = 0; i < CHECKED_LINES && line != null; i++) {
        if (line.contains(MARK)) {
          return;
        }
        line = lines.readLine();
      }
    }
    throw new IOException(
        path + ": neither an Avro file nor a log with lines that begin with " + MARK.strip());
  }

  void read() throws IOException {
    fileMs = Files.getLastModifiedTime(path).toMillis();
    try (BufferedReader lines = reader(path)) {
      String line = lines.readLine();
      while (line != null && !feed.progress().stopped) {
        int mark = line.indexOf(MARK);
        if (mark >= 0) {
          take(line.substring(mark + MARK.length()));
        }
        feed.progress().readBytes.addAndGet(line.length() + 1L);
        line = lines.readLine();
      }
    }
    flush();
  }

  private void take(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      String source = node.path("source").asText(path.getFileName().toString());
      if (!source.equals(pendingSource) || pending.size() == BATCH) {
        flush();
        pendingSource = source;
      }
      pending.add(record(node));
    } catch (JsonProcessingException _) {
      feed.progress().skipped.incrementAndGet();
    }
  }

  private static MetricList record(JsonNode node) {
    List<Tag> tags = new ArrayList<>();
    node.path("tags")
        .forEach(tag -> tags.add(new Tag(tag.path("key").asText(), tag.path("value").asText())));
    List<Datapoint> datapoints = new ArrayList<>();
    node.path("datapoints")
        .forEach(
            point ->
                datapoints.add(
                    new Datapoint(
                        point.path("name").asText(),
                        point.path("time_ms").asLong(),
                        number(point.path("value")))));
    return new MetricList(node.path("topic").asText(), tags, datapoints);
  }

  /** NaN and the infinities stand there as text. */
  private static double number(JsonNode value) {
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> value.asDouble();
    };
  }

  private void flush() {
    if (pending.isEmpty()) {
      return;
    }
    byte[] bytes = MetricListCodec.encode(pending).bytes();
    List<Datapoint> points = pending.getFirst().getDatapoints();
    var at = new EventTime(points.isEmpty() ? fileMs : points.getFirst().getTimeMs(), 0);
    String name = pendingSource;
    Long known = sources.get(name);
    long source = known == null ? sources.size() + 1L : known;
    lastId++;
    var block = new Event.BlockReceived(at, lastId, source, -1, pending.size(), bytes);
    feed.enter(
        () -> {
          if (known == null) {
            sources.put(name, source);
            feed.recordingIndex().enter(new Event.SourceOpened(at, source, name));
          }
          keep(block);
        });
    pending.clear();
  }

  private void keep(Event.BlockReceived block) {
    try {
      BlockFile file = feed.recordingIndex().index().room(block.stored().length);
      if (file == null) {
        feed.recordingIndex().enterWithoutBytes(block, block.stored().length);
      } else {
        feed.recordingIndex().enter(block, file.append(block.stored()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the bytes of records can not be kept: " + e.getMessage(), e);
    }
  }

  private static BufferedReader reader(Path path) throws IOException {
    // What is no UTF-8 shows as U+FFFD, instead of ending it.
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8));
  }
}
