// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.ledger.Ledger.Posting;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final Source source = ledger.open("tcp 127.0.0.1:40122");

  @Test
  void isEmptyAtFirst() {
    LedgerSnapshot snapshot = new Ledger().snapshot();

    assertThat(snapshot.total().balances()).isTrue();
    assertThat(snapshot.sources()).isEmpty();
    assertThat(snapshot.topics()).isEmpty();
  }

  @Test
  void entersABlockBySourceAndByTopicWithItsVerdicts() {
    ledger.receive(
        source,
        List.of(
            new SourceEntry("metrics-a", LedgerTerm.HELD, 3, 300),
            new SourceEntry("metrics-b", LedgerTerm.THROTTLED_INPUT, 2, 20),
            new SourceEntry("..", LedgerTerm.REJECTED_TOPIC, 1, 7)));

    LedgerSnapshot snapshot = ledger.snapshot();
    for (Counts counts : List.of(snapshot.total(), sourceRow(snapshot, source.name()))) {
      assertThat(counts.records(LedgerTerm.RECEIVED)).isEqualTo(6);
      assertThat(counts.bytes(LedgerTerm.RECEIVED)).isEqualTo(327);
      assertThat(counts.records(LedgerTerm.HELD)).isEqualTo(3);
      assertThat(counts.bytes(LedgerTerm.HELD)).isEqualTo(300);
      assertThat(counts.records("throttled")).isEqualTo(2);
      assertThat(counts.bytes("throttled")).isEqualTo(20);
      assertThat(counts.records("rejected")).isEqualTo(1);
      assertThat(counts.bytes("rejected")).isEqualTo(7);
      assertThat(counts.balances()).isTrue();
    }
    assertThat(topicRow(snapshot, "metrics-a").records(LedgerTerm.HELD)).isEqualTo(3);
    assertThat(topicRow(snapshot, "metrics-b").records(LedgerTerm.THROTTLED_INPUT)).isEqualTo(2);
    assertThat(topicRow(snapshot, "..").records(LedgerTerm.REJECTED_TOPIC)).isEqualTo(1);
  }

  @Test
  void settlesWhatWasHeldInParts() {
    Account account = receive("metrics-a", 5, 50);

    ledger.settle(List.of(new Posting(account, 2, 20)), LedgerTerm.DELIVERED);
    ledger.settle(List.of(new Posting(account, 1, 10)), LedgerTerm.UNDELIVERABLE_TOO_LARGE);

    Counts topic = topicRow(ledger.snapshot(), "metrics-a");
    assertThat(topic.records(LedgerTerm.DELIVERED)).isEqualTo(2);
    assertThat(topic.bytes("undeliverable")).isEqualTo(10);
    assertThat(topic.records(LedgerTerm.HELD)).isEqualTo(2);
    assertThat(topic.bytes(LedgerTerm.HELD)).isEqualTo(20);
    assertThat(topic.balances()).isTrue();
    assertThat(ledger.total().balances()).isTrue();
  }

  @Test
  void aSnapshotDoesNotMoveAfterwards() {
    LedgerSnapshot before = ledger.snapshot();
    receive("metrics-a", 1, 1);

    assertThat(before.total().records(LedgerTerm.RECEIVED)).isZero();
    assertThat(before.topics()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RECEIVED", "RECOVERED", "HELD"})
  void refusesAnOutcomeThatWouldUnbalanceTheEquation(LedgerTerm outcome) {
    Account account = receive("metrics-a", 1, 1);

    assertThatThrownBy(() -> ledger.settle(List.of(new Posting(account, 1, 1)), outcome))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(outcome + " is no outcome");
    assertThat(ledger.total().balances()).isTrue();
    assertThat(ledger.total().records(LedgerTerm.HELD)).isEqualTo(1);
  }

  @Test
  void refusesEntriesThatCannotBe() {
    assertThatThrownBy(() -> new SourceEntry("t", LedgerTerm.RECEIVED, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RECEIVED is no verdict");
    assertThatThrownBy(() -> new SourceEntry("t", LedgerTerm.HELD, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("records and bytes must not be below 0, were -1 and 1");
    Account account = receive("t", 1, 1);
    assertThatThrownBy(() -> new Posting(account, 1, -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("records and bytes must not be below 0, were 1 and -2");
  }

  @Test
  void foldsTheTopicThatRestedLongestBeyondAThousand() {
    for (int i = 0; i < 1000; i++) {
      settleAll(receive("topic-" + i, 1, 10), 1, 10);
    }
    settleAll(receive("topic-0", 1, 10), 1, 10);
    assertThat(ledger.snapshot().topics()).hasSize(1000);

    receive("one-more", 1, 10);

    LedgerSnapshot snapshot = ledger.snapshot();
    assertThat(topicNames(snapshot))
        .hasSize(1001)
        .contains("topic-0", "one-more")
        .doesNotContain("topic-1")
        .endsWith("other");
    assertThat(topicRow(snapshot, "other").records(LedgerTerm.DELIVERED)).isEqualTo(1);
    assertThat(snapshot.topics()).allMatch(line -> line.counts().balances());
  }

  @Test
  void aTopicThatHoldsRecordsKeepsItsRow() {
    List<Account> held =
        IntStream.range(0, 1000).mapToObj(i -> receive("topic-" + i, 1, 10)).toList();

    Account late = receive("one-more", 2, 20);

    LedgerSnapshot full = ledger.snapshot();
    assertThat(topicNames(full)).contains("topic-0", "topic-999").doesNotContain("one-more");
    assertThat(topicRow(full, "other").records(LedgerTerm.HELD)).isEqualTo(2);

    held.forEach(account -> settleAll(account, 1, 10));
    settleAll(late, 2, 20);

    LedgerSnapshot settled = ledger.snapshot();
    assertThat(settled.total().records(LedgerTerm.HELD)).isZero();
    assertThat(settled.topics()).allMatch(line -> line.counts().balances());
    assertThat(topicRow(settled, "other").records(LedgerTerm.DELIVERED)).isEqualTo(2);
  }

  @Test
  void aTopicCalledOtherCountsAmongTheOthers() {
    receive("other", 3, 30);
    for (int i = 0; i < 1001; i++) {
      settleAll(receive("topic-" + i, 1, 10), 1, 10);
    }

    LedgerSnapshot snapshot = ledger.snapshot();
    assertThat(topicNames(snapshot)).doesNotHaveDuplicates();
    assertThat(topicRow(snapshot, "other").records(LedgerTerm.HELD)).isEqualTo(3);
    assertThat(topicRow(snapshot, "other").records(LedgerTerm.DELIVERED)).isEqualTo(1);
  }

  @Test
  void keepsOnlyTheBeginningOfATopicThatIsTooLongForKafka() {
    String legal = "x".repeat(249);
    ledger.receive(
        source,
        List.of(
            new SourceEntry(legal, LedgerTerm.HELD, 1, 1),
            new SourceEntry(legal + "y".repeat(3_000_000), LedgerTerm.REJECTED_TOPIC, 1, 1),
            new SourceEntry(legal + "z", LedgerTerm.REJECTED_TOPIC, 1, 1),
            new SourceEntry("x".repeat(248) + "\ud83d\ude00", LedgerTerm.REJECTED_TOPIC, 1, 1)));

    LedgerSnapshot snapshot = ledger.snapshot();
    assertThat(topicNames(snapshot)).containsExactly(legal, legal + "…", "x".repeat(248) + "…");
    assertThat(topicRow(snapshot, legal + "…").records(LedgerTerm.REJECTED_TOPIC)).isEqualTo(2);
  }

  @Test
  void foldsTheConnectionThatClosedFirstBeyondAThousandClosedOnes() {
    Account early = receive("metrics-a", 5, 50);
    ledger.close(source);
    for (int i = 0; i < 1000; i++) {
      ledger.close(ledger.open("tcp " + i));
    }

    LedgerSnapshot snapshot = ledger.snapshot();
    assertThat(sourceNames(snapshot))
        .hasSize(1001)
        .contains("tcp 0", "tcp 999")
        .doesNotContain(source.name())
        .endsWith("other");

    settleAll(early, 5, 50);

    Counts other = sourceRow(ledger.snapshot(), "other");
    assertThat(other.records(LedgerTerm.DELIVERED)).isEqualTo(5);
    assertThat(other.records(LedgerTerm.HELD)).isZero();
    assertThat(other.balances()).isTrue();
  }

  @Test
  void openConnectionsKeepTheirRowsHoweverManyTheyAre() {
    for (int i = 0; i < 1500; i++) {
      ledger.open("tcp " + i);
    }
    assertThat(ledger.snapshot().sources()).hasSize(1501);
  }

  @Test
  void closingASourceTwiceIsHarmless() {
    receive("metrics-a", 1, 1);
    ledger.close(source);
    ledger.close(source);

    assertThat(sourceNames(ledger.snapshot())).containsExactly(source.name());
  }

  @Test
  void whatAClosedSourceSentIsStillSettled() {
    Account account = receive("metrics-a", 1, 1);
    ledger.close(source);

    settleAll(account, 1, 1);

    Counts row = sourceRow(ledger.snapshot(), source.name());
    assertThat(row.records(LedgerTerm.DELIVERED)).isEqualTo(1);
    assertThat(row.records(LedgerTerm.HELD)).isZero();
  }

  private Account receive(String topic, int records, long bytes) {
    return ledger
        .receive(source, List.of(new SourceEntry(topic, LedgerTerm.HELD, records, bytes)))
        .getFirst();
  }

  private void settleAll(Account account, int records, long bytes) {
    ledger.settle(List.of(new Posting(account, records, bytes)), LedgerTerm.DELIVERED);
  }

  private static List<String> topicNames(LedgerSnapshot snapshot) {
    return snapshot.topics().stream().map(LedgerSnapshot.Line::name).toList();
  }

  private static List<String> sourceNames(LedgerSnapshot snapshot) {
    return snapshot.sources().stream().map(LedgerSnapshot.Line::name).toList();
  }

  private static Counts topicRow(LedgerSnapshot snapshot, String name) {
    return row(snapshot.topics(), name);
  }

  private static Counts sourceRow(LedgerSnapshot snapshot, String name) {
    return row(snapshot.sources(), name);
  }

  private static Counts row(List<LedgerSnapshot.Line> lines, String name) {
    return lines.stream()
        .filter(line -> line.name().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no row " + name))
        .counts();
  }
}
