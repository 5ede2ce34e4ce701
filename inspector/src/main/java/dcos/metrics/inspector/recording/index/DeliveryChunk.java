// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.event.Event.MessageMade;
import dcos.metrics.collector.event.Event.MessageSettled;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Messages that follow one another, in arrays. Guarded by the recording's lock. */
final class DeliveryChunk {
  private static final int ROWS = 1024;
  private static final int MAX_RANGES = 1 << 16;
  private static final int ROW_BYTES = 84;
  private static final int RANGE_BYTES = 12;
  private static final int OUTCOME_BYTES = 200;
  private static final FlushTrigger[] TRIGGERS = FlushTrigger.values();

  private final int first;
  private int size;
  private final long[] ids = new long[ROWS];
  private final long[] bytes = new long[ROWS];
  private final long[] firstNanos = new long[ROWS];
  private final long[] madeNanos = new long[ROWS];
  private final long[] settledNanos = new long[ROWS];
  private final long[] wallMs = new long[ROWS];
  private final long[] offsets = new long[ROWS];
  private final int[] topics = new int[ROWS];
  private final int[] records = new int[ROWS];
  private final int[] settled = new int[ROWS];
  private final int[] partitions = new int[ROWS];
  private final byte[] triggers = new byte[ROWS];
  private final MessageState[] states = new MessageState[ROWS];
  // Where a row's pieces begin; they end where the next row's begin.
  private final int[] rangeStart = new int[ROWS + 1];
  private int[] rangeBlock = new int[64];
  private int[] rangeFirst = new int[64];
  private int[] rangeRecords = new int[64];
  // Of the few that failed or were split: all their outcomes, by row.
  private final Map<Integer, List<DeliveryIndex.DeliveryOutcome>> fates = new HashMap<>();
  private int outcomeCount;

  DeliveryChunk(int first) {
    this.first = first;
  }

  int first() {
    return first;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == ROWS || rangeStart[size] > MAX_RANGES;
  }

  long memoryBytes() {
    return (long) ROW_BYTES * ROWS
        + (long) RANGE_BYTES * rangeBlock.length
        + (long) OUTCOME_BYTES * outcomeCount;
  }

  long id(int row) {
    return ids[row];
  }

  int topic(int row) {
    return topics[row];
  }

  void add(MessageMade made, int topic, long firstRecordNanos, int[] blocks) {
    int row = size;
    ids[row] = made.message();
    bytes[row] = made.bytes();
    firstNanos[row] = firstRecordNanos;
    madeNanos[row] = made.at().nanos();
    wallMs[row] = made.at().wallMs();
    topics[row] = topic;
    records[row] = made.records();
    partitions[row] = -1;
    offsets[row] = -1;
    triggers[row] = (byte) made.trigger().ordinal();
    states[row] = MessageState.SENDING;
    int at = rangeStart[row];
    int end = at + blocks.length;
    if (end > rangeBlock.length) {
      int capacity = Math.max(end, 2 * rangeBlock.length);
      rangeBlock = Arrays.copyOf(rangeBlock, capacity);
      rangeFirst = Arrays.copyOf(rangeFirst, capacity);
      rangeRecords = Arrays.copyOf(rangeRecords, capacity);
    }
    for (int i = 0; i < blocks.length; i++) {
      RecordRange range = made.ranges().get(i);
      rangeBlock[at + i] = blocks[i];
      rangeFirst[at + i] = range.first();
      rangeRecords[at + i] = range.records();
    }
    size++;
    rangeStart[size] = end;
  }

  void settle(int row, MessageSettled event) {
    MessageState state = MessageState.of(event.outcome().term());
    boolean whole = settled[row] == 0 && event.records() >= records[row];
    if (!whole || event.outcome().hasDetail()) {
      fates
          .computeIfAbsent(row, _ -> new ArrayList<>())
          .add(new DeliveryIndex.DeliveryOutcome(event.ranges(), event.outcome()));
      outcomeCount += 1 + event.ranges().size();
    }
    states[row] = settled[row] > 0 ? states[row].and(state) : state;
    settled[row] += event.records();
    settledNanos[row] = event.at().nanos();
    event
        .outcome()
        .place()
        .ifPresent(
            receipt -> {
              partitions[row] = receipt.partition();
              offsets[row] = receipt.offset();
            });
  }

