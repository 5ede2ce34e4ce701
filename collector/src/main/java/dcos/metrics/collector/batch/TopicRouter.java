// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.BlockRecordOrigin;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives every record of a block its verdict, enters them in the ledger, and hands those that are
 * accepted to their topics. A block of one topic is passed on as it is. Of a block of several, each
 * topic's records are copied, so that no topic pins the records of another: many into a separate
 * array, few into the one that their topic shares. Thread-safe.
 */
final class TopicRouter implements BlockSink {
  /** Counts records whose topic cannot be made legal; no Kafka topic can have this name. */
  static final String ILLEGAL_TOPIC = "(illegal)";

  // Blocks of at most this size do not wait for larger ones to be sorted.
  private static final int SMALL_BYTES = 256 << 10;
  // Nor do those of at most this many topics. Those of more continue as a large one does.
  private static final int FEW_TOPICS = 64;
  // The number of a record in its block, while somebody listens.
  private static final int PLACE_BYTES = 4;

  private final TopicNames names;
  private final TopicWarnings notes;
  private final Ledger ledger;
  private final RecordOverhead overhead;
  private final EventTap tap;
  private final Topics topics;
  private final RoutingMemory small = new RoutingMemory(FEW_TOPICS, false);
  private final RoutingMemory large = new RoutingMemory(RoutedRange.MAX_TOPICS, true);

  /** Takes the accepted records of one topic over. */
  @FunctionalInterface
  interface Topics {
    /** May wait for pieces; all records are in batches afterwards. */
    void append(String kafkaTopic, BlockAppend arrival);
  }

  TopicRouter(
      TopicNames names,
      TopicWarnings notes,
      Ledger ledger,
      RecordOverhead overhead,
      EventTap tap,
      Topics topics) {
    this.names = names;
    this.notes = notes;
    this.ledger = ledger;
    this.overhead = overhead;
    this.tap = tap;
    this.topics = topics;
  }

  @Override
  public void accept(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit) {
    rateLimit.beginPeriodIfDue();
    if (!passOn(source, id, block, reservation, rateLimit)) {
      try (reservation) {
        sort(source, id, block, reservation, rateLimit);
      }
    }
  }

