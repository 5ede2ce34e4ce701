// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dcos.metrics.MetricList;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.testing.Happened;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StreamDetailsTest extends DetailsOfEvents {
  @Test
  void reportsWhereAStreamBrokeWhatWasExpectedAndWhatWasFound() {
    Event.BlockReceived block = happened.block(1, 1, Happened.records("web", 3, 1));
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        block,
        happened.closed(1, "corrupt sync marker", 4711));

    DetailContent detail = stream(0);

    assertThat(lines(at(detail.root(), "end")))
        .startsWith(
            "end broken at byte 4711: corrupt sync marker",
            "offset 4711  (0x1267)",
            "why corrupt sync marker",
            "expected the stream's sync marker",
            "found other bytes; which ones is not in this recording: its collector did not write"
                + " them down",
            "last whole block at byte 100, 3 records, " + block.stored().length + " B",
            "before it 3 records in 1 whole block");
    assertThat(lines(at(detail.root(), "records"))).contains("records 3", "received 3");
    detail.links().getFirst().run().run();
    assertThat(led).containsExactly("RECORDS source=\"" + SOURCE + "\"");
  }

  @Test
  void reportsBehindWhichByteAStreamWasCutAndWhereThatBlockBegan() {
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        happened.closed(1, "truncated block: 18 of 883 bytes", 1482));

    assertThat(lines(at(stream(0).root(), "end")))
        .startsWith(
            "end cut at byte 1500: truncated block: 18 of 883 bytes",
            "offset 1500  (0x5dc)",
            "began at 1482  (0x5ca)",
            "why truncated block: 18 of 883 bytes",
            "expected 883 bytes of the block",
            "found 18 of them, which are not recorded, then the end of the stream");
  }

  @Test
  void showsTheBytesThatWereFoundWhereTheStreamBroke() {
    byte[] header = new byte[21];
    Arrays.fill(header, 5, 21, (byte) 0x5a);
    byte[] found = Arrays.copyOfRange(header, 5, 21);
    found[3] = 0;
    take(
        happened.opened(1, SOURCE),
        new Event.HeaderSeen(
            happened.now(), 1, "null", MetricList.getClassSchema().toString(), false, header),
        happened.closed(
            1, "corrupt sync marker: found " + HexFormat.ofDelimiter(" ").formatHex(found), 4711));

    DetailContent detail = stream(0);
    DetailNode end = at(detail.root(), "end");

    DetailNode expected = at(end, "expected");
    assertThat(expected.value()).isEqualTo("the stream's sync marker" + " 5a".repeat(16));
    assertThat(detail.bytes().marks()).contains(expected);
    assertThat(tuple(expected.from(), expected.to())).isEqualTo(tuple(5, 21));
    assertThat(at(end, "found").value()).isEqualTo("5a 5a 5a 00" + " 5a".repeat(12));
    DetailContent.DetailBytes bytes = at(end, "found").own().orElseThrow().get();
    assertThat(bytes.content()).isEqualTo(found);
    assertThat(bytes.offset()).isEqualTo(4711);
    assertThat(bytes.marks())
        .extracting(DetailNode::name, DetailNode::value, DetailNode::from, DetailNode::to)
        .containsExactly(
            tuple("first that differs", "byte 4 of 16", 3, 4),
            tuple("found there", "16 bytes", 0, 16));
  }

  @Test
  void reportsThatAStreamIsOpenOrEndedProperly() {
    take(happened.opened(1, SOURCE));
    assertThat(lines(stream(0).root())).contains("state open", "header not captured");

    take(happened.closed(1, "", 4711));
    assertThat(lines(stream(0).root())).contains("end ended properly after 4,711 bytes");
  }

  @Test
  void marksAHeadersBytes() {
    byte[] header = "Obj\u0001\u0000________________".getBytes(StandardCharsets.US_ASCII);
    take(
        happened.opened(1, SOURCE),
        new Event.HeaderSeen(
            happened.now(), 1, "null", MetricList.getClassSchema().toString(), false, header));

    DetailContent detail = stream(0);

    assertThat(lines(at(detail.root(), "header")).getFirst())
        .isEqualTo("header codec null, our schema");
    assertThat(detail.bytes().content()).isEqualTo(header);
    assertThat(detail.bytes().at(5).map(DetailNode::name)).hasValue("sync marker");
  }

  @Test
  void listsTheContainerFilesOfAStream() {
    byte[] first = "Obj\u0001\u0000________________".getBytes(StandardCharsets.US_ASCII);
    byte[] second = "Obj\u0001\u0000????????????????".getBytes(StandardCharsets.US_ASCII);
    String schema = MetricList.getClassSchema().toString();
    take(
        happened.opened(1, SOURCE),
        new Event.HeaderSeen(happened.now(), 1, "null", schema, false, first, 79),
        happened.block(1, 1, Happened.records("web", 1, 1)));
    assertThat(lines(stream(0).root())).noneMatch(line -> line.startsWith("container files"));
    take(
        new Event.HeaderSeen(happened.now(), 1, "null", schema, false, second, 179),
        happened.block(2, 1, Happened.records("web", 1, 1)));

    DetailContent detail = stream(0);

    assertThat(lines(at(detail.root(), "header")).getFirst())
        .isEqualTo("header of the last container file: codec null, our schema");
    assertThat(detail.bytes().content()).isEqualTo(second);
    assertThat(lines(at(detail.root(), "container files")))
        .containsExactly(
            "container files 2",
            "container file 1 at byte 79, codec null, our schema",
            "container file 2 at byte 179, codec null, our schema");
    DetailContent.DetailBytes bytes =
        at(at(detail.root(), "container files"), "container file 1").own().orElseThrow().get();
    assertThat(bytes.content()).isEqualTo(first);
    assertThat(bytes.offset()).isEqualTo(79);
    assertThat(bytes.at(5).map(DetailNode::name)).hasValue("sync marker");
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

    DetailNode node = at(at(stream(0).root(), "blocks"), "block 1");
    DetailContent.DetailBytes bytes = node.own().orElseThrow().get();

    int length = block.stored().length;
    assertThat(node.value()).isEqualTo("at byte 100, 2 records, " + length + " B");
    assertThat(bytes.offset()).isEqualTo(100);
    assertThat(bytes.content()).startsWith(4, 0x9c, 1).endsWith(0x5a, 0x5a);
    assertThat(bytes.marks())
        .extracting(DetailNode::name, DetailNode::from, DetailNode::to)
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

    DetailNode node = at(at(stream(0).root(), "blocks"), "block 1");

    assertThat(node.value())
        .contains(", damaged: corrupt length of ")
        .endsWith(" at byte 0 of the block");
    DetailNode body = at(node.own().orElseThrow().get().marks(), "body");
    assertThat(body.children())
        .extracting(DetailNode::name, DetailNode::from, DetailNode::to)
        .containsExactly(tuple("broken here", 3, 4));
  }

  @Test
  void listsTheFirstBlocksAndTheLast() {
    take(happened.opened(1, SOURCE), happened.header(1));
    take(
        LongStream.range(0, 2L * StreamDetails.MAX_BLOCKS + 50)
            .mapToObj(id -> happened.block(id, 1, Happened.records("web", 1, 1)))
            .toArray(Event[]::new));

    List<String> names =
        at(stream(0).root(), "blocks").children().stream().map(DetailNode::name).toList();

    assertThat(names).hasSize(2 * StreamDetails.MAX_BLOCKS + 1);
    assertThat(names.subList(199, 202)).containsExactly("block 200", "\u2026 and", "block 251");
    assertThat(names.getLast()).isEqualTo("block 450");
  }

  @Test
  void reportsWhatTheAgentAnsweredAndWhenItIsAskedAgain() {
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

  private DetailContent stream(int number) {
    return new StreamDetails(recording, navigator).of(number).orElseThrow();
  }
}