  CapturedDelivery row(int row, InternedNames names) {
    boolean isSettled = settled[row] >= records[row] && !states[row].isHeld();
    return new CapturedDelivery(
        first + (long) row,
        ids[row],
        names.text(topics[row]),
        records[row],
        bytes[row],
        TRIGGERS[triggers[row]],
        isSettled ? states[row] : MessageState.SENDING,
        wallMs[row],
        partitions[row] < 0
            ? Optional.empty()
            : Optional.of(new Receipt(partitions[row], offsets[row])),
        detail(row),
        firstNanos[row] == Long.MIN_VALUE
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, madeNanos[row] - firstNanos[row])),
        isSettled
            ? OptionalLong.of(Math.max(0, settledNanos[row] - madeNanos[row]))
            : OptionalLong.empty(),
        settled[row]);
  }

  List<DeliveryIndex.StoredRecordRange> ranges(int row) {
    List<DeliveryIndex.StoredRecordRange> ranges = new ArrayList<>();
    for (int i = rangeStart[row]; i < rangeStart[row + 1]; i++) {
      ranges.add(
          new DeliveryIndex.StoredRecordRange(rangeBlock[i], rangeFirst[i], rangeRecords[i]));
    }
    return ranges;
  }

  /** What became of one record of a message; null while that is open. */
  DeliveryIndex.@Nullable DeliveryOutcome fate(int row, long block, int record) {
    for (DeliveryIndex.DeliveryOutcome fate : fates.getOrDefault(row, List.of())) {
      if (fate.holds(block, record)) {
        return fate;
      }
    }
    Outcome outcome = fates.containsKey(row) ? null : wholeOutcome(row);
    return outcome == null ? null : new DeliveryIndex.DeliveryOutcome(List.of(), outcome);
  }

  /** The event that made a message, with numbers of blocks. */
  MessageMade made(int row, InternedNames names) {
    return new MessageMade(
        new EventTime(wallMs[row], madeNanos[row]),
        ids[row],
        names.text(topics[row]),
        records[row],
        bytes[row],
        TRIGGERS[triggers[row]],
        ranges(row).stream()
            .map(range -> new RecordRange(range.block(), range.first(), range.records()))
            .toList());
  }

  /** The events that settled a message, as far as they are kept apart: all at the last's time. */
  List<MessageSettled> settled(int row) {
    long took = TimeUnit.NANOSECONDS.toMillis(settledNanos[row] - madeNanos[row]);
    var at = new EventTime(wallMs[row] + Math.max(0, took), settledNanos[row]);
    return allFates(row).stream()
        .map(
            fate ->
                new MessageSettled(
                    at, ids[row], fate.records(records[row]), fate.ranges(), fate.outcome()))
        .toList();
  }

  private List<DeliveryIndex.DeliveryOutcome> allFates(int row) {
    List<DeliveryIndex.DeliveryOutcome> said = fates.get(row);
    if (said != null) {
      return List.copyOf(said);
    }
    DeliveryIndex.DeliveryOutcome whole = fate(row, -1, -1);
    return whole == null ? List.of() : List.of(whole);
  }

  private String detail(int row) {
    return fates.getOrDefault(row, List.of()).stream()
        .map(DeliveryIndex.DeliveryOutcome::outcome)
        .filter(Outcome::hasDetail)
        .map(Outcome::why)
        .findFirst()
        .orElse("");
  }

  /** The outcome of a message that has one as a whole, without details; else null. */
  private @Nullable Outcome wholeOutcome(int row) {
    MessageState state = states[row];
    if (state.is(LedgerTerm.DELIVERED)) {
      return new Outcome.Delivered(new Receipt(partitions[row], offsets[row]));
    }
    return state.partly() ? null : state.term().flatMap(Outcome::of).orElse(null);
  }
}
