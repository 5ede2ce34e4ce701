// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_COUNT;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_KBYTES;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_PERIOD_MS;
import static dcos.metrics.collector.settings.Options.KAFKA_TOPIC_PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Snapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is reserved from the budgets at each step of a block, and that all of it comes back. */
@Timeout(60)
class ReservationsTest {
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final RecordBlock LARGE =
      Records.block(Records.many("a", 20, 20).toArray(MetricList[]::new));
  private static final RecordBlock SMALL = Records.block(Records.of("a"), Records.of("a"));

  private final FakeClock clock = new FakeClock();
  private final Ledger ledger = new Ledger();
  private final Source source = ledger.open("tcp 127.0.0.1:1");
  private final MemoryBudget records = new MemoryBudget(1 << 20, () -> {});
  private final MemoryBudget overhead = new MemoryBudget(4096, this::overheadExhausted);
  private final EventTap tap = new EventTap();
  private final HeldMessages held = new HeldMessages();
  private final List<Long> usedAtWaits = new ArrayList<>();
  private final List<MetricList> left = new ArrayList<>();
  private TopicBatches batches = batches(100);
  private int waits;
  // What to do when a charge begins to wait for pieces.
  private Runnable onWait = () -> {};

  @Test
  void shrinksTheChargeOfABlockThatIsPassedOnToItsArray() throws InterruptedException {
    accept(LARGE, 100_000);

    assertThat(records.usedBytes()).isEqualTo(BlockSink.reservationFor(LARGE.bytes().length));
    endsAtZero();
  }

  @Test
  void keepsTheChargeOfABlockUntilItsLastMessageIsReleased() throws InterruptedException {
    batches = batches(10);
    accept(LARGE, 100_000);
    assertThat(held.messages).hasSize(2);

    release(1);
    assertThat(records.usedBytes()).isEqualTo(BlockSink.reservationFor(LARGE.bytes().length));
    release(1);
    assertThat(records.usedBytes()).isZero();
    endsAtZero();
  }

  @Test
  void keepsOfASmallBlockOnlyWhatItsRecordsTake() throws InterruptedException {
    accept(SMALL, 100_000);

    assertThat(records.usedBytes()).isEqualTo(SMALL.length());
    endsAtZero();
  }

  @Test
  void keepsOfASortedBlockOnlyWhatItsRecordsTake() throws InterruptedException {
    RecordBlock block = mixed();

    accept(block, 100_000);

    // The array of many records is exact, that of a few has no room yet.
    assertThat(records.usedBytes()).isEqualTo(block.length());
    endsAtZero();
  }

  @Test
  void holdsNoMoreThanTheRecordsOfASortedBlockWhileItWaitsForOverhead()
      throws InterruptedException {
    Reservation all = overhead.reserve(overhead.limitBytes());
    onWait = all::close;
    RecordBlock block = mixed();

    acceptWhileOthersWait(block);

    assertThat(usedAtWaits).containsExactly((long) block.length());
    endsAtZero();
  }

  @Test
  void holdsNoMoreThanTheArrayOfASmallBlockWhileItWaitsForOverhead() throws InterruptedException {
    Reservation all = overhead.reserve(overhead.limitBytes());
    onWait = all::close;

    acceptWhileOthersWait(SMALL);

    assertThat(usedAtWaits).containsExactly(BlockSink.reservationFor(SMALL.bytes().length));
    endsAtZero();
  }

  @Test
  void makesMoreMessagesOfABlockThanThereIsOverheadFor() throws InterruptedException {
    batches = batches(1);
    onWait = this::releaseAll;

    acceptWhileOthersWait(Records.block(Records.many("a", 50, 1).toArray(MetricList[]::new)));
    acceptWhileOthersWait(LARGE);

    assertThat(waits).isPositive();
    endsAtZero();
    assertThat(left).hasSize(70);
  }

  @Test
  void keepsNoOverheadInReserveWhileItWaits() throws InterruptedException {
    batches = batches(1);
    List<Long> inUse = new ArrayList<>();
    onWait =
        () -> {
          long ofMessages =
              held.messages.stream()
                  .mapToLong(m -> m.reservation() == null ? 0 : m.reservation().bytes())
                  .sum();
          inUse.add(
              overhead.usedBytes()
                  - ofMessages
                  - held.messages.size() * (long) RecordBuffer.HELD_BYTES
                  - TopicBatches.TOPIC_BYTES);
          // Enough for the wait to end, but not for the records that follow.
          release(3);
        };

    acceptWhileOthersWait(Records.block(Records.many("a", 50, 1).toArray(MetricList[]::new)));

    assertThat(inUse).hasSizeGreaterThan(2).allMatch(bytes -> bytes == 0);
    endsAtZero();
  }

