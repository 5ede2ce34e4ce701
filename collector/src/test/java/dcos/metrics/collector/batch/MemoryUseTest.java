// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_PERIOD_MS;
import static dcos.metrics.collector.settings.Options.KAFKA_TOPIC_PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Snapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How much of the memory limit records fill before reading stops, however they were sent. */
@Timeout(60)
class MemoryUseTest {
  private static final long LIMIT = 16 << 20;
  private static final int RECORD_BYTES = 200;
  private static final Duration PERIOD = Duration.ofSeconds(15);

  private final FakeClock clock = new FakeClock();
  private final Ledger ledger = new Ledger();
  private final MemoryBudget records = new MemoryBudget(LIMIT, this::fullOnce);
  private final MemoryBudget overhead = new MemoryBudget(LIMIT / 8, this::fullOnce);
  private final EventTap tap = new EventTap();
  private final HeldMessages held = new HeldMessages();
  private final TopicBatches batches =
      new TopicBatches(
          TestSettings.defaults()
              .with(KAFKA_TOPIC_PREFIX, "")
              .withValue(KAFKA_PRODUCE_PERIOD_MS, PERIOD)
              .build()
              .batching(),
          ledger,
          records,
          overhead,
          held,
          tap,
          clock);
  private final List<Source> sources = new ArrayList<>(List.of(ledger.open("tcp 127.0.0.1:1")));

  // What to do when a charge begins to wait; it must free memory.
  private Runnable onFull = this::flushAndRelease;
  private double fullAt = -1;
  private long sent;

  @ParameterizedTest
  @MethodSource("blocksAndTopics")
  void fillsFourFifthsOfTheLimitBeforeReadingStops(int perBlock, int topics)
      throws InterruptedException {
    sendUntilFull(perBlock, topics);

    assertThat(fullAt).isGreaterThanOrEqualTo(0.8);
    endsWithEveryBudgetAtZero();
  }

  @ParameterizedTest
  @MethodSource("blocksAndTopics")
  void fillsFourFifthsOfTheLimitWhileAListenerIsAttached(int perBlock, int topics)
      throws Exception {
    try (AutoCloseable _ = tap.listen(_ -> {}, () -> Snapshots.of(ledger))) {
      sendUntilFull(perBlock, topics);
    }

    assertThat(fullAt).isGreaterThanOrEqualTo(0.8);
    endsWithEveryBudgetAtZero();
  }

  @Test
  void fillsFourFifthsOfTheLimitFromManyConnectionsInTurn() throws InterruptedException {
    for (int i = 2; i <= 100; i++) {
      sources.add(ledger.open("tcp 127.0.0.1:" + i));
    }

    sendUntilFull(1, 5);

    assertThat(fullAt).isGreaterThanOrEqualTo(0.8);
    endsWithEveryBudgetAtZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 5", "50, 50"})
  void staysFullWhileOneMessageAfterAnotherLeaves(int perBlock, int topics)
      throws InterruptedException {
    List<Double> filled = new ArrayList<>();
    onFull =
        () -> {
          filled.add(heldShare());
          if (held.messages.isEmpty()) {
            batches.flushAll();
          }
          settleOne();
        };

    List<RecordBlock> blocks = blocks(perBlock, topics);
    for (int i = 0; sent < 3 * LIMIT; i++) {
      send(blocks.get(i % blocks.size()));
    }

    assertThat(filled).hasSizeGreaterThan(100).allMatch(share -> share >= 0.8);
    endsWithEveryBudgetAtZero();
  }

  private void sendUntilFull(int perBlock, int topics) throws InterruptedException {
    List<RecordBlock> blocks = blocks(perBlock, topics);
    for (int i = 0; fullAt < 0; i++) {
      send(blocks.get(i % blocks.size()));
    }
  }

  private void send(RecordBlock block) throws InterruptedException {
    Reservation reservation = records.reserve(BlockSink.reservationFor(block.bytes().length));
    Source source = sources.get((int) (sent / RECORD_BYTES % sources.size()));
    batches.accept(source, 1, block, reservation, RateLimit.unlimited());
    sent += block.length();
  }

  /** Records per block, and topics. */
  private static List<Arguments> blocksAndTopics() {
    List<Arguments> all = new ArrayList<>();
    for (int perBlock : new int[] {1, 5, 50, 5000}) {
      for (int topics : new int[] {1, 5, 50}) {
        all.add(Arguments.of(perBlock, topics));
      }
    }
    return all;
  }

  private void fullOnce() {
    onFull.run();
  }

  private void flushAndRelease() {
    if (fullAt < 0) {
      fullAt = heldShare();
    }
    batches.flushAll();
    settleAll();
  }

  private void settleOne() {
    Message message = held.messages.remove();
    ledger.settle(message.postings(), LedgerTerm.DELIVERED);
    message.release();
  }

  private void settleAll() {
    while (!held.messages.isEmpty()) {
      settleOne();
    }
  }

  private double heldShare() {
    return (double) ledger.total().bytes(LedgerTerm.HELD) / LIMIT;
  }

  private void endsWithEveryBudgetAtZero() {
    batches.flushAll();
    settleAll();
    clock.advance(PERIOD);
    batches.flushDue();

    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
    assertThat(ledger.total().records(LedgerTerm.HELD)).isZero();
    assertThat(ledger.total().records(LedgerTerm.DELIVERED))
        .isEqualTo(ledger.total().records(LedgerTerm.RECEIVED));
  }

  /** As many blocks as it takes until they repeat, with one topic after the other. */
  private static List<RecordBlock> blocks(int perBlock, int topics) {
    List<RecordBlock> blocks = new ArrayList<>();
    for (int b = 0; b < topics; b++) {
      MetricList[] lists = new MetricList[perBlock];
      for (int i = 0; i < perBlock; i++) {
        lists[i] = record("topic-" + (b * perBlock + i) % topics);
      }
      blocks.add(Records.block(lists));
    }
    return blocks;
  }

  private static MetricList record(String topic) {
    int padding = RECORD_BYTES - Records.block(padded(topic, 100)).length() + 100;
    MetricList record = padded(topic, padding);
    assertThat(Records.block(record).length()).isEqualTo(RECORD_BYTES);
    return record;
  }

  private static MetricList padded(String topic, int padding) {
    return new MetricList(
        topic,
        List.of(new Tag("padding", "x".repeat(padding))),
        List.of(new Datapoint("figure", 1L, 1.0)));
  }
}
