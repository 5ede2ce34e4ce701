// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.codec.container.BlockReader;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.StreamBytes;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Event.BlockReceived;
import dcos.metrics.collector.event.Event.HeaderSeen;
import dcos.metrics.collector.event.Event.MessageMade;
import dcos.metrics.collector.event.Event.MessageSettled;
import dcos.metrics.collector.event.Event.RecordsSorted;
import dcos.metrics.collector.event.Event.Snapshot;
import dcos.metrics.collector.event.Event.SourceClosed;
import dcos.metrics.collector.event.Event.SourceOpened;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.recording.ReleasedRecording;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.file.CodecFactory;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events of a stream, from its first byte to the outcomes of its records. */
@Timeout(60)
class PipelineEventsTest {
  private static final Map<String, String> DRY =
      Map.of(
          "KAFKA", "false",
          "AGENT_POLLING", "false",
          "LISTEN_ENDPOINT", "127.0.0.1:0");

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<Pipeline> pipelines = new ArrayList<>();

  @AfterEach
  void stopsAndGivesAllMemoryBack() {
    for (Pipeline pipeline : pipelines) {
      pipeline.stop(Duration.ofSeconds(10));
      assertThat(pipeline.selfMetrics().budgets())
          .extracting(SelfMetricSnapshot.BudgetUse::name, SelfMetricSnapshot.BudgetUse::usedBytes)
          .contains(tuple("records", 0L), tuple("pieces", 0L));
    }
  }

  @Test
  void reportsAStreamFromItsHeaderToItsEnd() throws Exception {
    Pipeline pipeline = started(Map.of());
    byte[] sent = Streams.container(Records.many("web", 10, 2), CodecFactory.deflateCodec(6), 4);

    send(pipeline, sent);
    Await.until("the end", () -> !of(SourceClosed.class).isEmpty());
    pipeline.stop(Duration.ofSeconds(10));

    assertThat(events.getFirst()).isInstanceOf(Snapshot.class);
    SourceOpened opened = of(SourceOpened.class).getFirst();
    assertThat(opened.name()).startsWith("tcp 127.0.0.1:");
    HeaderSeen header = of(HeaderSeen.class).getFirst();
    assertThat(header.codec()).isEqualTo("deflate");
    assertThat(streamBytes()).isEqualTo(sent);
    assertThat(of(BlockReceived.class)).extracting(BlockReceived::records).containsExactly(4, 4, 2);
    assertThat(of(RecordsSorted.class))
        .flatExtracting(RecordsSorted::runs)
        .extracting(Event.Run::topic, Event.Run::outcome, Event.Run::records)
        .containsExactly(
            tuple("metrics-web", Optional.empty(), 4),
            tuple("metrics-web", Optional.empty(), 4),
            tuple("metrics-web", Optional.empty(), 2));
    MessageMade message = of(MessageMade.class).getFirst();
    assertThat(message.records()).isEqualTo(10);
    assertThat(message.ranges())
        .containsExactly(
            new RecordRange(1, 0, 4), new RecordRange(2, 0, 4), new RecordRange(3, 0, 2));
    assertThat(of(MessageSettled.class))
        .extracting(MessageSettled::message, MessageSettled::records, MessageSettled::outcome)
        .containsExactly(tuple(message.message(), 10, new Outcome.DryRun()));
    SourceClosed closed = of(SourceClosed.class).getFirst();
    assertThat(closed.cause()).isEmpty();
    assertThat(closed.offset()).isEqualTo(sent.length);
    assertThat(closed.records()).isEqualTo(10);
  }

  @Test
  void reportsEveryContainerOfAStream() throws Exception {
    Pipeline pipeline = started(Map.of());
    var sent = new ByteArrayOutputStream();
    for (CodecFactory codec : Streams.CODECS) {
      sent.write(Streams.container(Records.many("web", 10, 2), codec, 4));
    }

    send(pipeline, sent.toByteArray());
    Await.until("the end", () -> !of(SourceClosed.class).isEmpty());

    assertThat(of(SourceOpened.class)).hasSize(1);
    assertThat(of(HeaderSeen.class))
        .extracting(HeaderSeen::codec)
        .containsExactlyElementsOf(Streams.CODECS.stream().map(PipelineEventsTest::name).toList());
    assertThat(of(BlockReceived.class)).hasSize(3 * Streams.CODECS.size());
    assertThat(streamBytes()).isEqualTo(sent.toByteArray());
    SourceClosed closed = of(SourceClosed.class).getFirst();
    assertThat(closed.cause()).isEmpty();
    assertThat(closed.offset()).isEqualTo(sent.size());
    assertThat(closed.records()).isEqualTo(10L * Streams.CODECS.size());
  }

