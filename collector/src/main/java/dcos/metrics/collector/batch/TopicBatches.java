// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageSink;
import dcos.metrics.collector.message.RecordSlice;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import dcos.metrics.collector.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sorts blocks into topics and makes messages of them: when there are enough records, enough bytes,
 * the period is over, or somebody waits for memory. A topic with nothing pending is forgotten
 * within a period. Thread-safe.
 */
public final class TopicBatches implements BlockSink, AutoCloseable {
  // What an open topic takes: its name, its place in the map and in the flusher's queue.
  static final int TOPIC_BYTES = 512;
  // How much of the budget is flushed before it is looked at again who still waits.
  private static final int RELIEF_PARTS = 8;
  // How much of the budget of pieces is freed once it was used up. Not only what is waited for: a
  // block of thousands of topics waits again for each of them.
  private static final int OVERHEAD_RELIEF_PARTS = 2;
  // What a topic with one message frees at least.
  private static final long OVERHEAD_OF_A_TOPIC =
      TOPIC_BYTES + TopicBatch.MESSAGE_BYTES + (long) RecordBuffer.HELD_BYTES;

  private final Settings.Batching settings;
  private final MemoryBudget records;
  private final MemoryBudget overhead;
  private final MessageSink messageSink;
  private final LongSupplier nanoTime;
  private final TopicWarnings notes = new TopicWarnings();
  private final TopicRouter router;
  private final BatchFlusher flusher;
  private final Map<String, TopicBatch> open = new ConcurrentHashMap<>();
  private final AtomicLong lastMessageId = new AtomicLong();
  private final FlushCounters messages = new FlushCounters();

  /**
   * @param records the budget that records are charged to
   * @param overhead the budget for the memory they take beside their bytes
   * @param tap receives what was decided of each record
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public TopicBatches(
      Settings.Batching settings,
      Ledger ledger,
      MemoryBudget records,
      MemoryBudget overhead,
      MessageSink messageSink,
      EventTap tap,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.records = records;
    this.overhead = overhead;
    this.messageSink = messageSink;
    this.nanoTime = nanoTime;
    this.router =
        new TopicRouter(
            new TopicNames(settings),
            notes,
            ledger,
            new RecordOverhead(overhead, records),
            tap,
            this::append);
    this.flusher = new BatchFlusher(settings.period(), nanoTime, this::makeRoom);
  }

  public void start() {
    flusher.start();
  }

  @Override
  public void accept(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit) {
    router.accept(source, id, block, reservation, rateLimit);
  }

  /** Somebody waits for memory: messages are made early until nobody does. */
  public void relieve() {
    flusher.relieve();
  }

  /** What the flusher's thread does when a period is over. */
  void flushDue() {
    flusher.flushDue();
  }

  /** Makes messages of everything; nothing may be accepted any more. */
  public void flushAll() {
    open.values().forEach(pending -> pending.flush(FlushTrigger.SHUTDOWN));
  }

  /** Once per period of the input limit: logs how often each topic was reported. */
  public void endPeriod() {
    notes.endPeriod();
  }

  public SelfMetricSnapshot.TopicSorter selfMetrics() {
    long topics = 0;
    long pendingRecords = 0;
    long pendingBytes = 0;
    for (TopicBatch pending : open.values()) {
      long more = pending.pendingRecords();
      topics += more > 0 ? 1 : 0;
      pendingRecords += more;
      pendingBytes += pending.pendingBytes();
    }
    return new SelfMetricSnapshot.TopicSorter(
        topics, pendingRecords, pendingBytes, messages.snapshot());
  }

  /** How many topics are remembered. */
  int topics() {
    return flusher.topics();
  }

  /** Stops the flusher and forgets topics without pending records; the others stay pending. */
  @Override
  public void close() {
    flusher.close();
    open.values().forEach(TopicBatch::removeIfEmpty);
    notes.endPeriod();
  }

  private void append(String kafkaTopic, BlockAppend arrival) {
    while (!arrival.isDone()) {
      TopicBatch pending = open.get(kafkaTopic);
      if (pending == null) {
        pending = open(kafkaTopic, arrival);
      }
      if (pending == null
          || pending.append(arrival, nanoTime.getAsLong())
              == TopicBatch.BatchProgress.SHORT_OF_OVERHEAD) {
        arrival.awaitOverhead();
      }
    }
    arrival.release();
  }

  /** Null if there are not enough pieces. */
  private @Nullable TopicBatch open(String kafkaTopic, BlockAppend arrival) {
    if (!arrival.reserve(TOPIC_BYTES)) {
      return null;
    }
    // Where another thread was first, the pieces stay in reserve.
    return open.computeIfAbsent(kafkaTopic, name -> opened(name, arrival.take(TOPIC_BYTES)));
  }

  private TopicBatch opened(String kafkaTopic, Reservation reservation) {
    TopicBatch opened =
        new TopicBatch(
            kafkaTopic,
            settings.maxRecords(),
            settings.maxBytes(),
            reservation,
            records,
            (slices, ofMessage, trigger) -> send(kafkaTopic, slices, ofMessage, trigger),
            this::forget);
    flusher.watch(opened);
    return opened;
  }

  private void forget(TopicBatch removed) {
    open.remove(removed.topic(), removed);
    flusher.forget(removed);
  }

  private void send(
      String kafkaTopic, List<RecordSlice> slices, Reservation reservation, FlushTrigger trigger) {
    messages.add(trigger);
    messageSink.accept(
        Message.of(lastMessageId.incrementAndGet(), kafkaTopic, slices, reservation, trigger));
  }

  /** Flushes the oldest and largest first, as far as their messages can leave. */
  boolean makeRoom() {
    if (!isContended()) {
      return false;
    }
    long now = nanoTime.getAsLong();
    long wanted = records.limitBytes() / RELIEF_PARTS;
    long wantedOverhead =
        overhead.isContended() ? overhead.limitBytes() / OVERHEAD_RELIEF_PARTS : 0;
    PriorityQueue<FlushCandidate> candidates = new PriorityQueue<>();
    for (TopicBatch pending : open.values()) {
      if (!pending.removeIfEmpty() && !messageSink.isBehind(pending.topic())) {
        candidates.add(new FlushCandidate(pending, pending.weight(now)));
      }
    }
    while (!candidates.isEmpty() && (wantedOverhead > 0 || (wanted > 0 && isContended()))) {
      TopicBatch pending = candidates.remove().pending();
      wanted -= pending.pendingBytes();
      wantedOverhead -= OVERHEAD_OF_A_TOPIC;
      pending.flush(FlushTrigger.MEMORY);
    }
    messageSink.endLinger();
    return isContended();
  }

  /** Ordered by weight, the heaviest first; weighed once, since topics change meanwhile. */
  private record FlushCandidate(TopicBatch pending, double weight)
      implements Comparable<FlushCandidate> {
    @Override
    public int compareTo(FlushCandidate other) {
      return Double.compare(other.weight, weight);
    }
  }

  private boolean isContended() {
    return records.isContended() || overhead.isContended();
  }
}
