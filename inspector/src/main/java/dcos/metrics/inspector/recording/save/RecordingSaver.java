// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.save;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.recording.index.DeliveryIndex;
import dcos.metrics.inspector.recording.index.IndexedSource;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.CapturedAgent;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import dcos.metrics.inspector.recording.state.SaveResult;
import dcos.metrics.inspector.recording.store.BlockLocation;
import dcos.metrics.inspector.recording.store.BlockOutcomes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Writes the kept part of a recording at one instant as events: first the snapshot, with the ledger
 * before the first kept block, then every block with its verdicts, and after the last block of its
 * records each message with its outcomes so far. Block and source ids are the numbers used here, so
 * that several runs in one recording stay apart. For one run, on one thread, while others write.
 */
public final class RecordingSaver {
  /** A block of which nothing is kept. */
  private static final long NO_BLOCK = -1;

  private final ReentrantLock lock;
  // Guarded by lock.
  private final RecordingIndex recordingIndex;
  private final EventWriter out;
  private final BooleanSupplier stopped;
  private final DoubleConsumer onProgress;
  // The sources that there were at the beginning.
  private final Set<Integer> written = new HashSet<>();
  // Of each source, the one that was written last.
  private final Map<Integer, CapturedSource.CapturedHeader> lastHeaders = new HashMap<>();
  private int firstBlock;
  private int nextBlock;
  private int endBlock;
  // When the last event that is written happened.
  private EventTime lastAt = new EventTime(0, 0);
  private long nextRecord;
  private long endRecord;
  private long nextDelivery;
  private long endDelivery;
  private long records;
  private long dropped;
  private long unknownEvents;

  /**
   * Writes it all.
   *
   * @param onProgress told a share, 0 to 1, after each block
   */
  public static SaveResult write(
      RecordingIndex recordingIndex,
      OutputStream to,
      BooleanSupplier stopped,
      DoubleConsumer onProgress)
      throws IOException {
    var out = new EventWriter(to);
    SaveResult saved = new RecordingSaver(recordingIndex, out, stopped, onProgress).write();
    out.flush();
    return saved;
  }

  private RecordingSaver(
      RecordingIndex recordingIndex,
      EventWriter out,
      BooleanSupplier stopped,
      DoubleConsumer onProgress) {
    this.lock = recordingIndex.lock();
    this.recordingIndex = recordingIndex;
    this.out = out;
    this.stopped = stopped;
    this.onProgress = onProgress;
  }

  private SaveResult write() throws IOException {
    List<Event> head;
    lock.lock();
    try {
      firstBlock = recordingIndex.index().firstBlock();
      nextBlock = firstBlock;
      lastAt = new EventTime(recordingIndex.firstMs(), 0);
      endBlock = recordingIndex.index().nextBlock();
      nextRecord = recordingIndex.index().firstRecord();
      endRecord = recordingIndex.index().nextRecord();
      nextDelivery = recordingIndex.deliveries().first();
      endDelivery = recordingIndex.deliveries().count();
      dropped = recordingIndex.index().droppedRecords();
      unknownEvents = recordingIndex.missing().unknownEvents();
      head = head();
    } finally {
      lock.unlock();
    }
    for (Event event : head) {
      out.write(event);
    }
    blocks();
    messages(Integer.MAX_VALUE);
    List<Event> ends;
    lock.lock();
    try {
      ends = ends();
    } finally {
      lock.unlock();
    }
    for (Event event : ends) {
      out.write(event);
    }
    return new SaveResult(records, dropped, unknownEvents);
  }

