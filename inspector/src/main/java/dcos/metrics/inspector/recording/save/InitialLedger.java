// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.save;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.book.Book;
import dcos.metrics.inspector.model.book.Tally;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedTopic;
import dcos.metrics.inspector.model.captured.LedgerCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger as it was before all that is kept of a recording happened: what that adds to it is
 * taken from what there is now. Bytes are not counted here. With the recording's lock held.
 */
final class LedgerBefore {
  private final Book book;
  private final Tally kept = new Tally();
  private final Map<String, Tally> keptByTopic = new HashMap<>();

  private LedgerBefore(Book book) {
    this.book = book;
  }

  static LedgerSnapshot of(Book book) {
    return new LedgerBefore(book).ledger();
  }

  private LedgerSnapshot ledger() {
    LedgerCount now = book.ledger();
    kept.receive(book.index().nextRecord() - book.index().firstRecord() + now.skippedRecords());
    book.index().forEachRun(this::sorted);
    for (long i = book.deliveries().first(); i < book.deliveries().count(); i++) {
      settled(i);
    }
    List<LedgerSnapshot.Line> topics = new ArrayList<>();
    for (CapturedTopic topic : book.topics().rows(0)) {
      Tally part = keptByTopic.getOrDefault(topic.name(), new Tally());
      topics.add(new LedgerSnapshot.Line(topic.name(), difference(topic.records(), part)));
    }
    return new LedgerSnapshot(difference(now.records(), kept), List.of(), topics);
  }

  private void sorted(int topic, Term term, int records) {
    if (term == Term.HELD) {
      ofTopic(topic).receive(records);
      return;
    }
    kept.settle(term, records);
    if (topic >= 0 && term != Term.REJECTED_TOPIC) {
      ofTopic(topic).receive(records);
      ofTopic(topic).settle(term, records);
    }
  }

  private void settled(long delivery) {
    CapturedDelivery row = book.deliveries().row(delivery);
    for (Event.MessageSettled settled : book.deliveries().settled(delivery)) {
      if (row != null) {
        Term term = settled.outcome().term();
        kept.settle(term, settled.records());
        keptByTopic.computeIfAbsent(row.topic(), _ -> new Tally()).settle(term, settled.records());
      }
    }
  }

  private Tally ofTopic(int topic) {
    return keptByTopic.computeIfAbsent(book.topics().names().text(topic), _ -> new Tally());
  }

  private static Counts difference(Map<Term, Long> now, Tally part) {
    Term[] terms = Term.values();
    long[] records = new long[terms.length];
    for (Term term : terms) {
      records[term.ordinal()] = now.getOrDefault(term, 0L) - part.records(term);
    }
    return Counts.of(records, new long[terms.length]);
  }
}
