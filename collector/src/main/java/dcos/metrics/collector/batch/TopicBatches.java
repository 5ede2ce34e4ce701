// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.figures.Figures;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.Throttle;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageSink;
import dcos.metrics.collector.message.Slice;
import dcos.metrics.collector.message.Trigger;
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
public final class TopicBatches implements Intake, AutoCloseable {
  // What an open topic takes: its name, its place in the map and in the flusher's queue.
  static final int TOPIC_BYTES = 512;
  // How much of the budget is flushed before it is looked at again who still waits.
  private static final int RELIEF_PARTS = 8;
  // How much of the budget of pieces is freed once it was used up. Not only what is waited for: a
  // block of thousands of topics waits again for each of them.
  private static final int PIECES_RELIEF_PARTS = 2;
  // What a topic with one message frees at least.
  private static final long PIECES_OF_A_TOPIC =
      TOPIC_BYTES + Pending.MESSAGE_BYTES + (long) RecordBuffer.HELD_BYTES;

  private final Settings.Batching settings;
  private final Budget records;
  private final Budget pieces;
  private final MessageSink outlet;
  private final LongSupplier nanoTime;
  private final TopicNotes notes = new TopicNotes();
  private final Sorter sorter;
  private final Flusher flusher;
  private final Map<String, Pending> open = new ConcurrentHashMap<>();
  private final AtomicLong lastMessageId = new AtomicLong();
  private final TriggerCounts messages = new TriggerCounts();

  /**
   * @param records the budget that records are charged to
   * @param pieces the budget for the memory they take beside their bytes
   * @param tap receives what was decided of each record
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public TopicBatches(
      Settings.Batching settings,
      Ledger ledger,
      Budget records,
      Budget pieces,
      MessageSink outlet,
      Tap tap,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.records = records;
    this.pieces = pieces;
    this.outlet = outlet;
    this.nanoTime = nanoTime;
    this.sorter =
        new Sorter(
            new TopicNames(settings),
            notes,
            ledger,
            new Pieces(pieces, records),
            tap,
            this::append);
    this.flusher = new Flusher(settings.period(), nanoTime, this::makeRoom);
  }

  public void start() {
    flusher.start();
  }

  @Override
  public void accept(Source source, long id, RecordBlock block, Charge charge, Throttle throttle) {
    sorter.accept(source, id, block, charge, throttle);
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
    open.values().forEach(pending -> pending.flush(Trigger.SHUTDOWN));
  }

  /** Once per period of the input limit: logs how often each topic was reported. */
  public void endPeriod() {
    notes.endPeriod();
  }

  public Figures.TopicSorter figures() {
    long topics = 0;
    long pendingRecords = 0;
    long pendingBytes = 0;
    for (Pending pending : open.values()) {
      long more = pending.pendingRecords();
      topics += more > 0 ? 1 : 0;
      pendingRecords += more;
      pendingBytes += pending.pendingBytes();
    }
    return new Figures.TopicSorter(topics, pendingRecords, pendingBytes, messages.snapshot());
  }

  /** How many topics are remembered. */
  int topics() {
    return flusher.topics();
  }

  /** Stops the flusher and forgets topics without pending records; the others stay pending. */
  @Override
  public void close() {
    flusher.close();
    open.values().forEach(Pending::removeIfEmpty);
    notes.endPeriod();
  }

  private void append(String kafkaTopic, Arrival arrival) {
    while (!arrival.isDone()) {
      Pending pending = open.get(kafkaTopic);
      if (pending == null) {
        pending = open(kafkaTopic, arrival);
      }
      if (pending == null
          || pending.append(arrival, nanoTime.getAsLong()) == Pending.Progress.SHORT_OF_PIECES) {
        arrival.awaitPieces();
      }
    }
    arrival.release();
  }

  /** Null if there are not enough pieces. */
  private @Nullable Pending open(String kafkaTopic, Arrival arrival) {
    if (!arrival.reserve(TOPIC_BYTES)) {
      return null;
    }
    // Where another thread was first, the pieces stay in reserve.
    return open.computeIfAbsent(kafkaTopic, name -> opened(name, arrival.take(TOPIC_BYTES)));
  }

  private Pending opened(String kafkaTopic, Charge charge) {
    Pending opened =
        new Pending(
            kafkaTopic,
            settings.maxRecords(),
            settings.maxBytes(),
            charge,
            records,
            (slices, ofMessage, trigger) -> send(kafkaTopic, slices, ofMessage, trigger),
            this::forget);
    flusher.watch(opened);
    return opened;
  }

  private void forget(Pending removed) {
    open.remove(removed.topic(), removed);
    flusher.forget(removed);
  }

  private void send(String kafkaTopic, List<Slice> slices, Charge charge, Trigger trigger) {
    messages.add(trigger);
    outlet.accept(Message.of(lastMessageId.incrementAndGet(), kafkaTopic, slices, charge, trigger));
  }

  /** Flushes the oldest and largest first, as far as their messages can leave. */
  boolean makeRoom() {
    if (!isContended()) {
      return false;
    }
    long now = nanoTime.getAsLong();
    long wanted = records.limitBytes() / RELIEF_PARTS;
    long wantedPieces = pieces.isContended() ? pieces.limitBytes() / PIECES_RELIEF_PARTS : 0;
    PriorityQueue<Candidate> candidates = new PriorityQueue<>();
    for (Pending pending : open.values()) {
      if (!pending.removeIfEmpty() && !outlet.isBehind(pending.topic())) {
        candidates.add(new Candidate(pending, pending.weight(now)));
      }
    }
    while (!candidates.isEmpty() && (wantedPieces > 0 || (wanted > 0 && isContended()))) {
      Pending pending = candidates.remove().pending();
      wanted -= pending.pendingBytes();
      wantedPieces -= PIECES_OF_A_TOPIC;
      pending.flush(Trigger.MEMORY);
    }
    outlet.endLinger();
    return isContended();
  }

  /** Ordered by weight, the heaviest first; weighed once, since topics change meanwhile. */
  private record Candidate(Pending pending, double weight) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      return Double.compare(other.weight, weight);
    }
  }

  private boolean isContended() {
    return records.isContended() || pieces.isContended();
  }
}