  @Test
  void reportsWhereAContainerOfAnotherKindBegins() throws Exception {
    Pipeline pipeline = started(Map.of());
    byte[] metrics = Streams.container(Records.many("web", 10, 2));
    var sent = new ByteArrayOutputStream();
    sent.write(metrics);
    sent.write(StreamBytes.header("\"string\"", "null"));

    send(pipeline, sent.toByteArray());
    Await.until("the end", () -> !of(SourceClosed.class).isEmpty());

    SourceClosed closed = of(SourceClosed.class).getFirst();
    assertThat(closed.cause()).startsWith("unsupported schema");
    assertThat(closed.offset()).isBetween((long) metrics.length, (long) sent.size());
    assertThat(closed.records()).isEqualTo(10);
  }

  @Test
  void reportsTheOpenContainerToALateListener() throws Exception {
    Pipeline pipeline = made(Map.of());
    pipeline.start();
    byte[] first = Streams.container(Records.many("web", 4, 2), CodecFactory.snappyCodec(), 4);
    byte[] second = Streams.container(Records.many("web", 4, 2), CodecFactory.deflateCodec(1), 4);
    try (Socket socket = connect(pipeline)) {
      socket.getOutputStream().write(first);
      socket.getOutputStream().write(second);
      Await.until("the records", () -> pipeline.ledger().total().records(LedgerTerm.RECEIVED) == 8);

      try (AutoCloseable _ = pipeline.listen(events::add)) {
        var snapshot = (Snapshot) events.getFirst();
        HeaderSeen header = snapshot.sources().get(1).header().orElseThrow();
        assertThat(header.codec()).isEqualTo("deflate");
        assertThat(second).startsWith(header.header());
      }
    }
  }

  @Test
  void reportsWhichRecordsOfAMixedBlockWentIntoWhichMessage() throws Exception {
    Pipeline pipeline = started(Map.of());
    var records =
        List.of(
            Records.of("a"), Records.of("b"), Records.of("a"), Records.of("a"), Records.of("b"));

    send(pipeline, Streams.container(records, CodecFactory.nullCodec(), 5));
    Await.until("the end", () -> !of(SourceClosed.class).isEmpty());
    pipeline.stop(Duration.ofSeconds(10));

    Map<String, List<RecordRange>> ranges = new TreeMap<>();
    of(MessageMade.class).forEach(made -> ranges.put(made.topic(), made.ranges()));
    assertThat(ranges)
        .containsExactly(
            Map.entry("metrics-a", List.of(new RecordRange(1, 0, 1), new RecordRange(1, 2, 2))),
            Map.entry("metrics-b", List.of(new RecordRange(1, 1, 1), new RecordRange(1, 4, 1))));
  }

  @Test
  void reportsWhyRecordsWereLeftOut() throws Exception {
    Pipeline pipeline =
        started(Map.of("INPUT_LIMIT_AMOUNT_KBYTES", "1", "INPUT_LIMIT_PERIOD", "3600"));
    var records = new ArrayList<>(Records.many("web", 100, 2));
    records.set(0, Records.of("x".repeat(300)));

    send(pipeline, Streams.container(records, CodecFactory.nullCodec(), 100));
    Await.until("the end", () -> !of(SourceClosed.class).isEmpty());

    List<Event.Run> runs = of(RecordsSorted.class).getFirst().runs();
    assertThat(runs)
        .extracting(Event.Run::topic, Event.Run::outcome)
        .containsExactly(
            tuple("", Optional.of(new Outcome.Rejected())),
            tuple("metrics-web", Optional.empty()),
            tuple("metrics-web", Optional.of(new Outcome.Throttled(Outcome.LimitScope.INPUT))));
    assertThat(runs.stream().mapToInt(Event.Run::records).sum()).isEqualTo(100);
  }

  @Test
  void reportsWhereAStreamBroke() throws Exception {
    Pipeline pipeline = started(Map.of());
    byte[] sent = Streams.container(Records.many("web", 8, 2), CodecFactory.nullCodec(), 4);
    byte[] broken = Arrays.copyOf(sent, sent.length - 3);

    send(pipeline, broken);
    Await.until("the end", () -> !of(SourceClosed.class).isEmpty());

    SourceClosed closed = of(SourceClosed.class).getFirst();
    assertThat(closed.cause()).isEqualTo("truncated sync marker: 13 of 16 bytes");
    assertThat(closed.offset()).isEqualTo(sent.length - 16);
    assertThat(closed.records()).isEqualTo(4);
  }

