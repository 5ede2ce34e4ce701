// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is of each Kafka topic. Guarded by the recording's lock. */
public final class Topics {
  private static final int MAX_TOPICS = 20_000;

  private final Names names = new Names(MAX_TOPICS);
  private final List<@Nullable Entry> entries = new ArrayList<>();

  private static final class Entry {
    private final Tally tally = new Tally();
    private final RecentRate rate = new RecentRate();
    private long batching;
    private long batchingSinceMs;
    private long messages;
  }

  /** The names of topics, by their numbers. */
  public Names names() {
    return names;
  }

  void begin(LedgerSnapshot ledger) {
    for (LedgerSnapshot.Line line : ledger.topics()) {
      if (line.counts().records(Term.RECEIVED) + line.counts().records(Term.RECOVERED) > 0) {
        entry(names.number(line.name())).tally.addAll(line.counts());
      }
    }
  }

  /** Records that go into no message. */
  void leftOut(int topic, Term term, int records, long wallMs) {
    Entry entry = entry(topic);
    entry.tally.receive(records);
    entry.rate.add(wallMs, records);
    entry.tally.settle(term, records);
  }

  /** Records that go into a message. */
  void accepted(int topic, int records, long wallMs) {
    Entry entry = entry(topic);
    entry.tally.receive(records);
    entry.rate.add(wallMs, records);
    if (entry.batching == 0) {
      entry.batchingSinceMs = wallMs;
    }
    entry.batching += records;
  }

  void made(int topic, int records, long wallMs) {
    Entry entry = entry(topic);
    // Some may have come before anybody listened.
    entry.batching = Math.max(0, entry.batching - records);
    entry.batchingSinceMs = wallMs;
    entry.messages++;
  }

  /** Events are missing: the records in open batches are not known any more. */
  void lose() {
    for (Entry entry : entries) {
      if (entry != null) {
        entry.batching = 0;
      }
    }
  }

  void settled(int topic, Term term, int records) {
    entry(topic).tally.settle(term, records);
  }

  public List<CapturedTopic> rows(long nowMs) {
    List<CapturedTopic> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry != null) {
        rows.add(
            new CapturedTopic(
                names.text(i),
                entry.tally.toMap(),
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
      Entry entry = entries.get(i);
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

  private Entry entry(int topic) {
    while (entries.size() <= topic) {
      entries.add(null);
    }
    Entry known = entries.get(topic);
    if (known == null) {
      known = new Entry();
      entries.set(topic, known);
    }
    return known;
  }
}
