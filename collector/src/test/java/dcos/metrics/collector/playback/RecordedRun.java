// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.io.TempDir;

/** A recorded run, for tests of cat and replay. */
abstract class RecordedRun {
  static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;
  final List<byte[]> sent = new ArrayList<>();

  static byte[] concatenated(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static Replay replay(ReceivedStreams streams, double speed) {
    return new Replay(streams.endpoint(), speed, _ -> {});
  }

  /**
   * Four connections: 61 records of three topics, one of which is none. The third sends five
   * containers, three of which are without blocks, as the one of the fourth.
   */
  LedgerSnapshot record(Map<String, String> more) throws Exception {
    Map<String, String> environment = new TreeMap<>(more);
    environment.putAll(
        Map.of(
            "KAFKA", "false",
            "AGENT_POLLING", "false",
            "LISTEN_ENDPOINT", "127.0.0.1:0",
            "RECORD_DIR", temp.resolve("recordings").toString(),
            "RECORD_INPUT_LOG", "true",
            "RECORD_OUTPUT_LOG", "true"));
    OptionValues values = OptionValues.of(Map.of(), environment);
    var pipeline =
        new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
    pipeline.start();
    var mixed = new ArrayList<>(Records.many("db", 20, 2));
    mixed.add(Records.of("x".repeat(300)));
    sent.add(Streams.container(mixed, CodecFactory.deflateCodec(6), 7));
    sent.add(Streams.container(Records.many("web", 30, 2), CodecFactory.nullCodec(), 4));
    byte[] withoutBlocks = Streams.container(List.of(), CodecFactory.nullCodec(), 1);
    sent.add(
        concatenated(
            withoutBlocks,
            Streams.container(Records.many("web", 6, 2), CodecFactory.zstandardCodec(1), 3),
            Streams.container(List.of(), CodecFactory.deflateCodec(1), 1),
            Streams.container(Records.many("web", 4, 2), CodecFactory.snappyCodec(), 4),
            withoutBlocks));
    sent.add(withoutBlocks);
    var closed = new AtomicInteger();
    AutoCloseable closes =
        pipeline.listen(
            event -> {
              if (event instanceof Event.SourceClosed) {
                closed.incrementAndGet();
              }
            });
    for (byte[] container : sent) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), pipeline.endpoint().port())) {
        socket.getOutputStream().write(container);
      }
    }
    Await.until("the ends of all connections", () -> closed.get() == sent.size());
    closes.close();
    assertThat(pipeline.ledger().total().records("received")).isEqualTo(61);
    pipeline.stop(Duration.ofSeconds(10));
    return pipeline.ledger();
  }

  List<String> cat(boolean stats, Optional<Filter> filter) throws Exception {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    List<Path> both = new ArrayList<>(files("input"));
    both.addAll(files("output"));
    assertThat(show(both, out, err, stats, filter)).isTrue();
    assertThat(err.toString(UTF_8)).isEmpty();
    return out.toString(UTF_8)
        .lines()
        .map(line -> stats ? line.strip().replaceAll(" {2,}", " ") : line)
        .toList();
  }

  static boolean show(
      List<Path> files,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err,
      boolean stats,
      Optional<Filter> filter)
      throws IOException {
    try (var printed = new PrintStream(out, false, UTF_8);
        var problems = new PrintStream(err, true, UTF_8)) {
      return new Cat(printed, problems, stats, filter)
          .show(files.stream().map(PlaybackInput::of).toList());
    }
  }

  List<Path> files(String track) throws IOException {
    try (Stream<Path> all = Files.list(temp.resolve("recordings"))) {
      return all.filter(file -> file.getFileName().toString().startsWith(track)).sorted().toList();
    }
  }

  static String row(String name, Long... selfMetrics) {
    var text = new StringBuilder(name);
    for (long selfMetric : selfMetrics) {
      text.append(' ').append(selfMetric);
    }
    return text.toString();
  }

  static List<JsonNode> json(List<String> lines) throws IOException {
    List<JsonNode> read = new ArrayList<>();
    for (String line : lines) {
      read.add(JSON.readTree(line));
    }
    return read;
  }

  static List<JsonNode> of(List<JsonNode> lines, String event) {
    return lines.stream().filter(l -> event.equals(l.path("event").asText())).toList();
  }
}
