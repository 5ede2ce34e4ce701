// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.RecordState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts of everything in recordings, as small tables. Not thread-safe. */
final class Stats {
  private static final List<String> RECORD_COLUMNS =
      List.of(
          LedgerTerm.RECEIVED.kind(),
          RecordState.ACCEPTED,
          LedgerTerm.Kinds.THROTTLED,
          LedgerTerm.Kinds.REJECTED,
          LedgerTerm.UNKNOWN.kind());
  private static final int UNKNOWN = 4;

  private final Map<String, long[]> sources = new TreeMap<>();
  private final Map<String, long[]> topics = new TreeMap<>();
  private final long[] total = new long[RECORD_COLUMNS.size()];
  private final Map<String, long[]> outcomes = new TreeMap<>();
  private final long[] messages = new long[2];
  private final long[] settled = new long[2];
  private final long[] skipped = new long[3];
  private long unknownEvents;
  private final RecordDecisions<String> decisions = new RecordDecisions<>(this::decided);
  private final RecordedStreams streams = new RecordedStreams();

  void add(Event event) {
    streams.see(event);
    switch (event) {
      case Event.BlockReceived block -> {
        String source = streams.name(block.source());
        row(sources, source)[0] += block.records();
        total[0] += block.records();
        decisions.received(block.block(), source, block.records());
      }
      case Event.RecordsSorted sorted -> decisions.sorted(sorted);
      case Event.MessageMade made -> {
        messages[0]++;
        messages[1] += made.records();
      }
      case Event.MessageSettled done -> {
        long[] row = outcomes.computeIfAbsent(done.outcome().code(), _ -> new long[2]);
        row[0]++;
        row[1] += done.records();
        settled[0]++;
        settled[1] += done.records();
      }
      case Event.Skipped(_, long events, long records, long bytes) -> {
        skipped[0] += events;
        skipped[1] += records;
        skipped[2] += bytes;
      }
      case Event.Snapshot _,
          Event.SourceOpened _,
          Event.HeaderSeen _,
          Event.SourceClosed _,
          Event.AgentAsked _,
          Event.AgentLearned _,
          Event.KafkaChanged _ -> {}
    }
  }

  /** An event of a newer version. */
  void skipUnknown() {
    unknownEvents++;
  }

  /** Records of a container of metrics: nothing was decided of them. */
  void add(String source, String topic, int records) {
    for (long[] row : List.of(row(sources, source), row(topics, topic), total)) {
      row[0] += records;
      row[UNKNOWN] += records;
    }
  }

  void print(Consumer<String> out) {
    decisions.finish();
    List<List<String>> records = new ArrayList<>();
    records.add(line("records", RECORD_COLUMNS));
    records.add(line("all", total));
    records.add(List.of("by source"));
    sources.forEach((name, row) -> records.add(line("  " + name, row)));
    records.add(List.of("by topic"));
    topics.forEach((name, row) -> records.add(line("  " + name, row)));
    table(records, out);
    out.accept("");
    List<List<String>> sent = new ArrayList<>();
    sent.add(line("messages", List.of("messages", "records")));
    sent.add(line("made", messages));
    outcomes.forEach((name, row) -> sent.add(line("  " + name, row)));
    sent.add(
        line("  not settled", Math.max(0, messages[0] - settled[0]), messages[1] - settled[1]));
    table(sent, out);
    out.accept("");
    List<List<String>> left = new ArrayList<>();
    left.add(line("skipped", List.of("events", "records", "bytes")));
    left.add(line("by the recorder", skipped));
    if (unknownEvents > 0) {
      left.add(List.of("of a newer version", Long.toString(unknownEvents)));
    }
    table(left, out);
  }

  private void decided(String source, int first, int count, Event.@Nullable Run decision) {
    int column = decision == null ? UNKNOWN : column(decision.outcome());
    row(sources, source)[column] += count;
    total[column] += count;
    String topic =
        decision == null ? "(unknown)" : decision.topic().isEmpty() ? "(none)" : decision.topic();
    long[] row = row(topics, topic);
    row[0] += count;
    row[column] += count;
  }

  /** The index in {@link #RECORD_COLUMNS}. */
  private static int column(Optional<Outcome> outcome) {
    return outcome.map(Stats::column).orElse(1);
  }

  private static int column(Outcome outcome) {
    int column = RECORD_COLUMNS.indexOf(outcome.term().kind());
    return column < 0 ? UNKNOWN : column;
  }

  private static long[] row(Map<String, long[]> rows, String name) {
    return rows.computeIfAbsent(name, _ -> new long[RECORD_COLUMNS.size()]);
  }

  private static List<String> line(String name, long... selfMetrics) {
    return line(name, Arrays.stream(selfMetrics).mapToObj(Long::toString).toList());
  }

  private static List<String> line(String name, List<String> cells) {
    List<String> line = new ArrayList<>(List.of(name));
    line.addAll(cells);
    return line;
  }

  /** Names to the left, figures to the right. */
  private static void table(List<List<String>> lines, Consumer<String> out) {
    int columns = lines.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      var text = new StringBuilder(line.getFirst());
      if (line.size() > 1) {
        text.append(" ".repeat(widths[0] - line.getFirst().length()));
      }
      for (int i = 1; i < line.size(); i++) {
        text.append("  ").append(" ".repeat(widths[i] - line.get(i).length())).append(line.get(i));
      }
      out.accept(text.toString());
    }
  }
}
