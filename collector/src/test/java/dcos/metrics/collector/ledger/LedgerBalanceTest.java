// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.ledger.Ledger.Posting;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random use of a ledger: the equation holds whenever one looks. */
@Timeout(120)
class LedgerBalanceTest {
  private static final List<LedgerTerm> VERDICTS =
      List.of(
          LedgerTerm.HELD,
          LedgerTerm.HELD,
          LedgerTerm.HELD,
          LedgerTerm.THROTTLED_INPUT,
          LedgerTerm.REJECTED_TOPIC);
  private static final List<LedgerTerm> OUTCOMES =
      List.of(
          LedgerTerm.DELIVERED,
          LedgerTerm.DRY_RUN,
          LedgerTerm.THROTTLED_GLOBAL,
          LedgerTerm.UNDELIVERABLE_TOO_LARGE,
          LedgerTerm.UNDELIVERABLE_SHUTDOWN);

  private final Ledger ledger = new Ledger();

  @ParameterizedTest
  @ValueSource(ints = {1, 700, 1000, 1001, 5000})
  void agreesWithASimpleModelWhateverIsDone(int topics) {
    var random = new Random(topics);
    var sender = new Sender(random, topics);
    for (int step = 0; step < 20_000; step++) {
      sender.step();
      if (step % 500 == 0) {
        assertBalanced(ledger.snapshot());
      }
    }
    LedgerSnapshot snapshot = ledger.snapshot();
    assertBalanced(snapshot);
    for (LedgerTerm term : LedgerTerm.values()) {
      assertThat(snapshot.total().records(term))
          .as("records %s", term)
          .isEqualTo(sender.records.getOrDefault(term, 0L));
      assertThat(snapshot.total().bytes(term))
          .as("bytes %s", term)
          .isEqualTo(sender.bytes.getOrDefault(term, 0L));
    }

    sender.settleEverything();

    LedgerSnapshot drained = ledger.snapshot();
    assertBalanced(drained);
    assertThat(drained.total().records(LedgerTerm.HELD)).isZero();
    assertThat(drained.topics()).allMatch(line -> line.counts().bytes(LedgerTerm.HELD) == 0);
    assertThat(drained.sources()).allMatch(line -> line.counts().bytes(LedgerTerm.HELD) == 0);
  }

  @Test
  void balancesInEverySnapshotWhileManyThreadsPost() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        var sender = new Sender(new Random(seed), 1500);
        senders.add(
            threads.submit(
                () -> {
                  for (int step = 0; step < 10_000; step++) {
                    sender.step();
                  }
                  sender.settleEverything();
                }));
      }
      int looks = 0;
      while (looks < 50 || !senders.stream().allMatch(Future::isDone)) {
        assertBalanced(ledger.snapshot());
        assertThat(ledger.total().balances()).isTrue();
        looks++;
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
    LedgerSnapshot last = ledger.snapshot();
    assertBalanced(last);
    assertThat(last.total().records(LedgerTerm.HELD)).isZero();
  }

  private static void assertBalanced(LedgerSnapshot snapshot) {
    assertThat(snapshot.total().balances()).isTrue();
    assertThat(snapshot.topics()).hasSizeLessThanOrEqualTo(1001);
    for (List<LedgerSnapshot.Line> lines : List.of(snapshot.sources(), snapshot.topics())) {
      assertThat(lines).allMatch(line -> line.counts().balances());
      assertThat(lines).allMatch(line -> line.counts().records(LedgerTerm.HELD) >= 0);
      for (LedgerTerm term : LedgerTerm.values()) {
        assertThat(sum(lines, counts -> counts.records(term)))
            .as("records %s", term)
            .isEqualTo(snapshot.total().records(term));
        assertThat(sum(lines, counts -> counts.bytes(term)))
            .as("bytes %s", term)
            .isEqualTo(snapshot.total().bytes(term));
      }
    }
  }

  private static long sum(List<LedgerSnapshot.Line> lines, ToLongFunction<Counts> selfMetric) {
    return lines.stream().map(LedgerSnapshot.Line::counts).mapToLong(selfMetric).sum();
  }

  /** Opens and closes sources, sends blocks and settles parts of them, in no order; one thread. */
  private final class Sender {
    private final Random random;
    private final int topics;
    private final Map<LedgerTerm, Long> records = new EnumMap<>(LedgerTerm.class);
    private final Map<LedgerTerm, Long> bytes = new EnumMap<>(LedgerTerm.class);
    private final List<Posting> held = new ArrayList<>();
    private Source source = ledger.open("first");

    private Sender(Random random, int topics) {
      this.random = random;
      this.topics = topics;
    }

    private void step() {
      int choice = random.nextInt(10);
      if (choice == 0) {
        ledger.close(source);
        source = ledger.open("tcp " + random.nextInt());
      } else if (choice < 5 || held.isEmpty()) {
        receive();
      } else {
        settle(OUTCOMES.get(random.nextInt(OUTCOMES.size())));
      }
    }

    private void receive() {
      List<SourceEntry> entries = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        LedgerTerm verdict = VERDICTS.get(random.nextInt(VERDICTS.size()));
        String topic = "topic-" + random.nextInt(topics);
        entries.add(new SourceEntry(topic, verdict, random.nextInt(1, 50), random.nextInt(5000)));
      }
      List<Account> accounts = ledger.receive(source, entries);
      for (int i = 0; i < entries.size(); i++) {
        SourceEntry entry = entries.get(i);
        add(LedgerTerm.RECEIVED, entry.records(), entry.bytes());
        add(entry.verdict(), entry.records(), entry.bytes());
        if (entry.verdict() == LedgerTerm.HELD) {
          held.add(new Posting(accounts.get(i), entry.records(), entry.bytes()));
        }
      }
    }

    private void settle(LedgerTerm outcome) {
      List<Posting> postings = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0 && !held.isEmpty(); i--) {
        Posting whole = held.remove(random.nextInt(held.size()));
        int part = random.nextInt(whole.records() + 1);
        if (part == whole.records()) {
          postings.add(whole);
        } else {
          long partBytes = random.nextLong(whole.bytes() + 1);
          postings.add(new Posting(whole.account(), part, partBytes));
          held.add(new Posting(whole.account(), whole.records() - part, whole.bytes() - partBytes));
        }
      }
      for (Posting posting : postings) {
        add(LedgerTerm.HELD, -posting.records(), -posting.bytes());
        add(outcome, posting.records(), posting.bytes());
      }
      ledger.settle(postings, outcome);
    }

    private void settleEverything() {
      ledger.settle(held, LedgerTerm.DELIVERED);
      held.clear();
    }

    private void add(LedgerTerm term, long moreRecords, long moreBytes) {
      records.merge(term, moreRecords, Long::sum);
      bytes.merge(term, moreBytes, Long::sum);
    }
  }
}
