// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.inspector.recording.index.DeliveryIndex;
import dcos.metrics.inspector.recording.index.IndexedSource;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.MessageRecordRange;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.inspector.recording.store.BlockDecoder;
import dcos.metrics.inspector.recording.store.BlockLocation;
import dcos.metrics.inspector.recording.store.BlockOutcomes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Puts rows together: what the book says under its lock, and the bytes without. Thread-safe. */
public final class RecordReader {
  private final ReentrantLock lock;
  // Guarded by lock.
  private final RecordingIndex recordingIndex;
  private final DecodedBlockCache decoded;

  /** Reads nothing yet. */
  public RecordReader(RecordingIndex recordingIndex, DecodedBlockCache decoded) {
    this.lock = recordingIndex.lock();
    this.recordingIndex = recordingIndex;
    this.decoded = decoded;
  }

  /** What became of a record, and its message if it is in one. */
  public record RecordResult(
      String kafkaTopic, RecordState state, long delivery, @Nullable CapturedDelivery message) {
    private static RecordResult of(String topic, RecordState state) {
      return new RecordResult(topic, state, -1, null);
    }
  }

  /** Records of a block that follow one another, with all that the book says of them. */
  public record IndexedRange(
      BlockLocation block,
      int first,
      List<RecordResult> fates,
      String source,
      @Nullable BlockDecoder decoder) {
    int end() {
      return first + fates.size();
    }
  }

  /** The records of these numbers, as far as they are kept. */
  public List<CapturedRecord> records(long[] numbers) {
    List<CapturedRecord> rows = new ArrayList<>();
    for (int i = 0; i < numbers.length; ) {
      int end = i + 1;
      while (end < numbers.length && numbers[end] == numbers[end - 1] + 1) {
        end++;
      }
      rows.addAll(records(numbers[i], end - i));
      i = end;
    }
    return rows;
  }

  /** Records from a number on, at most so many; those that are not kept are left out. */
  public List<CapturedRecord> records(long from, int most) {
    List<CapturedRecord> rows = new ArrayList<>();
    for (IndexedRange run : runs(from, most)) {
      DecodedBlock block = decoded.get(run.block(), run.decoder());
      for (int i = run.first(); i < run.end(); i++) {
        rows.add(row(run, block, i));
      }
    }
    return rows;
  }

  /** A record as bytes, what every byte of it means, and where it went. */
  public Optional<DecodedRecord> detail(long record) {
    return run(record).map(run -> DecodedRecord.of(run, decoded.get(run.block(), run.decoder())));
  }

  /** A record, and where it went. */
  public Optional<TracedRecord> trace(long record) {
    return run(record)
        .map(run -> traced(run, decoded.get(run.block(), run.decoder()), run.first()));
  }

  /** Just this record, if it is kept. */
  private Optional<IndexedRange> run(long record) {
    return runs(record, 1).stream()
        .filter(run -> run.block().firstRecord() + run.first() == record)
        .findFirst();
  }

  /** What the book says of records, block by block. */
  public List<IndexedRange> runs(long from, int most) {
    List<IndexedRange> runs = new ArrayList<>();
    lock.lock();
    try {
      long next = Math.max(from, recordingIndex.index().firstRecord());
      long end = from + most;
      while (next < end) {
        BlockLocation block = recordingIndex.index().blockOfRecord(next);
        if (block == null) {
          break;
        }
        int first = (int) (next - block.firstRecord());
        int last = (int) Math.min(block.records(), end - block.firstRecord());
        runs.add(run(block, first, last));
        next = block.firstRecord() + last;
      }
    } finally {
      lock.unlock();
    }
    return runs;
  }

