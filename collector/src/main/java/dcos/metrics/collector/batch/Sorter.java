// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.codec.RecordCursor;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.event.Verdict;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.ledger.Term;
import dcos.metrics.collector.limit.Throttle;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives every record of a block its verdict, enters them in the ledger, and hands those that are
 * accepted to their topics. A block of one topic is passed on as it is. Of a block of several, each
 * topic's records are copied into an array of their own, so that no topic pins the records of
 * another. Thread-safe.
 */
final class Sorter implements Intake {
  /**
   * Where records are counted whose topic can not be made legal; no Kafka topic can have this name.
   */
  static final String ILLEGAL_TOPIC = "(illegal)";

  private final TopicNames names;
  private final TopicNotes notes;
  private final Ledger ledger;
  private final Budget pieces;
  private final Tap tap;
  private final Topics topics;
  // What sorting takes beside the block is outside the budget: one block at a time.
  private final ReentrantLock sorting = new ReentrantLock();

  /** Takes the accepted records of one topic over, and one slice of the block that they are in. */
  @FunctionalInterface
  interface Topics {
    void append(String kafkaTopic, HeldBlock held, RecordBlock records);
  }

  Sorter(TopicNames names, TopicNotes notes, Ledger ledger, Budget pieces, Tap tap, Topics topics) {
    this.names = names;
    this.notes = notes;
    this.ledger = ledger;
    this.pieces = pieces;
    this.tap = tap;
    this.topics = topics;
  }

  @Override
  public void accept(Source source, long id, RecordBlock block, Charge charge, Throttle throttle) {
    throttle.beginPeriodIfDue();
    if (!passOn(source, id, block, charge, throttle)) {
      sorting.lock();
      try {
        sort(source, id, block, charge, throttle);
      } finally {
        sorting.unlock();
        charge.close();
      }
    }
  }

  /** Where all records share one legal topic and all are accepted, nothing is copied. */
  private boolean passOn(
      Source source, long id, RecordBlock block, Charge charge, Throttle throttle) {
    String kafkaTopic = onlyTopic(block);
    // A block that is much smaller than its array, as after decompression, does not keep it.
    if (kafkaTopic == null
        || block.length() < block.bytes().length / 2
        || !throttle.tryAcquireWhole(block.length())) {
      return false;
    }
    charge.shrinkTo(Intake.chargeFor(block.bytes().length));
    var entry = new Ledger.Entry(kafkaTopic, Term.HELD, block.records(), block.length());
    Account account = ledger.receive(source, List.of(entry)).getFirst();
    if (tap.isOpen()) {
      var run = new Event.Run(kafkaTopic, Verdict.ACCEPTED, block.records());
      tap.publish(new Event.RecordsSorted(Stamp.now(), id, List.of(run)));
    }
    topics.append(kafkaTopic, new HeldBlock(account, Origin.whole(id), charge), block);
    return true;
  }

  private @Nullable String onlyTopic(RecordBlock block) {
    RecordCursor record = block.cursor();
    if (!record.next()) {
      return null;
    }
    String kafkaTopic = names.kafkaTopic(record);
    if (kafkaTopic == null || names.isChanged(record, kafkaTopic)) {
      return null;
    }
    RecordCursor other = block.cursor();
    while (other.next()) {
      if (!names.haveOneTopic(block.bytes(), record, other)) {
        return null;
      }
    }
    return kafkaTopic;
  }

  private void sort(Source source, long id, RecordBlock block, Charge charge, Throttle throttle) {
    RecordCursor cursor = block.cursor();
    int end = block.offset() + block.length();
    int from = block.offset();
    int place = 0;
    while (from < end) {
      Portion portion = new Portion(block.bytes(), from, names, notes);
      portion.addAll(cursor, throttle);
      Map<String, Copy> copies = enter(source, portion);
      RecordCursor accepted = new RecordCursor(block.bytes(), from, portion.acceptedEnd());
      for (int i = place; accepted.next(); i++) {
        Copy copy = copies.get(portion.sumOf(accepted).kafkaTopic());
        if (copy != null) {
          copy.add(i, block.bytes(), accepted.start(), accepted.end());
        }
      }
      if (tap.isOpen()) {
        tap.publish(new Event.RecordsSorted(Stamp.now(), id, portion.runs(from)));
      }
      place += portion.records();
      from = portion.end();
      if (from == end) {
        // The block itself is done with: what is left of it are the copies.
        charge.shrinkTo(copies.values().stream().mapToLong(copy -> copy.bytes.length).sum());
      }
      copies.forEach((topic, copy) -> handOver(topic, id, copy, charge));
    }
  }

  private Map<String, Copy> enter(Source source, Portion portion) {
    List<Ledger.Entry> entries = new ArrayList<>();
    List<Portion.Sum> held = new ArrayList<>();
    for (Portion.Sum sum : portion.sums()) {
      if (sum.acceptedRecords() > 0) {
        held.add(sum);
        entries.add(
            new Ledger.Entry(
                sum.kafkaTopic(), Term.HELD, sum.acceptedRecords(), sum.acceptedBytes()));
      }
    }
    for (Portion.Sum sum : portion.sums()) {
      addThrottled(entries, sum.kafkaTopic(), sum);
    }
    Portion.Sum illegal = portion.illegal();
    addThrottled(entries, ILLEGAL_TOPIC, illegal);
    if (illegal.acceptedRecords() > 0) {
      entries.add(
          new Ledger.Entry(
              ILLEGAL_TOPIC,
              Term.REJECTED_TOPIC,
              illegal.acceptedRecords(),
              illegal.acceptedBytes()));
    }
    List<Account> accounts = ledger.receive(source, entries);
    Map<String, Copy> copies = HashMap.newHashMap(held.size());
    boolean traced = tap.isOpen();
    for (int i = 0; i < held.size(); i++) {
      copies.put(held.get(i).kafkaTopic(), new Copy(accounts.get(i), held.get(i), traced));
    }
    return copies;
  }

  private static void addThrottled(List<Ledger.Entry> entries, String kafkaTopic, Portion.Sum sum) {
    if (sum.throttledRecords() > 0) {
      entries.add(
          new Ledger.Entry(
              kafkaTopic, Term.THROTTLED_INPUT, sum.throttledRecords(), sum.throttledBytes()));
    }
  }

  private void handOver(String kafkaTopic, long id, Copy copy, Charge charge) {
    Charge bytes = charge.split(copy.bytes.length);
    Charge piece = pieces.chargeEvenIfInterrupted(PIECE_BYTES);
    topics.append(
        kafkaTopic,
        new HeldBlock(copy.account, Origin.some(id, copy.places), bytes, piece),
        new RecordBlock(copy.bytes, 0, copy.bytes.length, copy.records));
  }

  /** One topic's accepted records of a block, one behind the other. */
  private static final class Copy {
    private final Account account;
    private final int records;
    private final byte[] bytes;
    // Of each record its number in the block; only somebody who listens wants to know.
    private final int[] places;
    private int added;
    private int length;

    private Copy(Account account, Portion.Sum sum, boolean traced) {
      this.account = account;
      this.records = sum.acceptedRecords();
      this.bytes = new byte[sum.acceptedBytes()];
      this.places = new int[traced ? records : 0];
    }

    private void add(int place, byte[] from, int start, int end) {
      if (added < places.length) {
        places[added++] = place;
      }
      System.arraycopy(from, start, bytes, length, end - start);
      length += end - start;
    }
  }
}
