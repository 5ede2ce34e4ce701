// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dcos.metrics.MetricList;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.ledger.Term;
import dcos.metrics.collector.message.Outcome;
import dcos.metrics.collector.message.Outcome.Reason;
import dcos.metrics.collector.tags.AgentState;
import dcos.metrics.inspector.model.Limits;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.testing.Await;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.Detail.Subject;
import dcos.metrics.inspector.viewmodel.WindowModel.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the detail says, and where it leads to. */
@SuppressWarnings("NullAway.Init") // by open
class DetailsTest {
  private static final String SOURCE = "tcp 127.0.0.1:1";

  private final Happened happened = new Happened();
  private final List<String> led = new ArrayList<>();
  private final Leads leads =
      new Leads() {
        @Override
        public void toRecord(long number) {
          led.add("record " + number);
        }

        @Override
        public void toDelivery(long number) {
          led.add("delivery " + number);
        }

        @Override
        public void toDetail(Subject subject) {
          led.add(subject.toString());
        }

        @Override
        public void toFound(String filter, View view) {
          led.add(view + " " + filter);
        }
      };
  private Recording recording;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    recording = new Recording("test", Limits.DEFAULT, folder);
    recording.start();
  }

  @AfterEach
  void close() {
    recording.close();
  }

  @Test
  void saysWhereADeliveredRecordWent() {
    take(block(2), happened.sorted(1, Happened.accepted("web", 2)));
    happened.pass(39);
    take(happened.made(11, "web", new Part(1, 0, 2)));
    happened.pass(11);
    take(happened.settled(11, 2, new Outcome.Delivered(3, 99)));

    Node went = at(record(1).root(), "where it went");

    assertThat(lines(went))
        .containsExactly(
            "where it went delivered to metrics-web 3@99",
            "verdict accepted",
            "Kafka topic metrics-web",
            "message #0  (message=11)",
            "partition@offset 3@99",
            "in the batch for 41 ms",
            "acknowledged after 12 ms");
    follow(at(went, "message"));
    assertThat(led).containsExactly("delivery 0");
  }

  @Test
  void namesTheLimitThatAThrottledRecordWentOver() {
    take(
        snapshot("INPUT_LIMIT_AMOUNT_KBYTES=20480", "INPUT_LIMIT_PERIOD=60"),
        block(2),
        happened.sorted(1, Happened.accepted("web", 1), Happened.throttled("web", 1)));

    Node went = at(record(1).root(), "where it went");

    assertThat(lines(went))
        .startsWith(
            "where it went throttled: input limit",
            "verdict throttled",
            "why its connection sent more than the limit",
            "limit input-limit-amount-kbytes 20480 every 60 s");
  }

  @Test
  void namesTheSettingWhereItsValueIsNotKnown() {
    take(
        block(1),
        happened.sorted(1, Happened.accepted("web", 1)),
        happened.made(11, "web", new Part(1, 0, 1)),
        happened.settled(11, 1, new Outcome.Throttled()));

    assertThat(lines(record(0).root()))
        .contains(
            "where it went throttled: global limit",
            "why more was to leave than the limit",
            "limit global-limit-amount-kbytes");
    assertThat(lines(delivery(0).root()))
        .contains("state throttled: over the global limit", "limit global-limit-amount-kbytes");
  }

  @Test
  void saysWhyARecordWasRejectedOrFailed() {
    take(
        block(2),
        happened.sorted(1, Happened.rejected(1), Happened.accepted("web", 1)),
        happened.made(11, "web", new Part(1, 1, 1)),
        happened.settled(11, 1, new Outcome.Undeliverable(Reason.TOO_LARGE, "1 MB")));

    assertThat(lines(record(0).root()))
        .contains(
            "where it went rejected: topic",
            "why its topic can not be made a legal name of a Kafka topic");
    assertThat(lines(record(1).root())).contains("where it went failed", "why too large: 1 MB");
  }

  @Test
  void saysWhereARecordCameFrom() {
    take(happened.opened(1, SOURCE), happened.header(1), block(3));

    Detail detail = record(2);

    assertThat(lines(at(detail.root(), "where it came from")))
        .contains(
            "source " + SOURCE,
            "block at byte 100 of the stream",
            "record 3 in its block, counted from 1");
    assertThat(detail.root().children().getLast().name()).isEqualTo("MetricList");
    detail.links().getLast().run().run();
    assertThat(led).containsExactly(new Subject.OfSource(0).toString());
  }

  @Test
  void listsAMessagesRecordsBySourceAndBlock() {
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 3, 1)),
        happened.block(2, 1, Happened.records("web", 2, 1)),
        happened.sorted(1, Happened.accepted("web", 3)),
        happened.sorted(2, Happened.accepted("web", 2)),
        happened.made(11, "web", new Part(1, 1, 2), new Part(2, 0, 1)),
        happened.settled(11, 3, new Outcome.DryRun()));

    Detail detail = delivery(0);

    assertThat(lines(detail.root()))
        .contains(
            "message #0  (message=11)",
            "state dry run: it would have been sent",
            "topic metrics-web",
            "triggered by count: as many records as a message holds",
            "holds 3 records, 30 B before tags");
    Node records = at(detail.root(), "records");
    assertThat(lines(records))
        .containsExactly(
            "records 3 from one source",
            SOURCE + " 3 records",
            "block at byte 100 its records 2 to 3",
            "record #1",
            "record #2",
            "block at byte 200 its record 1",
            "record #3");
    assertThat(detail.bytes().content()).isEmpty();
    assertThat(detail.bytes().note()).isEqualTo(DeliveryDetails.NO_BYTES);
    follow(at(at(records, SOURCE), "block at byte 100").children().getLast());
    detail.links().forEach(link -> link.run().run());
    assertThat(led).containsExactly("record 2", "record 1", "RECORDS message=11");
  }

  @Test
  void listsNoMoreRecordsOfAMessageThanCanBeLookedAt() {
    take(
        block(300),
        happened.sorted(1, Happened.accepted("web", 300)),
        happened.made(11, "web", new Part(1, 0, 300)));

    List<String> lines = lines(at(delivery(0).root(), "records"));

    assertThat(lines)
        .hasSize(3 + DeliveryDetails.MOST_RECORDS + 1)
        .last()
        .isEqualTo("\u2026 100 more");
  }

  @Test
  void saysWhereAStreamBrokeWhatWasExpectedAndWhatWasFound() {
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        block(3),
        happened.closed(1, "corrupt sync marker", 4711));

    Detail detail = stream(0);

    assertThat(lines(at(detail.root(), "end")))
        .startsWith(
            "end broken at byte 4711: corrupt sync marker",
            "offset 4711  (0x1267)",
            "why corrupt sync marker",
            "expected the stream's sync marker",
            "found other bytes",
            "before it 3 records in 1 whole blocks");
    assertThat(lines(at(detail.root(), "records"))).contains("records 3", "received 3");
    detail.links().getFirst().run().run();
    assertThat(led).containsExactly("RECORDS source=\"" + SOURCE + "\"");
  }

  @Test
  void saysThatAStreamIsOpenOrEndedProperly() {
    take(happened.opened(1, SOURCE));
    assertThat(lines(stream(0).root())).contains("state open", "header not captured");

    take(happened.closed(1, "", 4711));
    assertThat(lines(stream(0).root())).contains("end ended properly after 4711 bytes");
  }

  @Test
  void marksAHeadersBytes() {
    byte[] header = "Obj\u0001\u0000________________".getBytes(StandardCharsets.US_ASCII);
    take(
        happened.opened(1, SOURCE),
        new Event.HeaderSeen(
            happened.now(), 1, "null", MetricList.getClassSchema().toString(), false, header));

    Detail detail = stream(0);

    assertThat(lines(at(detail.root(), "header")).getFirst())
        .isEqualTo("header codec null, our schema");
    assertThat(detail.bytes().content()).isEqualTo(header);
    assertThat(detail.bytes().at(5).map(Node::name)).hasValue("sync marker");
  }

  @Test
  void marksABlocksCountsItsBodyAndItsMarker() {
    byte[] header = new byte[21];
    Arrays.fill(header, 5, 21, (byte) 0x5a);
    Event.BlockReceived block = happened.block(1, 1, Happened.records("web", 2, 1));
    take(
        happened.opened(1, SOURCE),
        new Event.HeaderSeen(
            happened.now(), 1, "null", MetricList.getClassSchema().toString(), false, header),
        block);

    Node node = at(at(stream(0).root(), "blocks"), "block 1");
    Detail.Bytes bytes = node.own().orElseThrow().get();

    int length = block.stored().length;
    assertThat(node.value()).isEqualTo("at byte 100, 2 records, " + length + " B");
    assertThat(bytes.offset()).isEqualTo(100);
    assertThat(bytes.content()).startsWith(4, 0x9c, 1).endsWith(0x5a, 0x5a);
    assertThat(bytes.marks())
        .extracting(Node::name, Node::from, Node::to)
        .containsExactly(
            tuple("counts", 0, 3),
            tuple("body", 3, 3 + length),
            tuple("sync marker", 3 + length, 19 + length),
            tuple("records", 0, 0));
    follow(bytes.marks().getLast());
    assertThat(led).containsExactly("record 0");
  }

  @Test
  void marksWhereABlockIsDamaged() {
    Event.BlockReceived whole = happened.block(1, 1, Happened.records("web", 2, 1));
    byte[] damaged = whole.stored().clone();
    damaged[0] = 1; // a topic of a negative length
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        new Event.BlockReceived(happened.now(), 1, 1, 100, 2, damaged));

    Node node = at(at(stream(0).root(), "blocks"), "block 1");

    assertThat(node.value())
        .contains(", damaged: corrupt length of ")
        .endsWith(" at byte 0 of the block");
    Node body = at(node.own().orElseThrow().get().marks(), "body");
    assertThat(body.children())
        .extracting(Node::name, Node::from, Node::to)
        .containsExactly(tuple("broken here", 3, 4));
  }

  @Test
  void listsTheFirstBlocksAndTheLast() {
    take(happened.opened(1, SOURCE), happened.header(1));
    for (int i = 0; i < 2 * StreamDetails.MOST_BLOCKS + 50; i++) {
      take(happened.block(i, 1, Happened.records("web", 1, 1)));
    }

    List<String> names =
        at(stream(0).root(), "blocks").children().stream().map(Node::name).toList();

    assertThat(names).hasSize(2 * StreamDetails.MOST_BLOCKS + 1);
    assertThat(names.subList(199, 202)).containsExactly("block 200", "\u2026 and", "block 251");
    assertThat(names.getLast()).isEqualTo("block 450");
  }

  @Test
  void saysWhatTheAgentAnsweredAndWhenItIsAskedAgain() {
    take(
        snapshot("AGENT_POLL_PERIOD=15"),
        happened.opened(0, "agent"),
        new Event.AgentAsked(happened.now(), "/state", "http://h:5051/state", 12_000_000, ""),
        new Event.AgentAsked(
            happened.now(), "/containers", "http://h:5051/containers", 5_000_000, "refused: 503"),
        new Event.AgentLearned(
            happened.now(), new AgentState("a-1", Map.of("f-1", "marathon"), Map.of())));

    List<String> lines = lines(stream(0).root());

    assertThat(lines)
        .contains(
            "agent ",
            "last answers 1 of 2 requests failed",
            "/containers failed: refused: 503",
            "from http://h:5051/containers",
            "took 5 ms",
            "state agent a-1",
            "frameworks 1",
            "f-1 marathon");
    assertThat(lines).anyMatch(line -> line.matches("next about .*, every 15 s"));
  }

  @Test
  void listsWhatWentWrongTheLastFirst() {
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        block(1),
        happened.sorted(1, Happened.accepted("web", 1)),
        happened.made(11, "web", new Part(1, 0, 1)),
        happened.settled(11, 1, new Outcome.Undeliverable(Reason.TOO_LARGE, "")),
        happened.closed(1, "corrupt sync marker", 4711));

    Node root = troubles(Subject.OfTroubles.all()).root();

    assertThat(root.children())
        .extracting(Node::value)
        .containsExactly(SOURCE + ": corrupt sync marker at offset 4711", "1 records: too large");
    root.children().forEach(DetailsTest::follow);
    assertThat(led).containsExactly(new Subject.OfSource(0).toString(), "delivery 0");
    assertThat(troubles(new Subject.OfTroubles(0, 1)).root().value()).startsWith("0, ");
  }

  private Detail record(long number) {
    return new RecordDetails(recording, leads).of(number).orElseThrow();
  }

  private Detail delivery(long number) {
    return new DeliveryDetails(recording, leads).of(number).orElseThrow();
  }

  private Detail stream(int number) {
    return new StreamDetails(recording, leads).of(number).orElseThrow();
  }

  private Detail troubles(Subject.OfTroubles time) {
    return new TroubleDetails(recording, leads).of(time);
  }

  private static Node at(Node node, String name) {
    return at(node.children(), name);
  }

  private static Node at(List<Node> nodes, String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  private static void follow(Node node) {
    node.lead().orElseThrow().run();
  }

  /** A line a node, as the tree shows them. */
  private static List<String> lines(Node node) {
    List<String> lines = new ArrayList<>();
    lines.add(node.name() + " " + node.value());
    node.children().forEach(child -> lines.addAll(lines(child)));
    return lines;
  }

  private Event snapshot(String... settings) {
    long[] none = new long[Term.values().length];
    return new Event.Snapshot(
        happened.now(),
        "1",
        List.of(settings),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new LedgerSnapshot(Counts.of(none, none), List.of(), List.of()));
  }

  private Event block(int records) {
    return happened.block(1, 1, Happened.records("web", records, 1));
  }

  private void take(Event... events) {
    List.of(events).forEach(recording.sink()::accept);
    Await.until("all is taken in", recording::isSettled);
  }
}