  @Test
  void opensATopicAgainThatWasRemovedWhileItsRecordsWaitedForOverhead()
      throws InterruptedException {
    Reservation rest = overhead.reserve(overhead.limitBytes() - TopicBatches.TOPIC_BYTES);
    onWait =
        () -> {
          clock.advance(PERIOD);
          batches.flushDue();
          rest.close();
        };

    acceptWhileOthersWait(SMALL);

    assertThat(waits).isEqualTo(1);
    endsAtZero();
    assertThat(left).hasSize(2);
  }

  @Test
  void takesFreeMemoryOfRecordsBeforeItWaitsForOverhead() throws InterruptedException {
    Reservation all = overhead.reserve(overhead.limitBytes());

    accept(mixed(), 100_000);

    assertThat(waits).isZero();
    assertThat(records.usedBytes())
        .isEqualTo(
            mixed().length()
                + 2L * (TopicBatches.TOPIC_BYTES + TopicBatch.MESSAGE_BYTES)
                + BlockSink.OVERHEAD_BYTES
                + RecordBuffer.HELD_BYTES);
    all.close();
    endsAtZero();
  }

  @Test
  void chargesWhichRecordsOfABlockATopicHasWhileAListenerIsAttached() throws Exception {
    try (AutoCloseable _ = tap.listen(_ -> {}, () -> Snapshots.of(ledger))) {
      accept(mixed(), 100_000);
    }

    int many = 20;
    long ranges = 16L * (2 + 4);
    assertThat(overhead.usedBytes())
        .isEqualTo(
            2L * (TopicBatches.TOPIC_BYTES + TopicBatch.MESSAGE_BYTES)
                + BlockSink.OVERHEAD_BYTES
                + 4L * many
                + RecordBuffer.HELD_BYTES
                + ranges);
    endsAtZero();
  }

  @Test
  void keepsTheOrderOfLargeAndSmallBlocks() throws InterruptedException {
    List<MetricList> sent = new ArrayList<>();
    for (RecordBlock block : List.of(SMALL, LARGE, SMALL, SMALL, LARGE, LARGE, SMALL)) {
      sent.addAll(MetricListCodec.decode(block));
      accept(block, 100_000);
    }

    endsAtZero();
    assertThat(left).isEqualTo(sent);
  }

  /** Many records of one topic and two of another, each between others of the first. */
  private static RecordBlock mixed() {
    List<MetricList> lists = new ArrayList<>(Records.many("a", 20, 20));
    lists.add(5, Records.of("b"));
    lists.add(10, Records.of("b"));
    return Records.block(lists.toArray(MetricList[]::new));
  }

  private void accept(RecordBlock block, long reserved) throws InterruptedException {
    batches.accept(source, 1, block, records.reserve(reserved), RateLimit.unlimited());
  }

  /** While another thread waits for the whole budget of records, so that nothing of it is free. */
  private void acceptWhileOthersWait(RecordBlock block) throws InterruptedException {
    Reservation reservation = records.reserve(100_000);
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    records.reserve(records.limitBytes()).close();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    while (!records.isContended()) {
      Thread.onSpinWait();
    }
    batches.accept(source, 1, block, reservation, RateLimit.unlimited());
    other.interrupt();
    other.join();
  }

  private void overheadExhausted() {
    waits++;
    usedAtWaits.add(records.usedBytes());
    onWait.run();
  }

  private void releaseAll() {
    release(held.messages.size());
  }

  /** Releases the oldest messages. */
  private void release(int count) {
    for (int i = 0; i < count; i++) {
      Message message = held.messages.remove();
      message.slices().forEach(slice -> left.addAll(MetricListCodec.decode(slice.records())));
      message.release();
    }
  }

  private void endsAtZero() {
    batches.flushAll();
    releaseAll();
    clock.advance(PERIOD);
    batches.flushDue();
    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
  }

  private TopicBatches batches(int maxRecords) {
    return new TopicBatches(
        TestSettings.defaults()
            .with(KAFKA_TOPIC_PREFIX, "")
            .with(KAFKA_PRODUCE_COUNT, maxRecords)
            .with(KAFKA_PRODUCE_KBYTES, 1024)
            .withValue(KAFKA_PRODUCE_PERIOD_MS, PERIOD)
            .build()
            .batching(),
        ledger,
        records,
        overhead,
        held,
        tap,
        clock);
  }
}
