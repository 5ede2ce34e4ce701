// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.save;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.model.blocks.BlockFacts;
import dcos.metrics.inspector.model.blocks.BlockRef;
import dcos.metrics.inspector.model.book.Book;
import dcos.metrics.inspector.model.book.Deliveries;
import dcos.metrics.inspector.model.book.SourceEntry;
import dcos.metrics.inspector.model.captured.CapturedAgent;
import dcos.metrics.inspector.model.captured.CapturedKafka;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.LedgerCount;
import dcos.metrics.inspector.model.captured.Saved;
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
public final class RecordingSave {
  /** A block of which nothing is kept. */
  private static final long NO_BLOCK = -1;

  private final ReentrantLock lock;
  // Guarded by lock.
  private final Book book;
  private final EventWriter out;
  private final BooleanSupplier stopped;
  private final DoubleConsumer onProgress;
  // The sources that there were at the beginning.
  private final Set<Integer> written = new HashSet<>();
  // Of each source, the one that was written last.
  private final Map<Integer, CapturedSource.Header> lastHeaders = new HashMap<>();
  private int firstBlock;
  private int nextBlock;
  private int endBlock;
  // When the last event that is written happened.
  private Stamp lastAt = new Stamp(0, 0);
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
  public static Saved write(
      Book book, OutputStream to, BooleanSupplier stopped, DoubleConsumer onProgress)
      throws IOException {
    var out = new EventWriter(to);
    Saved saved = new RecordingSave(book, out, stopped, onProgress).write();
    out.flush();
    return saved;
  }

  private RecordingSave(
      Book book, EventWriter out, BooleanSupplier stopped, DoubleConsumer onProgress) {
    this.lock = book.lock();
    this.book = book;
    this.out = out;
    this.stopped = stopped;
    this.onProgress = onProgress;
  }

  private Saved write() throws IOException {
    List<Event> head;
    lock.lock();
    try {
      firstBlock = book.index().firstBlock();
      nextBlock = firstBlock;
      lastAt = new Stamp(book.firstMs(), 0);
      endBlock = book.index().nextBlock();
      nextRecord = book.index().firstRecord();
      endRecord = book.index().nextRecord();
      nextDelivery = book.deliveries().first();
      endDelivery = book.deliveries().count();
      dropped = book.index().droppedRecords();
      unknownEvents = book.missing().unknownEvents();
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
    return new Saved(records, dropped, unknownEvents);
  }

  /** With the lock held. */
  private List<Event> head() {
    List<Event> head = new ArrayList<>();
    var first = new Stamp(book.firstMs(), 0);
    CapturedAgent agent = book.agent();
    CapturedKafka kafka = book.kafka();
    if (book.isBegun()) {
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
              book.settings(),
              List.of(),
              agent.state(),
              up,
              LedgerBefore.of(book)));
    }
    for (SourceEntry source : book.sources().all()) {
      CapturedSource row = source.row(0);
      var opened = new Stamp(row.openedMs(), 0);
      head.add(new Event.SourceOpened(opened, row.number(), row.name()));
      written.add(row.number());
    }
    for (CapturedAgent.Answer answer : agent.answers()) {
      head.add(
          new Event.AgentAsked(
              new Stamp(answer.wallMs(), 0),
              answer.path(),
              answer.from(),
              answer.tookNanos(),
              answer.failure()));
    }
    for (CapturedKafka.Outage outage : kafka.outages()) {
      head.add(new Event.KafkaChanged(new Stamp(outage.fromMs(), 0), false, outage.error()));
      outage.toMs().ifPresent(end -> head.add(new Event.KafkaChanged(new Stamp(end, 0), true, "")));
    }
    LedgerCount ledger = book.ledger();
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
      BlockRef block;
      long container;
      List<Event> headers;
      List<Event.Run> runs;
      lock.lock();
      try {
        nextBlock = Math.max(nextBlock, book.index().firstBlock());
        block = nextBlock < endBlock ? book.index().block(nextBlock) : null;
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
  private long containerOf(BlockRef block) {
    SourceEntry source = book.sources().number(block.source());
    return source == null ? -1 : source.container(block.number());
  }

  /** With the lock held: the headers before the block that were not written yet. */
  private List<Event> headersBefore(BlockRef block) {
    SourceEntry source = book.sources().number(block.source());
    return source == null
        ? List.of()
        : headers(source, block.number(), new Stamp(block.wallMs(), block.nanos()));
  }

  /** With the lock held: those of a source up to a block that were not written yet. */
  private List<Event> headers(SourceEntry source, int block, Stamp at) {
    int number = source.number();
    List<Event> events = new ArrayList<>();
    for (CapturedSource.Header header :
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

  private void write(BlockRef block, long container, List<Event.Run> runs) throws IOException {
    leaveOut(block.firstRecord() - nextRecord, 0);
    nextRecord = block.firstRecord() + block.records();
    byte[] stored;
    try {
      stored = block.read();
    } catch (IOException _) { // Dropped since.
      leaveOut(block.records(), block.length());
      return;
    }
    var at = new Stamp(block.wallMs(), block.nanos());
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
      out.write(new Event.Skipped(Stamp.now(), 1, count, bytes));
    }
  }

  /** With the lock held. */
  private List<Event.Run> runs(BlockRef block) {
    BlockFacts facts = Objects.requireNonNull(book.index().facts(block.number()), "it is kept");
    List<Event.Run> runs = new ArrayList<>();
    int from = 0;
    while (from < block.records() && facts.term(from).isPresent()) {
      int to = from + 1;
      while (to < block.records()
          && facts.term(to).equals(facts.term(from))
          && facts.topic(to) == facts.topic(from)) {
        to++;
      }
      String topic = book.topics().names().text(facts.topic(from));
      runs.add(new Event.Run(topic, facts.term(from).flatMap(BlockFacts::outcomeOf), to - from));
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
        nextDelivery = Math.max(nextDelivery, book.deliveries().first());
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
    return book.deliveries().pieces(message).stream()
        .mapToInt(Deliveries.Piece::block)
        .max()
        .orElse((int) NO_BLOCK);
  }

  /** With the lock held: the events of a message. */
  private List<Event> message(long number) {
    List<Deliveries.Piece> pieces = book.deliveries().pieces(number);
    List<Event> events = new ArrayList<>();
    book.deliveries().made(number).ifPresent(events::add);
    for (Event.MessageSettled settled : book.deliveries().settled(number)) {
      List<Part> parts = settled.parts().stream().map(part -> renumbered(part, pieces)).toList();
      events.add(settled.with(parts));
    }
    return events;
  }

  /** A part with the number of its block in the place of the pipeline's id. */
  private Part renumbered(Part part, List<Deliveries.Piece> pieces) {
    for (Deliveries.Piece piece : pieces) {
      BlockRef block = book.index().block(piece.block());
      if (block != null
          && block.id() == part.block()
          && part.first() >= piece.first()
          && part.first() - piece.first() < piece.records()) {
        return new Part(block.number(), part.first(), part.records());
      }
    }
    return new Part(NO_BLOCK, part.first(), part.records());
  }

  /** With the lock held. */
  private List<Event> ends() {
    List<Event> ends = new ArrayList<>();
    for (SourceEntry source : book.sources().all()) {
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
                          new Stamp(end.wallMs(), 0),
                          row.number(),
                          end.cause(),
                          end.offset(),
                          row.blocks(),
                          row.records().getOrDefault(Term.RECEIVED, 0L))));
    }
    return ends;
  }
}
