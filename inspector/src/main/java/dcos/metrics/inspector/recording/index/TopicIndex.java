// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is of each Kafka topic. Guarded by the recording's lock. */
public final class TopicIndex {
  private static final int MAX_TOPICS = 20_000;

  private final InternedNames names = new InternedNames(MAX_TOPICS);
  private final List<@Nullable IndexedTopic> entries = new ArrayList<>();

  private static final class IndexedTopic {
    private final LedgerTermCounts counts = new LedgerTermCounts();
    private final RecentRate rate = new RecentRate();
    private long batching;
    private long batchingSinceMs;
    private long messages;
  }

  /** The names of topics, by their numbers. */
  public InternedNames names() {
    return names;
  }

  void begin(LedgerSnapshot ledger) {
    for (LedgerSnapshot.Line line : ledger.topics()) {
      if (line.counts().records(LedgerTerm.RECEIVED) + line.counts().records(LedgerTerm.RECOVERED)
          > 0) {
        entry(names.number(line.name())).counts.addAll(line.counts());
      }
    }
  }

  /** Records that go into no message. */
  void leftOut(int topic, LedgerTerm term, int records, long wallMs) {
    IndexedTopic entry = entry(topic);
    entry.counts.receive(records);
    entry.rate.add(wallMs, records);
    entry.counts.settle(term, records);
  }

  /** Records that go into a message. */
  void accepted(int topic, int records, long wallMs) {
    IndexedTopic entry = entry(topic);
    entry.counts.receive(records);
    entry.rate.add(wallMs, records);
    if (entry.batching == 0) {
      entry.batchingSinceMs = wallMs;
    }
    entry.batching += records;
  }

  void made(int topic, int records, long wallMs) {
    IndexedTopic entry = entry(topic);
    // Some may have come before anybody listened.
    entry.batching = Math.max(0, entry.batching - records);
    entry.batchingSinceMs = wallMs;
    entry.messages++;
  }

  /** Events are missing: the records in open batches are not known any more. */
  void lose() {
    for (IndexedTopic entry : entries) {
      if (entry != null) {
        entry.batching = 0;
      }
    }
  }

  void settled(int topic, LedgerTerm term, int records) {
    entry(topic).counts.settle(term, records);
  }

  public List<CapturedTopic> rows(long nowMs) {
    List<CapturedTopic> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      IndexedTopic entry = entries.get(i);
      if (entry != null) {
        rows.add(
            new CapturedTopic(
                names.text(i),
                entry.counts.toMap(),
                entry.batching,
                entry.messages,
                entry.rate.perSecond(nowMs)));
      }
    }
    return rows;
  }

  /** A row for each topic whose records are being collected; first the one that began first. */
  public List<CapturedDelivery> batching() {
    List<CapturedDelivery> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      IndexedTopic entry = entries.get(i);
      if (entry != null && entry.batching > 0) {
        rows.add(
            CapturedDelivery.queued(
                names.text(i),
                (int) Math.min(entry.batching, Integer.MAX_VALUE),
                entry.batchingSinceMs));
      }
    }
    rows.sort(Comparator.comparingLong(CapturedDelivery::wallMs));
    return rows;
  }

  private IndexedTopic entry(int topic) {
    while (entries.size() <= topic) {
      entries.add(null);
    }
    IndexedTopic known = entries.get(topic);
    if (known == null) {
      known = new IndexedTopic();
      entries.set(topic, known);
    }
    return known;
  }
}
