// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.recording.SampleEvents;
import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.broker.LocalBroker;
import dcos.metrics.testkit.standin.StandInAgent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Makes the recordings of a release for {@code schema/recordings}, once, before it is published:
 * the packaged program runs with a real broker and a stand-in agent and records deliveries,
 * rejections, an outage, broken streams and exceeded limits. One more file holds every event and
 * every symbol, including those that the runs do not produce. Beside each recording is the output
 * of this release's {@code collector cat}.
 */
final class FixtureRun {
  private static final String OTHER_SCHEMA =
      """
      {"type": "record", "name": "MetricList", "namespace": "dcos.metrics", "fields": [
        {"name": "host", "type": "string"},
        {"name": "topic", "type": "string"},
        {"name": "tags", "type": {"type": "array", "items": {
          "type": "record", "name": "Tag", "fields": [
            {"name": "key", "type": "string"}, {"name": "value", "type": "string"}]}}},
        {"name": "datapoints", "type": {"type": "array", "items": {
          "type": "record", "name": "Datapoint", "fields": [
            {"name": "name", "type": "string"}, {"name": "time_ms", "type": "long"},
            {"name": "value", "type": "float"}]}}}]}
      """;

  private final Path to;

  private FixtureRun(Path to) {
    this.to = to;
  }

