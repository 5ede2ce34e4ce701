// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

import java.util.Map;

/** Estimates how much memory an event keeps from being freed. */
public final class EventSize {
  /** Of an event's object, its stamp, and its entry in a queue. */
  public static final int BASE_BYTES = 128;

  private static final int SOURCE_BYTES = 384;
  // Two strings without their characters, and their places in a map.
  private static final int NAME_BYTES = 112;
  // A count of records and one of bytes for each term, with the arrays that hold them.
  private static final int LEDGER_LINE_BYTES = 512;

  private EventSize() {}

  /** About how much memory an event keeps, in bytes. Strings count one byte per character. */
  public static long of(Event event) {
    return switch (event) {
      case Event.Snapshot snapshot -> of(snapshot);
      case Event.SourceOpened opened -> BASE_BYTES + opened.name().length();
      case Event.HeaderSeen seen ->
          BASE_BYTES + seen.header().length + (long) seen.writerSchema().length();
      case Event.SourceClosed closed -> BASE_BYTES + closed.cause().length();
      case Event.BlockReceived block -> BASE_BYTES + (long) block.stored().length;
      case Event.RecordsSorted sorted -> BASE_BYTES + 48L * sorted.runs().size();
      case Event.AgentAsked asked -> BASE_BYTES + asked.from().length() + asked.failure().length();
      case Event.AgentLearned learned ->
          BASE_BYTES
              + of(learned.state().frameworkNames())
              + of(learned.state().applicationNames());
      case Event.MessageMade made -> BASE_BYTES + 40L * made.ranges().size();
      case Event.MessageSettled settled -> BASE_BYTES + 40L * settled.ranges().size();
      case Event.KafkaChanged _, Event.Skipped _ -> BASE_BYTES;
    };
  }

  private static long of(Map<String, String> names) {
    long bytes = 0;
    for (Map.Entry<String, String> name : names.entrySet()) {
      bytes += NAME_BYTES + name.getKey().length() + (long) name.getValue().length();
    }
    return bytes;
  }

  /** Headers are left out: the sources that are open keep them anyway. */
  private static long of(Event.Snapshot snapshot) {
    long bytes = BASE_BYTES + (long) SOURCE_BYTES * snapshot.sources().size();
    for (String line : snapshot.settings()) {
      bytes += line.length();
    }
    int lines = snapshot.ledger().sources().size() + snapshot.ledger().topics().size();
    return bytes + (long) LEDGER_LINE_BYTES * lines;
  }
}
