// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.export.ExportTask.ExportResult;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recording of what was made up, a little of everything, and what is exported of it. */
@Timeout(60)
abstract class MadeRecording {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long START_MS = 1_700_000_000_000L;
  static final int BLOCKS = 40;
  private static final String[] TEXTS = {
    "web",
    "a b",
    "say \"hi\"",
    "two\r\nlines",
    "Größe",
    "=1+1",
    "-5",
    "@x",
    "",
    "a,b",
    "k=v",
    "日本",
    "\\"
  };

  @TempDir Path temp;
  private final Random random = new Random(11);
  final List<Event> events = new ArrayList<>();
  final List<MetricList> sent = new ArrayList<>();
  private final List<Recording> open = new ArrayList<>();
  private long ms = START_MS;

  @AfterEach
  void close() {
    open.forEach(Recording::close);
  }

  void happen() {
    EventTime start = now();
    String schema = MetricList.getClassSchema().toString();
    events.add(new Event.SourceOpened(start, 1, "tcp \"one\""));
    events.add(new Event.HeaderSeen(start, 1, "null", schema, false, new byte[0]));
    for (int block = 0; block < BLOCKS; block++) {
      List<MetricList> records = new ArrayList<>();
      for (int i = random.nextInt(3, 30); i > 0; i--) {
        records.add(record());
      }
      sent.addAll(records);
      byte[] bytes = MetricListCodec.encode(records).bytes();
      events.add(new Event.BlockReceived(now(), block, 1, 100L + block, records.size(), bytes));
      int most = records.size() - 2;
      events.add(
          new Event.RecordsSorted(
              now(),
              block,
              List.of(
                  new Event.Run(
                      "metrics-x", Optional.of(new Outcome.Throttled(Outcome.LimitScope.INPUT)), 1),
                  new Event.Run("metrics-x", Optional.empty(), most),
                  new Event.Run("", Optional.of(new Outcome.Rejected()), 1))));
      List<RecordRange> ranges = List.of(new RecordRange(block, 1, most));
      events.add(
          new Event.MessageMade(
              now(), block, "metrics-x", most, 12_345_678_901L, FlushTrigger.COUNT, ranges));
      Outcome outcome =
          block % 2 == 0
              ? new Outcome.DryRun()
              : new Outcome.Delivered(new Receipt(3, Long.parseLong("100" + block)));
      events.add(new Event.MessageSettled(now(), block, most, List.of(), outcome));
    }
  }

  private MetricList record() {
    List<Tag> tags = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(new Tag(text(), text()));
    }
    List<Datapoint> datapoints = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      double value = i == 3 ? Double.NaN : random.nextGaussian();
      datapoints.add(new Datapoint(text(), random.nextLong(), value));
    }
    return new MetricList(text(), tags, datapoints);
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private EventTime now() {
    ms++;
    return new EventTime(ms, ms * 1_000_000);
  }

  Recording recorded() throws Exception {
    return recorded(RecordingLimits.DEFAULT);
  }

  Recording recorded(RecordingLimits limits) throws Exception {
    var recording = new Recording(limits, temp);
    open.add(recording);
    recording.start();
    for (Event event : events) {
      recording.put(event);
    }
    settle(recording);
    return recording;
  }

  Recording opened(Path file) throws IOException {
    Recording recording = Recording.open(List.of(file), RecordingLimits.DEFAULT, temp);
    open.add(recording);
    recording.start();
    settle(recording);
    return recording;
  }

  private static void settle(Recording recording) {
    Await.until("everything is taken in", recording::isSettled);
  }

  static ExportResult export(Recording recording, View view, Filter filter, Path file)
      throws Exception {
    var ended = new CompletableFuture<ExportResult>();
    try (var export =
        new ExportTask(
            recording,
            new ExportTask.ExportContent.Rows(view, SearchQuery.of(filter)),
            file,
            listener(ended::complete))) {
      export.start();
      ExportResult ending = ended.get(30, TimeUnit.SECONDS);
      assertThat(file.resolveSibling(file.getFileName() + ".part")).doesNotExist();
      return ending;
    }
  }

  static ExportTask.ExportListener listener(Consumer<ExportResult> onEnd) {
    return new ExportTask.ExportListener() {
      @Override
      public void progressed(double share, long rows) {}

      @Override
      public void ended(ExportResult ending) {
        onEnd.accept(ending);
      }
    };
  }

  static List<List<String>> csv(Path file) throws IOException {
    return CsvText.read(Files.readString(file));
  }

  static List<JsonNode> json(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static List<JsonNode> parse(String text) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }
}
