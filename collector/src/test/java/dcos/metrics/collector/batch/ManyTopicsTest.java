// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_COUNT;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_KBYTES;
import static dcos.metrics.collector.settings.Options.KAFKA_TOPIC_PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageSink;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.testkit.Await;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocks of thousands of topics, beside blocks of a few. */
@Timeout(60)
class ManyTopicsTest {
  private static final int OVERHEAD = 1 << 20;
  private static final int TOPIC_AND_MESSAGE_BYTES = 1056;

  private final Ledger ledger = new Ledger();
  private final Source source = ledger.open("tcp 127.0.0.1:1");
  private final MemoryBudget records = new MemoryBudget(16 << 20, this::exhausted);
  private final MemoryBudget overhead = new MemoryBudget(OVERHEAD, this::exhausted);
  private final HeldMessages held = new HeldMessages();
  private boolean settleAtOnce;
  private final TopicBatches batches =
      new TopicBatches(
          TestSettings.defaults()
              .with(KAFKA_TOPIC_PREFIX, "")
              .with(KAFKA_PRODUCE_COUNT, 100)
              .with(KAFKA_PRODUCE_KBYTES, 1024)
              .build()
              .batching(),
          ledger,
          records,
          overhead,
          new Outlet(),
          new EventTap(),
          new FakeClock());
  private volatile Runnable onWait = this::sendAll;

  @Test
  void aBlockOfFewTopicsDoesNotWaitForOneOfThousands() throws Exception {
    var release = new CountDownLatch(1);
    var waiting = new CountDownLatch(1);
    // No free memory of records can be taken instead.
    Reservation rest = records.reserve(records.limitBytes() - (2 << 20));
    RecordBlock ofThousands = topics("many", 4000);
    Reservation reservation = records.reserve(1 << 20);
    Reservation ofFew = records.reserve(10_000);
    onWait =
        () -> {
          if (Thread.currentThread().getName().equals("many")) {
            waiting.countDown();
            awaitOrFail(release);
          }
          sendAll();
        };
    Thread many =
        Thread.ofPlatform()
            .name("many")
            .daemon()
            .start(
                () -> batches.accept(source, 1, ofThousands, reservation, RateLimit.unlimited()));
    awaitOrFail(waiting);

    Thread few =
        Thread.ofPlatform()
            .daemon()
            .start(() -> batches.accept(source, 2, topics("few", 3), ofFew, RateLimit.unlimited()));
    Await.until("the block of few topics is accepted", () -> !few.isAlive());

    assertThat(many.isAlive()).isTrue();
    release.countDown();
    many.join();
    rest.close();
    endsAtZero(4003);
  }

  @Test
  void freesHalfOfTheOverheadAtOnceWhenItIsUsedUp() throws Exception {
    Reservation rest = records.reserve(records.limitBytes() - (1 << 20));
    onWait = () -> {};
    int topics = 600;
    batches.accept(source, 1, topics("t", topics), records.reserve(200_000), RateLimit.unlimited());
    Reservation free = overhead.reserve(overhead.limitBytes() - overhead.usedBytes());
    Thread waiter = Thread.ofVirtual().start(() -> overhead.reserveEvenIfInterrupted(1).close());
    Await.until("the pieces are used up", overhead::isContended);
    settleAtOnce = true;

    batches.makeRoom();

    waiter.join();
    long freed = ledger.total().records(LedgerTerm.DELIVERED) * TOPIC_AND_MESSAGE_BYTES;
    assertThat(freed).isGreaterThanOrEqualTo(OVERHEAD / 2);
    free.close();
    rest.close();
    endsAtZero(topics);
  }

  @Test
  void remembersNoTopicWhoseMessageHasLeft() throws Exception {
    Reservation rest = records.reserve(records.limitBytes() - (1 << 20));
    for (int i = 0; i < 10; i++) {
      batches.accept(
          source, i, topics("t" + i + "-", 500), records.reserve(200_000), RateLimit.unlimited());
    }
    assertThat(batches.topics()).isBetween(1, 4_999);

    rest.close();
    batches.flushAll();
    sendAll();
    batches.close();

    assertThat(batches.topics()).isZero();
    endsAtZero(5_000);
  }

  private void endsAtZero(int all) {
    batches.flushAll();
    sendAll();
    batches.close();
    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
    assertThat(ledger.total().records(LedgerTerm.DELIVERED)).isEqualTo(all);
  }

  private void exhausted() {
    onWait.run();
  }

  /** As Kafka does while it acknowledges at once. */
  private synchronized void sendAll() {
    batches.makeRoom();
    settleAll();
  }

  private void settleAll() {
    while (!held.messages.isEmpty()) {
      Message message = held.messages.remove();
      ledger.settle(message.postings(), LedgerTerm.DELIVERED);
      message.release();
    }
  }

  /** Holds messages, or settles them at once as a dry run does. */
  private final class Outlet implements MessageSink {
    @Override
    public void accept(Message message) {
      held.accept(message);
      if (settleAtOnce) {
        settleAll();
      }
    }

    @Override
    public boolean isBehind(String topic) {
      return false;
    }

    @Override
    public void endLinger() {}
  }

  private static RecordBlock topics(String prefix, int count) {
    MetricList[] lists = new MetricList[count];
    for (int i = 0; i < count; i++) {
      lists[i] = Records.of(prefix + i, "k", "v");
    }
    return Records.block(lists);
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