  /** A whole block; null if it is not kept, or still to come. */
  public @Nullable IndexedRange block(int number) {
    lock.lock();
    try {
      BlockLocation block = recordingIndex.index().block(number);
      return block == null ? null : run(block, 0, block.records());
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. */
  private IndexedRange run(BlockLocation block, int first, int last) {
    BlockOutcomes facts = recordingIndex.index().facts(block.number());
    List<RecordResult> fates = new ArrayList<>();
    CapturedDelivery message = null;
    for (int i = first; i < last; i++) {
      if (facts == null) {
        fates.add(RecordResult.of("", RecordState.RECEIVED));
        continue;
      }
      int delivery = facts.delivery(i);
      if (message == null || message.number() != delivery) {
        message = recordingIndex.deliveries().row(delivery);
      }
      fates.add(fate(block, facts, i, message));
    }
    IndexedSource source = recordingIndex.sources().number(block.source());
    return new IndexedRange(
        block,
        first,
        fates,
        source == null ? "" : source.name(),
        source == null ? null : source.decoder(block.number()));
  }

  private RecordResult fate(
      BlockLocation block, BlockOutcomes facts, int record, @Nullable CapturedDelivery message) {
    String topic = recordingIndex.topics().names().text(facts.topic(record));
    int delivery = facts.delivery(record);
    if (delivery != BlockOutcomes.NO_DELIVERY) {
      var settled = recordingIndex.deliveries().fate(delivery, block.id(), record);
      return delivered(topic, delivery, message, settled);
    }
    return RecordResult.of(
        topic, facts.term(record).map(RecordReader::first).orElse(RecordState.RECEIVED));
  }

  /** The state of a record in no message, by the term that it was in first. */
  private static RecordState first(LedgerTerm term) {
    return BlockOutcomes.outcomeOf(term).map(RecordState::of).orElse(RecordState.IN_BATCH);
  }

  private static RecordResult delivered(
      String topic,
      int delivery,
      @Nullable CapturedDelivery message,
      DeliveryIndex.@Nullable DeliveryOutcome settled) {
    RecordState state =
        settled == null ? RecordState.IN_MESSAGE : RecordState.of(settled.outcome());
    return new RecordResult(topic, state, delivery, message);
  }

  private static CapturedRecord row(IndexedRange run, DecodedBlock decoded, int record) {
    BlockLocation block = run.block();
    RecordResult fate = run.fates().get(record - run.first());
    String problem = record < decoded.records() ? "" : decoded.problem();
    return new CapturedRecord(
        block.firstRecord() + record,
        block.wallMs(),
        block.source(),
        run.source(),
        fate.kafkaTopic(),
        decoded.metrics(record),
        decoded.length(record),
        block.damaged() ? fate.state().damaged() : fate.state(),
        fate.delivery(),
        problem);
  }

  /** A record of a run, and where it went. */
  public static TracedRecord traced(IndexedRange run, DecodedBlock decoded, int record) {
    RecordResult fate = run.fates().get(record - run.first());
    CapturedDelivery message = fate.message();
    return new TracedRecord(
        row(run, decoded, record), run.block().id(), record, message == null ? -1 : message.id());
  }

  /** With the lock held. */
  public List<CapturedDelivery> deliveries(long from, int most) {
    List<CapturedDelivery> rows = new ArrayList<>();
    long first = Math.max(from, recordingIndex.deliveries().first());
    long end = Math.min(from + most, recordingIndex.deliveries().count());
    for (long number = first; number < end; number++) {
      CapturedDelivery row = recordingIndex.deliveries().row(number);
      if (row != null) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** The messages of these numbers, as far as they are kept. */
  public List<CapturedDelivery> deliveries(long[] numbers) {
    lock.lock();
    try {
      return Arrays.stream(numbers)
          .mapToObj(recordingIndex.deliveries()::row)
          .filter(Objects::nonNull)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. */
  public List<MessageRecordRange> rangesOf(long delivery) {
    return recordingIndex.deliveries().ranges(delivery).stream().map(this::range).toList();
  }

  private MessageRecordRange range(DeliveryIndex.StoredRecordRange range) {
    BlockLocation block = recordingIndex.index().block(range.block());
    if (block == null) {
      return new MessageRecordRange(-1, "", -1, -1, range.first(), range.records());
    }
    IndexedSource source = recordingIndex.sources().number(block.source());
    return new MessageRecordRange(
        block.source(),
        source == null ? "" : source.name(),
        block.offset(),
        block.firstRecord() + range.first(),
        range.first(),
        range.records());
  }

  /** A block as it stood in its stream. */
  public StoredBlock stored(int number) {
    BlockLocation block;
    CapturedSource.CapturedHeader header = null;
    lock.lock();
    try {
      block = recordingIndex.index().block(number);
      IndexedSource source = block == null ? null : recordingIndex.sources().number(block.source());
      if (source != null) {
        header = source.header(number);
      }
    } finally {
      lock.unlock();
    }
    if (block == null) {
      return StoredBlock.missing("its bytes have been dropped");
    }
    try {
      return StoredBlock.of(block, block.read(), header);
    } catch (IOException e) {
      return StoredBlock.missing("its bytes can not be read: " + e.getMessage());
    }
  }

  /** With the lock held. */
  public long[] recordsOf(long delivery) {
    return recordingIndex.deliveries().ranges(delivery).stream()
        .flatMapToLong(
            range -> {
              BlockLocation block = recordingIndex.index().block(range.block());
              return block == null
                  ? LongStream.empty()
                  : LongStream.range(0, range.records())
                      .map(i -> block.firstRecord() + range.first() + i);
            })
        .toArray();
  }
}