  /** Where all records share one legal topic and all are accepted, they need not be sorted. */
  private boolean passOn(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit) {
    String kafkaTopic = onlyTopic(block);
    // A block that is much smaller than its array, as after decompression, does not keep it.
    boolean sparse =
        block.length() >= BlockAppend.SHARED_BYTES && block.length() < block.bytes().length / 2;
    if (kafkaTopic == null || sparse || !rateLimit.tryAcquireWhole(block.length())) {
      return false;
    }
    reservation.shrinkTo(BlockSink.reservationFor(block.bytes().length));
    var entry =
        new Ledger.SourceEntry(kafkaTopic, LedgerTerm.HELD, block.records(), block.length());
    Account account = ledger.receive(source, List.of(entry)).getFirst();
    boolean traced = tap.isOpen();
    if (traced) {
      var run = new Event.Run(kafkaTopic, Optional.empty(), block.records());
      tap.publish(new Event.RecordsSorted(EventTime.now(), id, List.of(run)));
    }
    if (block.length() < BlockAppend.SHARED_BYTES) {
      BlockRecordOrigin origin =
          traced ? BlockRecordOrigin.whole(account, id) : BlockRecordOrigin.untraced(account, id);
      topics.append(kafkaTopic, BlockAppend.copied(origin, block, reservation, overhead));
      reservation.close();
    } else {
      BlockRecordOrigin origin = BlockRecordOrigin.whole(account, id);
      HeldBlock held = new HeldBlock(origin, reservation);
      topics.append(kafkaTopic, BlockAppend.keeping(held, origin, block, overhead));
    }
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

  private void sort(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit) {
    RecordCursor cursor = block.cursor();
    int end = block.offset() + block.length();
    int from = block.offset();
    int place = 0;
    RoutingMemory space = block.length() <= SMALL_BYTES ? small : large;
    while (from < end) {
      space.enter();
      try {
        RoutedRange range = new RoutedRange(block.bytes(), from, names, notes);
        range.addAll(cursor, rateLimit, space.maxTopics());
        Map<String, Copy> copies = enter(source, range, space);
        copyAccepted(range, block.bytes(), from, place, copies);
        if (tap.isOpen()) {
          tap.publish(new Event.RecordsSorted(EventTime.now(), id, range.runs(from)));
        }
        place += range.records();
        from = range.end();
        if (from == end) {
          // The block itself is done with: only the copies are left.
          reservation.shrinkTo(
              copies.values().stream().mapToLong(copy -> copy.records.length()).sum());
        }
        copies.forEach((topic, copy) -> handOver(topic, id, copy, reservation));
      } finally {
        space.leave();
      }
      space = large;
    }
  }

  private Map<String, Copy> enter(Source source, RoutedRange range, RoutingMemory space) {
    List<Ledger.SourceEntry> entries = new ArrayList<>();
    List<RoutedRange.Sum> held = new ArrayList<>();
    for (RoutedRange.Sum sum : range.sums()) {
      if (sum.acceptedRecords() > 0) {
        held.add(sum);
        entries.add(
            new Ledger.SourceEntry(
                sum.kafkaTopic(), LedgerTerm.HELD, sum.acceptedRecords(), sum.acceptedBytes()));
      }
    }
    for (RoutedRange.Sum sum : range.sums()) {
      addThrottled(entries, sum.kafkaTopic(), sum);
    }
    RoutedRange.Sum illegal = range.illegal();
    addThrottled(entries, ILLEGAL_TOPIC, illegal);
    if (illegal.acceptedRecords() > 0) {
      entries.add(
          new Ledger.SourceEntry(
              ILLEGAL_TOPIC,
              LedgerTerm.REJECTED_TOPIC,
              illegal.acceptedRecords(),
              illegal.acceptedBytes()));
    }
    List<Account> accounts = ledger.receive(source, entries);
    Map<String, Copy> copies = HashMap.newHashMap(held.size());
    boolean traced = tap.isOpen();
    byte[] shared = space.arrayOf(sharedBytes(held));
    int offset = 0;
    for (int i = 0; i < held.size(); i++) {
      RoutedRange.Sum sum = held.get(i);
      int length = sum.acceptedBytes();
      if (length < BlockAppend.SHARED_BYTES) {
        copies.put(sum.kafkaTopic(), new Copy(accounts.get(i), sum, shared, offset, traced));
        offset += length;
      } else {
        byte[] own = new byte[length];
        copies.put(sum.kafkaTopic(), new Copy(accounts.get(i), sum, own, 0, traced));
      }
    }
    return copies;
  }

  private static int sharedBytes(List<RoutedRange.Sum> sums) {
    return sums.stream()
        .mapToInt(RoutedRange.Sum::acceptedBytes)
        .filter(bytes -> bytes < BlockAppend.SHARED_BYTES)
        .sum();
  }

  private static void addThrottled(
      List<Ledger.SourceEntry> entries, String kafkaTopic, RoutedRange.Sum sum) {
    if (sum.throttledRecords() > 0) {
      entries.add(
          new Ledger.SourceEntry(
              kafkaTopic,
              LedgerTerm.THROTTLED_INPUT,
              sum.throttledRecords(),
              sum.throttledBytes()));
    }
  }

  /**
   * Copies the accepted records of a portion, each to its topic.
   *
   * @param from where the portion begins
   * @param place the number of its first record in the block
   */
  private static void copyAccepted(
      RoutedRange range, byte[] bytes, int from, int place, Map<String, Copy> copies) {
    RecordCursor record = new RecordCursor(bytes, from, range.acceptedEnd());
    for (int i = place; record.next(); i++) {
      Copy copy = copies.get(range.sumOf(record).kafkaTopic());
      if (copy != null) { // not if its topic is illegal
        copy.add(i, bytes, record.start(), record.end());
      }
    }
  }

  private void handOver(String kafkaTopic, long id, Copy copy, Reservation reservation) {
    BlockRecordOrigin origin = copy.origin(id);
    if (copy.records.length() < BlockAppend.SHARED_BYTES) {
      topics.append(kafkaTopic, BlockAppend.copied(origin, copy.records, reservation, overhead));
      return;
    }
    Reservation bytes = reservation.split(copy.records.length());
    Reservation ownOverhead =
        overhead.reserve(OVERHEAD_BYTES + (long) PLACE_BYTES * copy.places.length);
    HeldBlock held = new HeldBlock(origin, bytes, ownOverhead);
    topics.append(kafkaTopic, BlockAppend.keeping(held, origin, copy.records, overhead));
  }

  /** One topic's accepted records of a block, one after the other. */
  private static final class Copy {
    private final Account account;
    private final RecordBlock records;
    // Of each record its number in the block; only somebody who listens wants to know.
    private final int[] places;
    private int added;
    private int end;

    private Copy(Account account, RoutedRange.Sum sum, byte[] bytes, int offset, boolean traced) {
      this.account = account;
      this.records = new RecordBlock(bytes, offset, sum.acceptedBytes(), sum.acceptedRecords());
      this.places = new int[traced ? sum.acceptedRecords() : 0];
      this.end = offset;
    }

    private void add(int place, byte[] from, int start, int to) {
      if (added < places.length) {
        places[added++] = place;
      }
      System.arraycopy(from, start, records.bytes(), end, to - start);
      end += to - start;
    }

    private BlockRecordOrigin origin(long id) {
      return places.length == 0
          ? BlockRecordOrigin.untraced(account, id)
          : BlockRecordOrigin.some(account, id, places);
    }
  }
}