  @Test
  void beginsWithWhatIsOpenForWhoeverListensLate() throws Exception {
    Pipeline pipeline = made(Map.of());
    pipeline.start();
    byte[] sent = Streams.container(Records.many("web", 4, 2), CodecFactory.nullCodec(), 4);
    try (Socket socket = connect(pipeline)) {
      socket.getOutputStream().write(sent);
      Await.until("the records", () -> pipeline.ledger().total().records(LedgerTerm.RECEIVED) == 4);

      try (AutoCloseable _ = pipeline.listen(events::add)) {
        var snapshot = (Snapshot) events.getFirst();
        assertThat(snapshot.sources()).hasSize(2);
        assertThat(snapshot.sources().get(1).header().orElseThrow().writerSchema())
            .contains("MetricList");
        assertThat(snapshot.settings()).contains("KAFKA=false");
        assertThat(snapshot.ledger().total().records(LedgerTerm.RECEIVED)).isEqualTo(4);
        socket.getOutputStream().write(sent, sent.length - blockLength(sent), blockLength(sent));
        Await.until("a block", () -> !of(BlockReceived.class).isEmpty());
      }
    }

    assertThat(of(SourceOpened.class)).isEmpty();
    assertThat(of(SourceClosed.class)).isEmpty();
  }

  @Test
  void streamsWhatHappensOverHttpUntilTheClientGoes() throws Exception {
    Pipeline pipeline = made(Map.of("HTTP_ENDPOINT", "127.0.0.1:0"));
    pipeline.start();
    var uri = URI.create("http://127.0.0.1:" + pipeline.httpPort().orElseThrow() + "/events");

    try (InputStream body = uri.toURL().openStream();
        EventReader reader = EventReader.of(body)) {
      assertThat(reader.next()).isInstanceOf(Snapshot.class);
      send(pipeline, Streams.container(Records.many("web", 10, 2)));
      for (Event event = reader.next(); event != null; event = reader.next()) {
        events.add(event);
        if (event instanceof SourceClosed) {
          break;
        }
      }
    }

    assertThat(of(BlockReceived.class)).extracting(BlockReceived::records).containsExactly(10);
    assertThat(of(Event.Skipped.class)).isEmpty();
  }

  @Test
  void streamsItsSchemaWithTheEvents() throws Exception {
    Pipeline pipeline = made(Map.of("HTTP_ENDPOINT", "127.0.0.1:0"));
    pipeline.start();
    var uri = URI.create("http://127.0.0.1:" + pipeline.httpPort().orElseThrow() + "/events");

    try (InputStream body = uri.toURL().openStream();
        var reader = new BlockReader(body, 1 << 20, 1 << 20)) {
      assertThat(reader.schema()).isEqualTo(ReleasedRecording.currentSchema());
    }
  }

  private static String name(CodecFactory codec) {
    return codec.toString().replaceFirst("-.*|\\[.*", "");
  }

  private static int blockLength(byte[] container) throws Exception {
    try (var reader = reader(container)) {
      return container.length - reader.readHeader().lengthBytes();
    }
  }

  /** What a stream is put together of again: headers, counts, bodies, sync markers. */
  private byte[] streamBytes() throws Exception {
    var out = new ByteArrayOutputStream();
    byte[] header = {};
    for (Event event : events) {
      if (event instanceof HeaderSeen seen) {
        header = seen.header();
        out.write(header);
      } else if (event instanceof BlockReceived block) {
        assertThat(block.offset()).isEqualTo(out.size());
        out.write(StreamBytes.block(block.records(), block.stored(), header));
      }
    }
    return out.toByteArray();
  }

  private static ContainerReader reader(byte[] container) {
    return new ContainerReader(
        new ByteArrayInputStream(container), new ContainerLimits(1 << 16, 1 << 22));
  }

  private <T extends Event> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Tuple tuple(Object... values) {
    return Tuple.tuple(values);
  }

  private static void send(Pipeline pipeline, byte[] bytes) throws Exception {
    try (Socket socket = connect(pipeline)) {
      socket.getOutputStream().write(bytes);
    }
  }

  private static Socket connect(Pipeline pipeline) throws Exception {
    return new Socket(InetAddress.getLoopbackAddress(), pipeline.endpoint().port());
  }

  private Pipeline started(Map<String, String> more) throws Exception {
    Pipeline pipeline = made(more);
    var _ = pipeline.listen(events::add);
    pipeline.start();
    return pipeline;
  }

  private Pipeline made(Map<String, String> more) throws Exception {
    Map<String, String> environment = new TreeMap<>(DRY);
    environment.putAll(more);
    OptionValues values = OptionValues.of(Map.of(), environment);
    Pipeline pipeline =
        new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
    pipelines.add(pipeline);
    return pipeline;
  }
}
