// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Events to test with. */
public final class SampleEvents {
  static final EventTime AT = new EventTime(1_700_000_000_123L, -5);
  static final AgentState AGENT =
      new AgentState(
          "S0", Map.of("f1", "marathon", "f2", "kafka"), Map.of("f1/e1", "web \u00e4\ud83d\ude00"));
  static final Event.SourceOpened OPENED = new Event.SourceOpened(AT, 2, "tcp 127.0.0.1:40122");
  static final Event.HeaderSeen HEADER =
      new Event.HeaderSeen(AT, 2, "deflate", "{}", true, new byte[] {'O', 'b', 'j', 1, -1});

  private SampleEvents() {}

  static Event.Snapshot snapshot() {
    var ledger = new Ledger();
    var source = ledger.open("agent");
    ledger.receive(
        source,
        List.of(
            new Ledger.SourceEntry("metrics-web", LedgerTerm.HELD, 3, 300),
            new Ledger.SourceEntry("?", LedgerTerm.REJECTED_TOPIC, 1, Long.MAX_VALUE / 4)));
    return new Event.Snapshot(
        AT,
        "0.1.0",
        List.of("KAFKA=false", "AUTH_CREDENTIAL=********"),
        List.of(
            new Event.OpenSource(new Event.SourceOpened(AT, 1, "agent"), Optional.empty()),
            new Event.OpenSource(OPENED, Optional.of(HEADER))),
        Optional.of(AGENT),
        Optional.of(true),
        ledger.snapshot());
  }

  static Event.Snapshot emptySnapshot() {
    return new Event.Snapshot(
        AT, "", List.of(), List.of(), Optional.empty(), Optional.empty(), new Ledger().snapshot());
  }

  static Event.BlockReceived block(long id, int bytes) {
    byte[] stored = new byte[bytes];
    new Random(id).nextBytes(stored);
    return new Event.BlockReceived(AT, id, 2, 512, 7, stored);
  }

  /** Every event, every outcome, and every symbol of every enum; the ledger balances. */
  public static List<Event> everySymbol() {
    List<Event> events = new ArrayList<>();
    events.add(snapshotOfEveryTerm());
    events.addAll(all());
    List<RecordRange> ranges = List.of(new RecordRange(1, 0, 1));
    long message = 10;
    for (FlushTrigger trigger : FlushTrigger.values()) {
      message++;
      events.add(new Event.MessageMade(AT, message, "metrics-web", 1, 30, trigger, ranges));
    }
    for (Outcome.Reason reason : Outcome.Reason.values()) {
      var outcome = new Outcome.Undeliverable(reason, "because of " + reason);
      events.add(new Event.MessageSettled(AT, message, 1, List.of(), outcome));
      message--;
    }
    return events;
  }

  private static Event.Snapshot snapshotOfEveryTerm() {
    long[] records = new long[LedgerTerm.values().length];
    long[] bytes = new long[records.length];
    for (LedgerTerm term : LedgerTerm.values()) {
      if (!term.isIncome()) {
        records[term.ordinal()] = term.ordinal();
        bytes[term.ordinal()] = 100L * term.ordinal();
        records[LedgerTerm.RECEIVED.ordinal()] += term.ordinal();
        bytes[LedgerTerm.RECEIVED.ordinal()] += 100L * term.ordinal();
      }
    }
    records[LedgerTerm.RECOVERED.ordinal()] = 5;
    bytes[LedgerTerm.RECOVERED.ordinal()] = 500;
    records[LedgerTerm.RECEIVED.ordinal()] -= 5;
    bytes[LedgerTerm.RECEIVED.ordinal()] -= 500;
    Counts counts = Counts.of(records, bytes);
    var line = new LedgerSnapshot.Line("metrics-web", counts);
    return new Event.Snapshot(
        AT,
        "0.1.0",
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(false),
        new LedgerSnapshot(counts, List.of(line), List.of(line)));
  }

  /** One of each, and of each outcome. */
  static List<Event> all() {
    List<RecordRange> ranges =
        List.of(new RecordRange(1, 0, 4), new RecordRange(9_000_000_000L, 3, 1));
    return List.of(
        snapshot(),
        emptySnapshot(),
        OPENED,
        HEADER,
        new Event.SourceClosed(AT, 2, "truncated block", 1 << 20, 3, 12),
        block(1, 4000),
        block(2, 0),
        new Event.RecordsSorted(
            AT,
            1,
            List.of(
                new Event.Run("metrics-web", Optional.empty(), 4),
                new Event.Run(
                    "metrics-web", Optional.of(new Outcome.Throttled(Outcome.LimitScope.INPUT)), 2),
                new Event.Run("", Optional.of(new Outcome.Rejected()), 1))),
        new Event.AgentAsked(AT, "/state", "http://10.0.0.1:5051/state", 12_345_678, "HTTP 503"),
        new Event.AgentLearned(AT, AGENT),
        new Event.MessageMade(AT, 1, "metrics-web", 5, 1234, FlushTrigger.PERIOD, ranges),
        new Event.MessageSettled(
            AT, 1, 5, List.of(), new Outcome.Delivered(new Receipt(3, 4_000_000_000L))),
        new Event.MessageSettled(AT, 2, 1, ranges, new Outcome.DryRun()),
        new Event.MessageSettled(
            AT, 3, 1, List.of(), new Outcome.Throttled(Outcome.LimitScope.GLOBAL)),
        new Event.MessageSettled(
            AT, 4, 1, ranges, new Outcome.Undeliverable(Outcome.Reason.REFUSED, "no")),
        new Event.KafkaChanged(AT, false, "no broker answers"),
        new Event.Skipped(AT, 1, 2, 3),
        new Event.RecordsSorted(
            AT, 2, List.of(new Event.Run("metrics-web", Optional.of(new Outcome.Unknown("")), 7))),
        new Event.MessageSettled(AT, 5, 1, List.of(), new Outcome.Unknown("Expired")));
  }
}
