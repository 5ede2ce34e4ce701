// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.ledger.Source;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.StreamBlock;
import dcos.metrics.inspector.model.captured.StreamContainer;
import dcos.metrics.inspector.model.captured.Trouble;
import dcos.metrics.inspector.model.detail.HeaderTree;
import dcos.metrics.inspector.model.detail.StoredBlock;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.View;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A stream: how it ended and where, what it held, its header and its blocks. */
final class StreamDetails {
  /** So many of the first blocks are listed, and as many of the last. */
  static final int MOST_BLOCKS = 200;

  /** So many of the last containers are listed. */
  static final int MOST_CONTAINERS = 200;

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern PLACE = Pattern.compile(".* at byte (\\d{1,9}) of the block");

  private final Recording recording;
  private final Leads leads;

  StreamDetails(Recording recording, Leads leads) {
    this.recording = recording;
    this.leads = leads;
  }

  /** What is known of a source; empty if it was forgotten. */
  Optional<Detail> of(int number) {
    return recording.source(number).map(this::of);
  }

  private Detail of(CapturedSource source) {
    List<Node> nodes = new ArrayList<>();
    boolean isAgent = source.name().equals(Source.AGENT_NAME);
    Node end = isAgent ? AgentDetails.answers(recording) : end(source);
    nodes.add(end);
    if (isAgent) {
      nodes.addAll(AgentDetails.more(recording));
    }
    nodes.add(counts(source));
    byte[] bytes = source.header().map(CapturedSource.Header::bytes).orElse(new byte[0]);
    List<Node> marks = List.of();
    if (!isAgent) {
      Node header = header(source, RecordDetails.node(HeaderTree.of(bytes)));
      // What was expected at a break may stand in the header.
      marks =
          Stream.concat(
                  Stream.of(header),
                  end.children().stream().filter(child -> child.to() > child.from()))
              .toList();
      nodes.add(header);
    }
    if (source.containers() > 1) {
      nodes.add(containers(source));
    }
    nodes.add(blocks(source));
    String filter = Links.source(source.name());
    return new Detail(
        new DetailSubject.OfSource(source.number()),
        Node.of(isAgent ? Source.AGENT_NAME : "stream", isAgent ? "" : source.name(), nodes)
            .toned(end.tone()),
        new Detail.Bytes(
            bytes,
            0,
            isAgent
                ? "What the agent said is not recorded as it was sent: select a block to see the"
                    + " records that were made of it."
                : "The header was not recorded.",
            marks),
        List.of(new Action("Show its records", () -> leads.toFound(filter, View.RECORDS))));
  }

  private Node end(CapturedSource source) {
    Node opened = Node.of("opened", Texts.time(source.openedMs()));
    if (source.end().isEmpty()) {
      return Node.of("state", "open", opened);
    }
    CapturedSource.End end = source.end().get();
    if (end.cause().isEmpty()) {
      return Node.of(
          "end",
          "ended properly after " + Texts.count(end.offset(), "byte"),
          Node.of("offset", StreamBreak.offset(end.offset())),
          opened,
          Node.of("when", Texts.time(end.wallMs())));
    }
    StreamEnd meaning = StreamEnd.of(end.cause(), source.header());
    List<Node> nodes = new ArrayList<>(StreamBreak.nodes(source, end, meaning));
    lastBlock(source).ifPresent(nodes::add);
    nodes.add(before(source));
    nodes.add(opened);
    nodes.add(Node.of("when", Texts.time(end.wallMs())));
    return Node.of("end", meaning.at(end), nodes).toned(Tone.BAD);
  }

  /** What came whole before a stream broke: what stood between that and the break is not kept. */
  private Optional<Node> lastBlock(CapturedSource source) {
    int kept = recording.contents().keptBlocks(source.number());
    return recording.contents().blocks(source.number(), Math.max(0, kept - 1), 1).stream()
        .findFirst()
        .map(
            block -> {
              Node node = block(block, source.blocks(), damages(source.number()));
              return new Node(
                  "last whole block",
                  node.value(),
                  node.tone(),
                  0,
                  0,
                  List.of(),
                  Optional.empty(),
                  node.own(),
                  false);
            });
  }

