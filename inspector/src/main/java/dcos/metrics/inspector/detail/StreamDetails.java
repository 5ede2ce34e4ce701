// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.collector.ledger.Source;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.format.StreamEndText;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.decode.HeaderTree;
import dcos.metrics.inspector.recording.decode.StoredBlock;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.ErrorEntry;
import dcos.metrics.inspector.recording.state.StreamBlock;
import dcos.metrics.inspector.recording.state.StreamContainer;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.FilterLinks;
import dcos.metrics.inspector.workspace.Navigator;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.View;
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
  static final int MAX_BLOCKS = 200;

  /** So many of the last containers are listed. */
  static final int MAX_CONTAINERS = 200;

  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern PLACE = Pattern.compile(".* at byte (\\d{1,9}) of the block");

  private final Recording recording;
  private final Navigator navigator;

  StreamDetails(Recording recording, Navigator navigator) {
    this.recording = recording;
    this.navigator = navigator;
  }

  /** What is known of a source; empty if it was forgotten. */
  Optional<DetailContent> of(int number) {
    return recording.source(number).map(this::of);
  }

  private DetailContent of(CapturedSource source) {
    List<DetailNode> nodes = new ArrayList<>();
    boolean isAgent = source.name().equals(Source.AGENT_NAME);
    DetailNode end = isAgent ? AgentDetails.answers(recording) : end(source);
    nodes.add(end);
    if (isAgent) {
      nodes.addAll(AgentDetails.more(recording));
    }
    nodes.add(counts(source));
    byte[] bytes = source.header().map(CapturedSource.CapturedHeader::bytes).orElse(new byte[0]);
    List<DetailNode> marks = List.of();
    if (!isAgent) {
      DetailNode header = header(source, RecordDetails.node(HeaderTree.of(bytes)));
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
    String filter = FilterLinks.source(source.name());
    return new DetailContent(
        new DetailSubject.OfSource(source.number()),
        DetailNode.of(isAgent ? Source.AGENT_NAME : "stream", isAgent ? "" : source.name(), nodes)
            .toned(end.tone()),
        new DetailContent.DetailBytes(
            bytes,
            0,
            isAgent
                ? "What the agent said is not recorded as it was sent: select a block to see the"
                    + " records that were made of it."
                : "The header was not recorded.",
            marks),
        List.of(
            new NoticeAction("Show its records", () -> navigator.toFound(filter, View.RECORDS))));
  }

  private DetailNode end(CapturedSource source) {
    DetailNode opened = DetailNode.of("opened", DisplayFormat.time(source.openedMs()));
    if (source.end().isEmpty()) {
      return DetailNode.of("state", "open", opened);
    }
    CapturedSource.SourceEnd end = source.end().get();
    if (end.cause().isEmpty()) {
      return DetailNode.of(
          "end",
          "ended properly after " + DisplayFormat.count(end.offset(), "byte"),
          DetailNode.of("offset", StreamBreakDetails.offset(end.offset())),
          opened,
          DetailNode.of("when", DisplayFormat.time(end.wallMs())));
    }
    StreamEndText meaning = StreamEndText.of(end.cause(), source.header());
    List<DetailNode> nodes = new ArrayList<>(StreamBreakDetails.nodes(source, end, meaning));
    lastBlock(source).ifPresent(nodes::add);
    nodes.add(before(source));
    nodes.add(opened);
    nodes.add(DetailNode.of("when", DisplayFormat.time(end.wallMs())));
    return DetailNode.of("end", meaning.at(end), nodes).toned(StatusTone.BAD);
  }

  /** What came whole before a stream broke: what stood between that and the break is not kept. */
  private Optional<DetailNode> lastBlock(CapturedSource source) {
    int kept = recording.contents().keptBlocks(source.number());
    return recording.contents().blocks(source.number(), Math.max(0, kept - 1), 1).stream()
        .findFirst()
        .map(
            block -> {
              DetailNode node = block(block, source.blocks(), damages(source.number()));
              return new DetailNode(
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
  private DetailNode before(CapturedSource source) {
    String text =
        DisplayFormat.count(records(source))
            + " records in "
            + DisplayFormat.count(source.blocks(), "whole block");
    DetailNode before = DetailNode.of("before it", text);
    int kept = recording.contents().keptBlocks(source.number());
    return recording.contents().blocks(source.number(), Math.max(0, kept - 1), 1).stream()
        .filter(last -> last.records() > 0)
        .findFirst()
        .map(last -> last.firstRecord() + last.records() - 1)
        .map(record -> before.leading(() -> navigator.toRecord(record)))
        .orElse(before);
  }

  private static long records(CapturedSource source) {
    return source.records().entrySet().stream()
        .filter(entry -> entry.getKey().isIncome())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static DetailNode counts(CapturedSource source) {
    List<DetailNode> terms = new ArrayList<>();
    source
        .records()
        .forEach(
            (term, records) -> {
              if (records != 0) {
                String name = term.kind() + (term.reason().isEmpty() ? "" : " " + term.reason());
                terms.add(DetailNode.of(name, DisplayFormat.count(records)));
              }
            });
    if (source.storedBytes() > 0 || source.blocks() == 0) { // Else nobody said.
      terms.add(
          DetailNode.of(
              "bytes", DisplayFormat.bytes(source.storedBytes()) + " in blocks, as they came"));
    }
    return DetailNode.of("records", DisplayFormat.count(records(source)), terms);
  }

  private static DetailNode header(CapturedSource source, DetailNode header) {
    return source
        .header()
        .map(
            known -> {
              String last = source.containers() > 1 ? "of the last container file: " : "";
              String value = last + contents(known);
              return new DetailNode(
                  header.name(), value, header.from(), header.to(), header.children());
            })
        .orElse(header);
  }

  private static String contents(CapturedSource.CapturedHeader header) {
    String schema = header.rewritten() ? "another schema, resolved to ours" : "our schema";
    return "codec " + header.codec() + ", " + schema;
  }

  /** What a sender that concatenates files has sent; each has a codec and a marker of its own. */
  private DetailNode containers(CapturedSource source) {
    List<StreamContainer> last = recording.contents().containers(source.number(), MAX_CONTAINERS);
    List<DetailNode> nodes = new ArrayList<>();
    long before = source.containers() - last.size();
    if (before > 0) {
      nodes.add(DetailNode.of("\u2026", DisplayFormat.count(before) + " more"));
    }
    last.forEach(container -> nodes.add(container(container)));
    return DetailNode.of("container files", DisplayFormat.count(source.containers()), nodes).fold();
  }

  private static DetailNode container(StreamContainer container) {
    long offset = container.header().offset();
    String where = offset < 0 ? "" : "at byte " + offset + ", ";
    byte[] header = container.header().bytes();
    DetailNode node =
        DetailNode.of(
            "container file " + DisplayFormat.count(container.number()),
            where + contents(container.header()));
    return header.length == 0
        ? node
        : node.opening(
            () ->
                new DetailContent.DetailBytes(
                    header,
                    Math.max(0, offset),
                    "",
                    List.of(RecordDetails.node(HeaderTree.of(header)))));
  }

  private DetailNode blocks(CapturedSource source) {
    int kept = recording.contents().keptBlocks(source.number());
    long dropped = Math.max(0, source.blocks() - kept);
    Map<Long, String> damages = damages(source.number());
    List<DetailNode> nodes = new ArrayList<>();
    if (dropped > 0) {
      nodes.add(
          DetailNode.of(
              "\u2026", DisplayFormat.count(dropped) + " before, which are not kept any more"));
    }
    add(nodes, source, 0, Math.min(kept, MAX_BLOCKS), dropped, damages);
    int behind = Math.max(MAX_BLOCKS, kept - MAX_BLOCKS);
    if (behind > MAX_BLOCKS) {
      nodes.add(DetailNode.of("\u2026 and", DisplayFormat.count(behind - MAX_BLOCKS) + " more"));
    }
    add(nodes, source, behind, kept - behind, dropped, damages);
    String damaged =
        source.damagedBlocks() == 0
            ? ""
            : ", " + DisplayFormat.count(source.damagedBlocks()) + " damaged";
    return DetailNode.of("blocks", DisplayFormat.count(source.blocks()) + damaged, nodes)
        .toned(damaged.isEmpty() ? StatusTone.QUIET : StatusTone.BAD);
  }

  private void add(
      List<DetailNode> to,
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

  private DetailNode block(StreamBlock block, long number, Map<Long, String> damages) {
    String damage =
        block.damaged()
            ? damages.getOrDefault(block.offset(), "it does not hold what it says")
            : "";
    String where =
        block.offset() < 0 ? DisplayFormat.time(block.wallMs()) : "at byte " + block.offset();
    String size = block.storedBytes() == 0 ? "" : ", " + DisplayFormat.bytes(block.storedBytes());
    String value =
        where
            + ", "
            + DisplayFormat.count(block.records())
            + (block.records() == 1 ? " record" : " records")
            + size
            + (damage.isEmpty() ? "" : ", damaged: " + damage);
    return DetailNode.of("block " + DisplayFormat.count(number), value)
        .toned(damage.isEmpty() ? StatusTone.QUIET : StatusTone.BAD)
        .opening(() -> bytes(block, damage));
  }

  /** The counts, the body and the sync marker, and where it is damaged. */
  private DetailContent.DetailBytes bytes(StreamBlock block, String damage) {
    StoredBlock stored = recording.contents().bytesOf(block.number());
    int shown = Math.min(stored.body().length, MAX_BYTES);
    boolean isWhole = shown == stored.body().length;
    int body = stored.counts().length;
    int sync = body + shown;
    int end = isWhole ? sync + stored.sync().length : sync;
    byte[] content = new byte[end];
    System.arraycopy(stored.counts(), 0, content, 0, body);
    System.arraycopy(stored.body(), 0, content, body, shown);
    System.arraycopy(stored.sync(), 0, content, sync, end - sync);
    List<DetailNode> marks = new ArrayList<>();
    if (body > 0) {
      String counts =
          DisplayFormat.count(block.records()) + " records, " + stored.body().length + " bytes";
      marks.add(new DetailNode("counts", counts, 0, body, List.of()));
    }
    marks.add(body(stored, body, shown, damage));
    if (end > sync) {
      marks.add(new DetailNode("sync marker", "the container file's", sync, end, List.of()));
    }
    if (block.records() > 0) {
      marks.add(
          DetailNode.of("records", "from #" + DisplayFormat.ordinal(block.firstRecord()))
              .leading(() -> navigator.toRecord(block.firstRecord())));
    }
    return new DetailContent.DetailBytes(
        content, Math.max(0, block.offset()), stored.problem(), marks);
  }

  private static DetailNode body(StoredBlock stored, int from, int shown, String damage) {
    List<DetailNode> places = new ArrayList<>();
    Matcher matcher = PLACE.matcher(damage);
    int at = matcher.matches() ? Integer.parseInt(matcher.group(1)) : shown;
    if (at < shown) {
      places.add(
          new DetailNode("broken here", damage, from + at, from + at + 1, List.of())
              .toned(StatusTone.BAD));
    }
    String cut =
        shown == stored.body().length
            ? ""
            : ", of which the first " + DisplayFormat.bytes(shown) + " show";
    String what = DisplayFormat.bytes(stored.body().length) + cut;
    return new DetailNode(
        "body", stored.problem().isEmpty() ? what : stored.problem(), from, from + shown, places);
  }

  /** What is wrong with blocks that are damaged, by their offset. */
  private Map<Long, String> damages(int source) {
    Map<Long, String> found = new HashMap<>();
    for (ErrorEntry error : recording.errors()) {
      if (error.kind() == ErrorEntry.ErrorKind.DAMAGED_BLOCK
          && error.offset().isPresent()
          && error.source().orElse(-1) == source) {
        found.put(error.offset().getAsLong(), error.text());
      }
    }
    return found;
  }
}