  /** With the lock held. */
  private List<Event> head() {
    List<Event> head = new ArrayList<>();
    var first = new EventTime(recordingIndex.firstMs(), 0);
    CapturedAgent agent = recordingIndex.agent();
    CapturedKafka kafka = recordingIndex.kafka();
    if (recordingIndex.isBegun()) {
      Optional<Boolean> up =
          switch (kafka.state()) {
            // Assumed to be up until it has answered; an outage is written below.
            case UP, UNKNOWN, NOT_DELIVERING -> Optional.of(true);
            case DRY_RUN -> Optional.empty();
          };
      head.add(
          new Event.Snapshot(
              first,
              "saved",
              recordingIndex.settings(),
              List.of(),
              agent.state(),
              up,
              InitialLedger.of(recordingIndex)));
    }
    for (IndexedSource source : recordingIndex.sources().all()) {
      CapturedSource row = source.row(0);
      var opened = new EventTime(row.openedMs(), 0);
      head.add(new Event.SourceOpened(opened, row.number(), row.name()));
      written.add(row.number());
    }
    for (CapturedAgent.AgentResponse answer : agent.answers()) {
      head.add(
          new Event.AgentAsked(
              new EventTime(answer.wallMs(), 0),
              answer.path(),
              answer.from(),
              answer.tookNanos(),
              answer.failure()));
    }
    for (CapturedKafka.KafkaOutage outage : kafka.outages()) {
      head.add(new Event.KafkaChanged(new EventTime(outage.fromMs(), 0), false, outage.error()));
      outage
          .toMs()
          .ifPresent(end -> head.add(new Event.KafkaChanged(new EventTime(end, 0), true, "")));
    }
    LedgerTotals ledger = recordingIndex.ledger();
    if (ledger.skippedEvents() > 0) {
      head.add(
          new Event.Skipped(
              first, ledger.skippedEvents(), ledger.skippedRecords(), ledger.skippedBytes()));
    }
    return head;
  }

  private void blocks() throws IOException {
    int first = nextBlock;
    while (nextBlock < endBlock && !stopped.getAsBoolean()) {
      BlockLocation block;
      long container;
      List<Event> headers;
      List<Event.Run> runs;
      lock.lock();
      try {
        nextBlock = Math.max(nextBlock, recordingIndex.index().firstBlock());
        block = nextBlock < endBlock ? recordingIndex.index().block(nextBlock) : null;
        container = block == null ? -1 : containerOf(block);
        headers = block == null ? List.of() : headersBefore(block);
        runs = block == null ? List.of() : runs(block);
      } finally {
        lock.unlock();
      }
      nextBlock++;
      for (Event event : headers) {
        out.write(event);
      }
      if (block != null) {
        write(block, container, runs);
        messages(block.number());
      }
      onProgress.accept((nextBlock - first) / (double) (endBlock - first));
    }
    if (!stopped.getAsBoolean()) {
      leaveOut(endRecord - nextRecord, 0);
    }
  }

  /** With the lock held. */
  private long containerOf(BlockLocation block) {
    IndexedSource source = recordingIndex.sources().number(block.source());
    return source == null ? -1 : source.container(block.number());
  }

  /** With the lock held: the headers before the block that were not written yet. */
  private List<Event> headersBefore(BlockLocation block) {
    IndexedSource source = recordingIndex.sources().number(block.source());
    return source == null
        ? List.of()
        : headers(source, block.number(), new EventTime(block.wallMs(), block.nanos()));
  }

  /** With the lock held: those of a source up to a block that were not written yet. */
  private List<Event> headers(IndexedSource source, int block, EventTime at) {
    int number = source.number();
    List<Event> events = new ArrayList<>();
    for (CapturedSource.CapturedHeader header :
        source.headers(lastHeaders.get(number), firstBlock, block)) {
      lastHeaders.put(number, header);
      events.add(
          new Event.HeaderSeen(
              at,
              number,
              header.codec(),
              header.writerSchema(),
              header.rewritten(),
              header.bytes(),
              header.offset()));
    }
    return events;
  }

  private void write(BlockLocation block, long container, List<Event.Run> runs) throws IOException {
    leaveOut(block.firstRecord() - nextRecord, 0);
    nextRecord = block.firstRecord() + block.records();
    byte[] stored;
    try {
      stored = block.read();
    } catch (IOException _) { // Dropped since.
      leaveOut(block.records(), block.length());
      return;
    }
    var at = new EventTime(block.wallMs(), block.nanos());
    lastAt = at;
    out.write(
        new Event.BlockReceived(
            at,
            block.number(),
            block.source(),
            block.offset(),
            block.records(),
            stored,
            container));
    if (!runs.isEmpty()) {
      out.write(new Event.RecordsSorted(at, block.number(), runs));
    }
    records += block.records();
  }

