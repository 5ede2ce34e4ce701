// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.Posting;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicGaugesTest {
  private final Ledger ledger = new Ledger();
  private final Source source = ledger.open("tcp 127.0.0.1:1");
  private final TopicGauges gauges = new TopicGauges();

  @Test
  void reportsWhatAPeriodAddedAndWhatIsHeldNow() {
    Account account = receive("metrics-a", 5, 50);
    ledger.settle(List.of(new Posting(account, 3, 30)), LedgerTerm.DELIVERED);
    assertThat(period())
        .containsOnly(
            entry("topic_sorter.topics.metrics-a.received_records", 5L),
            entry("topic_sorter.topics.metrics-a.received_bytes", 50L),
            entry("topic_sorter.topics.metrics-a.held_records", 2L),
            entry("topic_sorter.topics.metrics-a.held_bytes", 20L),
            entry("kafka_output.topics.metrics-a.delivered_records", 3L),
            entry("kafka_output.topics.metrics-a.delivered_bytes", 30L));

    receive("metrics-a", 4, 41);

    assertThat(period())
        .containsOnly(
            entry("topic_sorter.topics.metrics-a.received_records", 4L),
            entry("topic_sorter.topics.metrics-a.received_bytes", 41L),
            entry("topic_sorter.topics.metrics-a.held_records", 6L),
            entry("topic_sorter.topics.metrics-a.held_bytes", 61L),
            entry("kafka_output.topics.metrics-a.delivered_records", 0L),
            entry("kafka_output.topics.metrics-a.delivered_bytes", 0L));
  }

  @Test
  void reportsZeroOnceAndThenNoMore() {
    deliver(receive("metrics-a", 1, 1), 1, 1);
    assertThat(period()).isNotEmpty();
    assertThat(period().values()).isNotEmpty().containsOnly(0L);
    assertThat(period()).isEmpty();
  }

  @Test
  void keepsSeparatorsOfStatsdOutOfNames() {
    receive("a.b:c|d@e#f\ng_ä-Z9", 1, 1);

    assertThat(period())
        .containsEntry("topic_sorter.topics.a_b_c_d_e_f_g__-Z9.received_records", 1L);
  }

  @Test
  void sumsTopicsThatOnlyDifferInWhatANameCannotHold() {
    receive("a.b", 1, 10);
    receive("a_b", 2, 20);

    assertThat(period()).containsEntry("topic_sorter.topics.a_b.received_records", 3L);
  }

  @Test
  void otherIsToldOnlyWhatThePeriodAddedWhenATopicWithAPastIsFolded() {
    deliver(receive("old", 1_000_000, 1), 1_000_000, 1);
    for (int i = 0; i < 999; i++) {
      deliver(receive("topic-" + i, 1, 1), 1, 1);
    }
    period();

    deliver(receive("new", 7, 7), 7, 7);

    Map<String, Long> period = period();
    assertThat(period)
        .containsEntry("topic_sorter.topics.new.received_records", 7L)
        .containsEntry("topic_sorter.topics.old.received_records", 0L)
        .doesNotContainKey("topic_sorter.topics.other.received_records");
  }

  @Test
  void reportsTopicsWithoutARowAsOther() {
    for (int i = 0; i < 1000; i++) {
      receive("topic-" + i, 1, 1);
    }
    receive("late-1", 3, 30);
    receive("late-2", 4, 40);

    assertThat(period())
        .containsEntry("topic_sorter.topics.other.received_records", 7L)
        .containsEntry("topic_sorter.topics.other.held_bytes", 70L);
  }

  @Test
  void neverTellsOfMoreTopicsThanThereAreRowsHoweverOftenTheyChange() {
    for (int period = 0; period < 3; period++) {
      for (int i = 0; i < 1000; i++) {
        deliver(receive("p" + period + "-" + i, 1, 1), 1, 1);
      }
      assertThat(topics(period())).hasSizeBetween(1000, 1001);
    }
    Set<String> zeroed = new HashSet<>();
    for (Map<String, Long> zeroes = period(); !zeroes.isEmpty(); zeroes = period()) {
      assertThat(zeroes.values()).containsOnly(0L);
      assertThat(topics(zeroes)).hasSizeLessThanOrEqualTo(1001);
      zeroed.addAll(topics(zeroes));
    }
    assertThat(zeroed).contains("p2-0", "p2-999").hasSizeGreaterThan(1001);
  }

  private static Set<String> topics(Map<String, Long> period) {
    return period.keySet().stream().map(name -> name.split("\\.", -1)[2]).collect(toSet());
  }

  @Test
  void aTopicThatWasFoldedAndIsBackIsToldItsNewRecordsOnly() {
    deliver(receive("old", 100, 1), 100, 1);
    period();
    for (int i = 0; i < 1000; i++) {
      deliver(receive("topic-" + i, 1, 1), 1, 1);
    }
    receive("old", 2, 2);

    assertThat(period()).containsEntry("topic_sorter.topics.old.received_records", 2L);
  }

  private Map<String, Long> period() {
    return gauges.of(ledger.snapshot());
  }

  private Account receive(String topic, int records, long bytes) {
    return ledger
        .receive(source, List.of(new SourceEntry(topic, LedgerTerm.HELD, records, bytes)))
        .getFirst();
  }

  private void deliver(Account account, int records, long bytes) {
    ledger.settle(List.of(new Posting(account, records, bytes)), LedgerTerm.DELIVERED);
  }
}
