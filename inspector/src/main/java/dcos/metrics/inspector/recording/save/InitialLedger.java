// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.save;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.recording.index.LedgerTermCounts;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ledger as it was before all that is kept of a recording happened: what that adds to it is
 * taken from what there is now. Bytes are not counted here. With the recording's lock held.
 */
final class InitialLedger {
  private final RecordingIndex recordingIndex;
  private final LedgerTermCounts kept = new LedgerTermCounts();
  private final Map<String, LedgerTermCounts> keptByTopic = new HashMap<>();

  private InitialLedger(RecordingIndex recordingIndex) {
    this.recordingIndex = recordingIndex;
  }

  static LedgerSnapshot of(RecordingIndex recordingIndex) {
    return new InitialLedger(recordingIndex).ledger();
  }

  private LedgerSnapshot ledger() {
    LedgerTotals now = recordingIndex.ledger();
    kept.receive(
        recordingIndex.index().nextRecord()
            - recordingIndex.index().firstRecord()
            + now.skippedRecords());
    recordingIndex.index().forEachDecision(this::sorted);
    for (long i = recordingIndex.deliveries().first();
        i < recordingIndex.deliveries().count();
        i++) {
      settled(i);
    }
    List<LedgerSnapshot.Line> topics = new ArrayList<>();
    for (CapturedTopic topic : recordingIndex.topics().rows(0)) {
      LedgerTermCounts part = keptByTopic.getOrDefault(topic.name(), new LedgerTermCounts());
      topics.add(new LedgerSnapshot.Line(topic.name(), difference(topic.records(), part)));
    }
    return new LedgerSnapshot(difference(now.records(), kept), List.of(), topics);
  }

  private void sorted(int topic, LedgerTerm term, int records) {
    if (term == LedgerTerm.HELD) {
      ofTopic(topic).receive(records);
      return;
    }
    kept.settle(term, records);
    if (topic >= 0 && term != LedgerTerm.REJECTED_TOPIC) {
      ofTopic(topic).receive(records);
      ofTopic(topic).settle(term, records);
    }
  }

  private void settled(long delivery) {
    CapturedDelivery row = recordingIndex.deliveries().row(delivery);
    for (Event.MessageSettled settled : recordingIndex.deliveries().settled(delivery)) {
      if (row != null) {
        LedgerTerm term = settled.outcome().term();
        kept.settle(term, settled.records());
        keptByTopic
            .computeIfAbsent(row.topic(), _ -> new LedgerTermCounts())
            .settle(term, settled.records());
      }
    }
  }

  private LedgerTermCounts ofTopic(int topic) {
    return keptByTopic.computeIfAbsent(
        recordingIndex.topics().names().text(topic), _ -> new LedgerTermCounts());
  }

  private static Counts difference(Map<LedgerTerm, Long> now, LedgerTermCounts part) {
    LedgerTerm[] terms = LedgerTerm.values();
    long[] records = new long[terms.length];
    for (LedgerTerm term : terms) {
      records[term.ordinal()] = now.getOrDefault(term, 0L) - part.records(term);
    }
    return Counts.of(records, new long[terms.length]);
  }
}