  /** Takes the folder to create. Runs in the collector's module, after its package phase. */
  public static void main(String[] args) throws Exception {
    PrintStream err = System.err;
    // The broker's own log is of no interest.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      new FixtureRun(Files.createDirectory(Path.of(args[0]).toAbsolutePath())).run();
    } finally {
      System.setErr(err);
    }
    System.exit(0); // the broker's threads do not end by themselves
  }

  private void run() throws Exception {
    recordOutcomes();
    recordLimits();
    recordEveryEvent();
    Files.copy(Path.of("..", "schema", "recording.avsc"), to.resolve("recording.avsc"));
    for (Path file : files(to, "")) {
      String name = file.getFileName().toString().replace(".avro", "");
      try (var json = new GZIPOutputStream(Files.newOutputStream(to.resolve(name + ".json.gz")))) {
        json.write(lines(cat(file)));
      }
      Files.write(to.resolve(name + ".stats"), lines(cat(file, "--stats")));
    }
  }

  /** Kafka, the agent, broken streams, an outage, and a stop while Kafka is away. */
  private void recordOutcomes() throws Exception {
    var properties =
        Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found", "true",
            "super.users", "User:nobody",
            "message.max.bytes", "20000");
    Path folder = Files.createTempDirectory("fixtures");
    int httpPort = freePort();
    try (var broker = LocalBroker.started(properties);
        var agent = StandInAgent.started();
        var collector =
            recording(folder)
                .environment("KAFKA_BROKERS", broker.bootstrap())
                .environment("KAFKA_COMPRESS_SNAPPY", "false")
                .environment("KAFKA_FLUSH_MS", "0")
                .environment("KAFKA_PRODUCE_COUNT", "20")
                .environment("KAFKA_PRODUCE_KBYTES", "64")
                .environment("KAFKA_PRODUCE_PERIOD_MS", "500")
                .environment("MEMORY_LIMIT_KBYTES", "256")
                .environment("MAX_BLOCK_KBYTES", "64")
                .environment("AGENT_IP_COMMAND", "/bin/echo 127.0.0.1")
                .environment("AGENT_PORT", Integer.toString(agent.port()))
                .environment("SHUTDOWN_TIMEOUT", "2")
                .environment("HTTP_ENDPOINT", "127.0.0.1:" + httpPort)
                .arguments("--kafka-topic-prefix=")
                .start()) {
      prepareTopics(broker);
      int port = collector.port();
      var events = new ByteArrayOutputStream();
      Thread copying = copyEvents(httpPort, events);
      Await.until("the header of the event stream", () -> events.size() > 0);

      for (CodecFactory codec : Streams.CODECS) {
        send(port, Streams.container(Records.many("web", 30, 5), codec, 10));
      }
      send(port, otherSchema(5));
      send(port, Streams.container(Records.many("large", 2, 1_000), CodecFactory.nullCodec(), 1));
      send(port, Streams.container(Records.many("split", 4, 300), CodecFactory.nullCodec(), 2));
      send(port, Streams.container(Records.many("secret", 3, 2)));
      send(port, Streams.container(Records.many("compacted", 3, 2)));
      send(port, Streams.container(Records.many("__consumer_offsets", 3, 2)));
      send(port, Streams.container(Records.many("", 3, 2)));
      byte[] broken = Streams.container(Records.many("broken", 4, 2), CodecFactory.nullCodec(), 2);
      broken[broken.length - 1] ^= 1;
      send(port, broken);
      byte[] cut = Streams.container(Records.many("cut", 4, 2), CodecFactory.nullCodec(), 2);
      send(port, Arrays.copyOf(cut, cut.length - 20));
      awaitSettled(httpPort);

      broker.stop();
      send(port, Streams.container(Records.many("during", 10, 5)));
      collector.awaitLine("Kafka takes no messages");
      var flood = new Thread(() -> flood(port), "flood");
      flood.start();
      Await.until(
          "a hundred held records",
          () -> ledger(httpPort).at("/total/held/records").asLong() > 100);
      broker.start();
      flood.join();
      collector.awaitLine("Kafka takes messages again");
      awaitSettled(httpPort);

      broker.stop();
      send(port, Streams.container(Records.many("late", 3, 2)));
      collector.terminate();
      copying.join();
      Files.write(to.resolve("events.avro"), events.toByteArray());
      move(folder, "outcomes");
    }
  }

  /** A dry run over its limits. */
  private void recordLimits() throws Exception {
    Path folder = Files.createTempDirectory("fixtures");
    int httpPort = freePort();
    try (var collector =
        recording(folder)
            .environment("KAFKA", "false")
            .environment("AGENT_POLLING", "false")
            .environment("INPUT_LIMIT_AMOUNT_KBYTES", "16")
            .environment("GLOBAL_LIMIT_AMOUNT_KBYTES", "16")
            .environment("GLOBAL_LIMIT_PERIOD", "3600")
            .environment("KAFKA_PRODUCE_COUNT", "20")
            .environment("HTTP_ENDPOINT", "127.0.0.1:" + httpPort)
            .start()) {
      int port = collector.port();
      for (String topic : List.of("web", "db")) {
        send(port, Streams.container(Records.many(topic, 100, 8), CodecFactory.nullCodec(), 10));
      }
      Await.until(
          "records of both senders",
          () -> ledger(httpPort).at("/total/received/records").asLong() == 200);
      collector.terminate();
    }
    move(folder, "limits");
  }

  private void recordEveryEvent() throws IOException {
    try (var out = new EventWriter(Files.newOutputStream(to.resolve("every-event.avro")))) {
      for (Event event : SampleEvents.everySymbol()) {
        out.write(event);
      }
    }
  }

  private static List<String> cat(Path file, String... options) throws Exception {
    try (var cat =
        CollectorProcess.launcher(CollectorProcess.folder().resolve("bin/collector"))
            .arguments("cat")
            .arguments(options)
            .arguments(file.toString())
            .start()) {
      if (cat.awaitExit() != 0) {
        throw new IllegalStateException(String.join("\n", cat.lines()));
      }
      return cat.output();
    }
  }

  private static byte[] lines(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static CollectorProcess.Builder recording(Path folder) {
    return CollectorProcess.packaged()
        .environment("RECORD_DIR", "recordings")
        .environment("RECORD_INPUT_LOG", "true")
        .environment("RECORD_OUTPUT_LOG", "true")
        .directory(folder);
  }

  private static void prepareTopics(LocalBroker broker) throws Exception {
    broker.createTopic(new NewTopic("secret", 1, (short) 1));
    broker.createTopic(new NewTopic("__consumer_offsets", 1, (short) 1));
    broker.createTopic(
        new NewTopic("compacted", 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
    var acl =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, "secret", PatternType.LITERAL),
            new AccessControlEntry(
                "User:somebody-else", "*", AclOperation.ALL, AclPermissionType.ALLOW));
    try (var admin = broker.admin()) {
      admin.createAcls(List.of(acl)).all().get();
    }
  }

  private static Thread copyEvents(int httpPort, OutputStream to) {
    var thread =
        new Thread(
            () -> {
              try (InputStream in =
                  URI.create("http://127.0.0.1:" + httpPort + "/events").toURL().openStream()) {
                in.transferTo(to);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "events");
    thread.start();
    return thread;
  }

  /** More than the memory limit, over connections that wait until there is room. */
  private static void flood(int port) {
    try {
      for (int i = 0; i < 12; i++) {
        send(
            port,
            Streams.container(
                Records.many("during-" + i % 3, 40, 40), CodecFactory.nullCodec(), 10));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] otherSchema(int records) throws IOException {
    Schema schema = new Schema.Parser().parse(OTHER_SCHEMA);
    Schema datapoint = schema.getField("datapoints").schema().getElementType();
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, bytes);
      for (int i = 0; i < records; i++) {
        var point = new GenericData.Record(datapoint);
        point.put("name", "other");
        point.put("time_ms", 1_700_000_000_000L + i);
        point.put("value", 0.5f);
        var record = new GenericData.Record(schema);
        record.put("host", "a2");
        record.put("topic", "other");
        record.put("tags", List.of());
        record.put("datapoints", List.of(point));
        writer.append(record);
      }
    }
    return bytes.toByteArray();
  }

  private static void send(int port, byte[] container) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(container);
    }
  }

  private static void awaitSettled(int httpPort) {
    Await.until(
        "no held records",
        () -> {
          JsonNode total = ledger(httpPort).path("total");
          return total.at("/received/records").asLong() > 0
              && total.at("/held/records").asLong(-1) == 0;
        });
  }

  private static JsonNode ledger(int httpPort) {
    try (InputStream in =
        URI.create("http://127.0.0.1:" + httpPort + "/ledger").toURL().openStream()) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void move(Path folder, String name) throws IOException {
    for (String track : List.of("input", "output")) {
      List<Path> files = files(folder.resolve("recordings"), track);
      if (files.size() != 1) {
        throw new IllegalStateException(track + ": " + files);
      }
      Files.move(files.getFirst(), to.resolve(name + "-" + track + ".avro"));
    }
  }

  private static List<Path> files(Path folder, String prefix) throws IOException {
    Map<String, Path> named = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.forEach(file -> named.put(file.getFileName().toString(), file));
    }
    List<Path> found = new ArrayList<>();
    named.forEach(
        (name, file) -> {
          if (name.startsWith(prefix) && name.endsWith(".avro")) {
            found.add(file);
          }
        });
    return found;
  }
}