  /** Records that went while this was under way: they still count. */
  private void leaveOut(long count, long bytes) throws IOException {
    if (count > 0) {
      dropped += count;
      out.write(new Event.Skipped(EventTime.now(), 1, count, bytes));
    }
  }

  /** With the lock held. */
  private List<Event.Run> runs(BlockLocation block) {
    BlockOutcomes facts =
        Objects.requireNonNull(recordingIndex.index().facts(block.number()), "it is kept");
    List<Event.Run> runs = new ArrayList<>();
    int from = 0;
    while (from < block.records() && facts.term(from).isPresent()) {
      int to = from + 1;
      while (to < block.records()
          && facts.term(to).equals(facts.term(from))
          && facts.topic(to) == facts.topic(from)) {
        to++;
      }
      String topic = recordingIndex.topics().names().text(facts.topic(from));
      runs.add(new Event.Run(topic, facts.term(from).flatMap(BlockOutcomes::outcomeOf), to - from));
      from = to;
    }
    return runs;
  }

  /** The next messages whose records are all in blocks up to this one, which were written. */
  private void messages(int lastBlock) throws IOException {
    while (nextDelivery < endDelivery && !stopped.getAsBoolean()) {
      List<Event> events;
      lock.lock();
      try {
        nextDelivery = Math.max(nextDelivery, recordingIndex.deliveries().first());
        if (nextDelivery < endDelivery && lastBlockOf(nextDelivery) > lastBlock) {
          return;
        }
        events = nextDelivery < endDelivery ? message(nextDelivery) : List.of();
      } finally {
        lock.unlock();
      }
      nextDelivery++;
      for (Event event : events) {
        out.write(event);
      }
    }
  }

  /** With the lock held. */
  private int lastBlockOf(long message) {
    return recordingIndex.deliveries().ranges(message).stream()
        .mapToInt(DeliveryIndex.StoredRecordRange::block)
        .max()
        .orElse((int) NO_BLOCK);
  }

  /** With the lock held: the events of a message. */
  private List<Event> message(long number) {
    List<DeliveryIndex.StoredRecordRange> storedRanges = recordingIndex.deliveries().ranges(number);
    List<Event> events = new ArrayList<>();
    recordingIndex.deliveries().made(number).ifPresent(events::add);
    for (Event.MessageSettled settled : recordingIndex.deliveries().settled(number)) {
      List<RecordRange> ranges =
          settled.ranges().stream().map(range -> renumbered(range, storedRanges)).toList();
      events.add(settled.with(ranges));
    }
    return events;
  }

  /** A part with the number of its block in the place of the pipeline's id. */
  private RecordRange renumbered(
      RecordRange range, List<DeliveryIndex.StoredRecordRange> storedRanges) {
    for (DeliveryIndex.StoredRecordRange stored : storedRanges) {
      BlockLocation block = recordingIndex.index().block(stored.block());
      if (block != null
          && block.id() == range.block()
          && range.first() >= stored.first()
          && range.first() - stored.first() < stored.records()) {
        return new RecordRange(block.number(), range.first(), range.records());
      }
    }
    return new RecordRange(NO_BLOCK, range.first(), range.records());
  }

  /** With the lock held. */
  private List<Event> ends() {
    List<Event> ends = new ArrayList<>();
    for (IndexedSource source : recordingIndex.sources().all()) {
      CapturedSource row = source.row(0);
      if (!written.contains(row.number())) {
        continue; // it was opened meanwhile
      }
      // Of containers without blocks after the last block.
      ends.addAll(headers(source, endBlock, lastAt));
      row.end()
          .ifPresent(
              end ->
                  ends.add(
                      new Event.SourceClosed(
                          new EventTime(end.wallMs(), 0),
                          row.number(),
                          end.cause(),
                          end.offset(),
                          row.blocks(),
                          row.records().getOrDefault(LedgerTerm.RECEIVED, 0L))));
    }
    return ends;
  }
}