  /** Leads to the last record that came whole. */
  private Node before(CapturedSource source) {
    String text =
        Texts.count(records(source)) + " records in " + Texts.count(source.blocks(), "whole block");
    Node before = Node.of("before it", text);
    int kept = recording.contents().keptBlocks(source.number());
    return recording.contents().blocks(source.number(), Math.max(0, kept - 1), 1).stream()
        .filter(last -> last.records() > 0)
        .findFirst()
        .map(last -> last.firstRecord() + last.records() - 1)
        .map(record -> before.leading(() -> leads.toRecord(record)))
        .orElse(before);
  }

  private static long records(CapturedSource source) {
    return source.records().entrySet().stream()
        .filter(entry -> entry.getKey().isIncome())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static Node counts(CapturedSource source) {
    List<Node> terms = new ArrayList<>();
    source
        .records()
        .forEach(
            (term, records) -> {
              if (records != 0) {
                String name = term.kind() + (term.reason().isEmpty() ? "" : " " + term.reason());
                terms.add(Node.of(name, Texts.count(records)));
              }
            });
    if (source.storedBytes() > 0 || source.blocks() == 0) { // Else nobody said.
      terms.add(Node.of("bytes", Texts.bytes(source.storedBytes()) + " in blocks, as they came"));
    }
    return Node.of("records", Texts.count(records(source)), terms);
  }

  private static Node header(CapturedSource source, Node header) {
    return source
        .header()
        .map(
            known -> {
              String last = source.containers() > 1 ? "of the last container file: " : "";
              String value = last + contents(known);
              return new Node(header.name(), value, header.from(), header.to(), header.children());
            })
        .orElse(header);
  }

  private static String contents(CapturedSource.Header header) {
    String schema = header.rewritten() ? "another schema, resolved to ours" : "our schema";
    return "codec " + header.codec() + ", " + schema;
  }

  /** What a sender that concatenates files has sent; each has a codec and a marker of its own. */
  private Node containers(CapturedSource source) {
    List<StreamContainer> last = recording.contents().containers(source.number(), MOST_CONTAINERS);
    List<Node> nodes = new ArrayList<>();
    long before = source.containers() - last.size();
    if (before > 0) {
      nodes.add(Node.of("\u2026", Texts.count(before) + " more"));
    }
    last.forEach(container -> nodes.add(container(container)));
    return Node.of("container files", Texts.count(source.containers()), nodes).fold();
  }

  private static Node container(StreamContainer container) {
    long offset = container.header().offset();
    String where = offset < 0 ? "" : "at byte " + offset + ", ";
    byte[] header = container.header().bytes();
    Node node =
        Node.of(
            "container file " + Texts.count(container.number()),
            where + contents(container.header()));
    return header.length == 0
        ? node
        : node.opening(
            () ->
                new Detail.Bytes(
                    header,
                    Math.max(0, offset),
                    "",
                    List.of(RecordDetails.node(HeaderTree.of(header)))));
  }

  private Node blocks(CapturedSource source) {
    int kept = recording.contents().keptBlocks(source.number());
    long dropped = Math.max(0, source.blocks() - kept);
    Map<Long, String> damages = damages(source.number());
    List<Node> nodes = new ArrayList<>();
    if (dropped > 0) {
      nodes.add(Node.of("\u2026", Texts.count(dropped) + " before, which are not kept any more"));
    }
    add(nodes, source, 0, Math.min(kept, MOST_BLOCKS), dropped, damages);
    int behind = Math.max(MOST_BLOCKS, kept - MOST_BLOCKS);
    if (behind > MOST_BLOCKS) {
      nodes.add(Node.of("\u2026 and", Texts.count(behind - MOST_BLOCKS) + " more"));
    }
    add(nodes, source, behind, kept - behind, dropped, damages);
    String damaged =
        source.damagedBlocks() == 0 ? "" : ", " + Texts.count(source.damagedBlocks()) + " damaged";
    return Node.of("blocks", Texts.count(source.blocks()) + damaged, nodes)
        .toned(damaged.isEmpty() ? Tone.QUIET : Tone.BAD);
  }

  private void add(
      List<Node> to,
      CapturedSource source,
      int from,
      int most,
      long dropped,
      Map<Long, String> damages) {
    if (most <= 0) {
      return;
    }
    long number = dropped + from;
    for (StreamBlock block : recording.contents().blocks(source.number(), from, most)) {
      number++;
      to.add(block(block, number, damages));
    }
  }

  private Node block(StreamBlock block, long number, Map<Long, String> damages) {
    String damage =
        block.damaged()
            ? damages.getOrDefault(block.offset(), "it does not hold what it says")
            : "";
    String where = block.offset() < 0 ? Texts.time(block.wallMs()) : "at byte " + block.offset();
    String size = block.storedBytes() == 0 ? "" : ", " + Texts.bytes(block.storedBytes());
    String value =
        where
            + ", "
            + Texts.count(block.records())
            + (block.records() == 1 ? " record" : " records")
            + size
            + (damage.isEmpty() ? "" : ", damaged: " + damage);
    return Node.of("block " + Texts.count(number), value)
        .toned(damage.isEmpty() ? Tone.QUIET : Tone.BAD)
        .opening(() -> bytes(block, damage));
  }

  /** The counts, the body and the sync marker, and where it is damaged. */
  private Detail.Bytes bytes(StreamBlock block, String damage) {
    StoredBlock stored = recording.contents().bytesOf(block.number());
    int shown = Math.min(stored.body().length, MOST_BYTES);
    boolean isWhole = shown == stored.body().length;
    int body = stored.counts().length;
    int sync = body + shown;
    int end = isWhole ? sync + stored.sync().length : sync;
    byte[] content = new byte[end];
    System.arraycopy(stored.counts(), 0, content, 0, body);
    System.arraycopy(stored.body(), 0, content, body, shown);
    System.arraycopy(stored.sync(), 0, content, sync, end - sync);
    List<Node> marks = new ArrayList<>();
    if (body > 0) {
      String counts = Texts.count(block.records()) + " records, " + stored.body().length + " bytes";
      marks.add(new Node("counts", counts, 0, body, List.of()));
    }
    marks.add(body(stored, body, shown, damage));
    if (end > sync) {
      marks.add(new Node("sync marker", "the container file's", sync, end, List.of()));
    }
    if (block.records() > 0) {
      marks.add(
          Node.of("records", "from #" + Texts.ordinal(block.firstRecord()))
              .leading(() -> leads.toRecord(block.firstRecord())));
    }
    return new Detail.Bytes(content, Math.max(0, block.offset()), stored.problem(), marks);
  }

  private static Node body(StoredBlock stored, int from, int shown, String damage) {
    List<Node> places = new ArrayList<>();
    Matcher matcher = PLACE.matcher(damage);
    int at = matcher.matches() ? Integer.parseInt(matcher.group(1)) : shown;
    if (at < shown) {
      places.add(
          new Node("broken here", damage, from + at, from + at + 1, List.of()).toned(Tone.BAD));
    }
    String cut =
        shown == stored.body().length ? "" : ", of which the first " + Texts.bytes(shown) + " show";
    String what = Texts.bytes(stored.body().length) + cut;
    return new Node(
        "body", stored.problem().isEmpty() ? what : stored.problem(), from, from + shown, places);
  }

  /** What is wrong with blocks that are damaged, by their offset. */
  private Map<Long, String> damages(int source) {
    Map<Long, String> found = new HashMap<>();
    for (Trouble trouble : recording.troubles()) {
      if (trouble.kind() == Trouble.Kind.DAMAGED_BLOCK
          && trouble.offset().isPresent()
          && trouble.source().orElse(-1) == source) {
        found.put(trouble.offset().getAsLong(), trouble.text());
      }
    }
    return found;
  }
}
