// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_COUNT;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_KBYTES;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_PERIOD_MS;
import static dcos.metrics.collector.settings.Options.KAFKA_SINGLE_TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageSink;
import dcos.metrics.collector.message.RecordSlice;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.collector.testing.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicBatchesTest {
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final int RECORD = length(Records.of("a"));

  private final FakeClock clock = new FakeClock();
  private final Ledger ledger = new Ledger();
  private final Source source = ledger.open("tcp 127.0.0.1:1");
  private final MemoryBudget records = new MemoryBudget(1 << 20, () -> {});
  private final MemoryBudget overhead = new MemoryBudget(1 << 19, () -> {});
  private final RecordingOutlet messageSink = new RecordingOutlet();

  @Test
  void makesAMessageWhenThereAreEnoughRecords() throws InterruptedException {
    TopicBatches batches = batches(3, 1 << 20);

    accept(batches, Records.of("a"), Records.of("a"));
    assertThat(messageSink.messages).isEmpty();
    accept(batches, Records.of("a"), Records.of("a"));

    assertThat(messageSink.said()).containsExactly("metrics-a 3 COUNT");
    batches.flushAll();
    assertThat(messageSink.said()).containsExactly("metrics-a 3 COUNT", "metrics-a 1 SHUTDOWN");
  }

  @Test
  void cutsABlockIntoAsManyMessagesAsItTakes() throws InterruptedException {
    TopicBatches batches = batches(2, 1 << 20);

    accept(batches, Records.many("a", 5, 3).toArray(MetricList[]::new));
    batches.flushAll();

    assertThat(messageSink.said())
        .containsExactly("metrics-a 2 COUNT", "metrics-a 2 COUNT", "metrics-a 1 SHUTDOWN");
    assertThat(messageSink.records()).isEqualTo(Records.many("a", 5, 3));
  }

  @Test
  void beginsTheNextMessageWithTheRecordThatWouldOverflowTheSize() throws InterruptedException {
    TopicBatches batches = batches(100, 2 * RECORD + 1);

    accept(batches, Records.of("a"), Records.of("a"), Records.of("a"));

    assertThat(messageSink.said()).containsExactly("metrics-a 2 SIZE");
    assertThat(messageSink.messages.getFirst().bytes()).isEqualTo(2L * RECORD);
  }

  @Test
  void makesAMessageWhenTheSizeIsReachedExactly() throws InterruptedException {
    TopicBatches batches = batches(100, 2 * RECORD);

    accept(batches, Records.of("a"), Records.of("a"));

    assertThat(messageSink.said()).containsExactly("metrics-a 2 SIZE");
  }

  @Test
  void sendsARecordAloneThatIsOverTheSizeByItself() throws InterruptedException {
    TopicBatches batches = batches(100, RECORD);

    accept(batches, Records.many("a", 2, 50).toArray(MetricList[]::new));

    assertThat(messageSink.said()).containsExactly("metrics-a 1 SIZE", "metrics-a 1 SIZE");
  }

  @Test
  void countsThePeriodFromATopicsFirstPendingRecord() throws InterruptedException {
    TopicBatches batches = batches(100, 1 << 20);

    accept(batches, Records.of("a"));
    clock.advance(PERIOD.minusMillis(1));
    accept(batches, Records.of("b"));
    batches.flushDue();
    assertThat(messageSink.messages).isEmpty();

    clock.advance(Duration.ofMillis(1));
    batches.flushDue();
    assertThat(messageSink.said()).containsExactly("metrics-a 1 PERIOD");

    clock.advance(PERIOD.minusMillis(1));
    batches.flushDue();
    assertThat(messageSink.said()).containsExactly("metrics-a 1 PERIOD", "metrics-b 1 PERIOD");
  }

  @Test
  void forgetsATopicWithNothingPendingAndGivesBackWhatItTook() throws InterruptedException {
    TopicBatches batches = batches(1, 1 << 20);

    accept(batches, Records.of("a"));
    messageSink.messages.forEach(Message::release);
    assertThat(overhead.usedBytes()).isEqualTo(TopicBatches.TOPIC_BYTES);
    clock.advance(PERIOD);
    batches.flushDue();

    assertThat(overhead.usedBytes()).isZero();
    accept(batches, Records.of("a"));
    assertThat(messageSink.said()).hasSize(2);
  }

  @Test
  void passesABlockOfOneTopicOnWithoutCopyingIt() throws InterruptedException {
    RecordBlock block = Records.block(Records.many("a", 2, 200).toArray(MetricList[]::new));

    accept(batches(2, 1 << 20), block, RateLimit.unlimited());

    assertThat(messageSink.messages.getFirst().slices().getFirst().records().bytes())
        .isSameAs(block.bytes());
  }

  @Test
  void copiesTheRecordsOfSeveralTopicsApartSoThatNoneHoldsTheBlock() throws InterruptedException {
    RecordBlock block = Records.block(Records.of("a"), Records.of("b"), Records.of("a"));
    TopicBatches batches = batches(100, 1 << 20);

    accept(batches, block, RateLimit.unlimited());
    batches.flushAll();

    assertThat(messageSink.said())
        .containsExactlyInAnyOrder("metrics-a 2 SHUTDOWN", "metrics-b 1 SHUTDOWN");
    Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    messageSink.messages.forEach(m -> m.slices().forEach(s -> arrays.add(s.records().bytes())));
    assertThat(arrays).hasSize(2).doesNotContain(block.bytes());
    assertThat(records.usedBytes()).isEqualTo(block.length());
  }

  @Test
  void givesAllMemoryBackWhenEveryMessageIsSettled() throws InterruptedException {
    TopicBatches batches = batches(2, 1 << 20);
    accept(batches, Records.many("a", 7, 2).toArray(MetricList[]::new));
    accept(batches, Records.of("a"), Records.of("b"), Records.of("bad/one"));
    batches.flushAll();

    messageSink.messages.forEach(Message::release);
    clock.advance(PERIOD);
    batches.flushDue();

    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
  }

  @Test
  void givesAllMemoryBackWhenItIsClosed() throws InterruptedException {
    TopicBatches batches = batches(2, 1 << 20);
    accept(batches, Records.of("a"), Records.of("b"));
    batches.flushAll();
    messageSink.messages.forEach(Message::release);

    batches.close();

    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
  }

  @Test
  void acceptsUpToTheLimitAndCountsTheRestAsThrottled() throws InterruptedException {
    TopicBatches batches = batches(100, 1 << 20);
    RateLimit rateLimit =
        new RateLimit(
            new Settings.Limit(2L * RECORD - 1, Duration.ofSeconds(60)), clock, clock.getAsLong());

    accept(batches, Records.block(Records.of("a"), Records.of("a"), Records.of("a")), rateLimit);
    accept(batches, Records.block(Records.of("b")), rateLimit);
    batches.flushAll();

    assertThat(messageSink.said()).containsExactly("metrics-a 2 SHUTDOWN");
    Counts total = ledger.total();
    assertThat(total.records(LedgerTerm.RECEIVED)).isEqualTo(4);
    assertThat(total.records(LedgerTerm.HELD)).isEqualTo(2);
    assertThat(total.records(LedgerTerm.THROTTLED_INPUT)).isEqualTo(2);
    assertThat(total.bytes(LedgerTerm.THROTTLED_INPUT)).isEqualTo(2L * RECORD);
    assertThat(total.balances()).isTrue();
    assertThat(records.usedBytes()).isEqualTo(2L * RECORD);
  }

  @Test
  void changesATopicToWhatKafkaAllowsAndKeepsTheRecordAsItWas() throws InterruptedException {
    accept(batches(1, 1 << 20), Records.of("a/b c:ü😀"));

    assertThat(messageSink.said()).containsExactly("metrics-a_b_c___ 1 COUNT");
    assertThat(messageSink.records().getFirst().getTopic()).isEqualTo("a/b c:ü😀");
  }

  @Test
  void rejectsARecordWhoseTopicCannotBeMadeLegalAndNothingElse() throws InterruptedException {
    accept(batches(1, 1 << 20), Records.of("x".repeat(250)), Records.of("a"));

    assertThat(messageSink.said()).containsExactly("metrics-a 1 COUNT");
    assertThat(ledger.total().records(LedgerTerm.REJECTED_TOPIC)).isEqualTo(1);
    assertThat(ledger.snapshot().topics())
        .extracting(LedgerSnapshot.Line::name)
        .containsExactlyInAnyOrder("metrics-a", "(illegal)");
  }

  @Test
  void sendsEveryTopicToTheSingleOneWhereThatIsSet() throws InterruptedException {
    TopicBatches batches =
        batches(batching(3, 1 << 20).with(KAFKA_SINGLE_TOPIC, "all").build().batching());

    accept(batches, Records.of("a"), Records.of("x".repeat(5000)), Records.of(""));

    assertThat(messageSink.said()).containsExactly("all 3 COUNT");
  }

  @Test
  void distinguishesManyTopicsOfOneBlock() throws InterruptedException {
    TopicBatches batches = batches(100, 1 << 20);
    List<MetricList> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sent.add(Records.of("t" + i));
    }

    accept(batches, sent.toArray(MetricList[]::new));
    batches.flushAll();

    assertThat(messageSink.records()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(messageSink.messages).hasSize(300);
  }

  @Test
  void flushesTheOldestAndLargestFirstWhileSomebodyWaitsForMemory() throws Exception {
    TopicBatches batches = batches(100, 1 << 20);
    accept(batches, Records.of("young"));
    accept(batches, Records.many("large", 20, 20).toArray(MetricList[]::new));
    accept(batches, Records.of("stuck"));
    messageSink.behind.add("metrics-stuck");
    Reservation all = records.reserve(records.limitBytes() - records.usedBytes());
    clock.advance(Duration.ofSeconds(1));

    assertThat(batches.makeRoom()).isFalse();
    assertThat(messageSink.messages).isEmpty();

    Thread waiter = Thread.ofVirtual().start(() -> records.reserveEvenIfInterrupted(1).close());
    while (!records.isContended()) {
      Thread.onSpinWait();
    }
    assertThat(batches.makeRoom()).isTrue();

    assertThat(messageSink.said())
        .containsExactly("metrics-large 20 MEMORY", "metrics-young 1 MEMORY");
    assertThat(messageSink.lingerEnded).isTrue();
    all.close();
    waiter.join();
  }

  private TopicBatches batches(int maxRecords, int maxBytes) {
    return batches(batching(maxRecords, maxBytes).build().batching());
  }

  private static TestSettings batching(int maxRecords, int maxBytes) {
    return TestSettings.defaults()
        .with(KAFKA_PRODUCE_COUNT, maxRecords)
        .withValue(KAFKA_PRODUCE_KBYTES, maxBytes)
        .withValue(KAFKA_PRODUCE_PERIOD_MS, PERIOD);
  }

  private TopicBatches batches(Settings.Batching settings) {
    return new TopicBatches(
        settings, ledger, records, overhead, messageSink, new EventTap(), clock);
  }

  private void accept(TopicBatches batches, MetricList... lists) throws InterruptedException {
    accept(batches, Records.block(lists), RateLimit.unlimited());
  }

  private void accept(TopicBatches batches, RecordBlock block, RateLimit rateLimit)
      throws InterruptedException {
    Reservation reservation = records.reserve(BlockSink.reservationFor(block.bytes().length));
    batches.accept(source, 1, block, reservation, rateLimit);
    assertThat(ledger.total().balances()).isTrue();
  }

  private static int length(MetricList record) {
    return Records.block(record).length();
  }

  private static final class RecordingOutlet implements MessageSink {
    private final List<Message> messages = new ArrayList<>();
    private final Set<String> behind = new HashSet<>();
    private boolean lingerEnded;

    @Override
    public void accept(Message message) {
      messages.add(message);
    }

    @Override
    public boolean isBehind(String topic) {
      return behind.contains(topic);
    }

    @Override
    public void endLinger() {
      lingerEnded = true;
    }

    private List<String> said() {
      return messages.stream().map(m -> m.topic() + " " + m.records() + " " + m.trigger()).toList();
    }

    private List<MetricList> records() {
      List<MetricList> all = new ArrayList<>();
      for (Message message : messages) {
        for (RecordSlice slice : message.slices()) {
          all.addAll(MetricListCodec.decode(slice.records()));
        }
      }
      return all;
    }
  }
}
