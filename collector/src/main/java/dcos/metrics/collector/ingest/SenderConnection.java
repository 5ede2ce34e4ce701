// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.codec.container.BlockHeader;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.container.StreamHeader;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.batch.BlockSink;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One sender's stream, from its first header until it ends or breaks. Runs once, on a virtual
 * thread of its own.
 */
final class SenderConnection implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(SenderConnection.class);

  /**
   * What a connection takes: its buffer, its thread's stack while it waits, and its objects. Seen
   * with 1,000 of them.
   */
  static final int OWN_BYTES = 8192;

  private final Socket socket;
  private final DeadlineInput input;
  private final ContainerLimits limits;
  private final MemoryBudget headers;
  private final MemoryBudget records;
  private final int ownBytes;
  private final BlockSink blockSink;
  private final Source source;
  private final RateLimit rateLimit;
  private final InputCounters counters;
  private final HeaderAdmission headerAdmission;
  private final OpenHeaders keptHeaders;
  private final EventTap tap;
  private final EventTime openedAt = EventTime.now();

  // Written by the reader, read by those that take a snapshot.
  private volatile OpenHeaders.@Nullable Kept header;
  // Written by the reader, read by those that watch it.
  private volatile @Nullable ArrivingUnit unit;
  private volatile @Nullable Thread reader;
  private volatile boolean accepting;
  private final AtomicLong blocks = new AtomicLong();
  private final AtomicLong recordsRead = new AtomicLong();
  // Guarded by itself: the watch looks, and the acceptor asks.
  private final StallDetector stall = new StallDetector();
  // Reader only.
  private long containerOffset;
  private String endedBecause = "";
  private long endedAt = -1;

  /**
   * @param headers the budget for headers while they are read
   * @param records the budget for blocks
   * @param ownBytes what this itself takes of the budget for blocks
   */
  SenderConnection(
      Socket socket,
      DeadlineInput input,
      ContainerLimits limits,
      MemoryBudget headers,
      MemoryBudget records,
      int ownBytes,
      BlockSink blockSink,
      Source source,
      RateLimit rateLimit,
      InputCounters counters,
      HeaderAdmission headerAdmission,
      OpenHeaders keptHeaders,
      EventTap tap) {
    this.socket = socket;
    this.input = input;
    this.limits = limits;
    this.headers = headers;
    this.records = records;
    this.ownBytes = ownBytes;
    this.blockSink = blockSink;
    this.source = source;
    this.rateLimit = rateLimit;
    this.counters = counters;
    this.headerAdmission = headerAdmission;
    this.keptHeaders = keptHeaders;
    this.tap = tap;
  }

  /** What there is to say of it to somebody who did not see it begin. */
  Event.OpenSource toOpenSource() {
    return new Event.OpenSource(
        opened(), Optional.ofNullable(header).map(kept -> kept.toEvent(source.id())));
  }

  private Event.SourceOpened opened() {
    return new Event.SourceOpened(openedAt, source.id(), source.name());
  }

  long bytesRead() {
    return input.bytesRead();
  }

  Source source() {
    return source;
  }

  RateLimit rateLimit() {
    return rateLimit;
  }

  /** Whether the sender has sent nothing that was not read. */
  boolean isWaiting() {
    try {
      return input.isWaiting();
    } catch (IOException e) {
      // It ended at this moment; its reader finds out as well.
      return false;
    }
  }

  /** Looks at the progress of the sender; every {@link StallDetector#PERIOD}. */
  void look() {
    try {
      ArrivingUnit now = unit;
      long bytes = input.bytesRead() + (now == null ? 0 : now.lookWhileWaiting());
      synchronized (stall) {
        stall.look(bytes, recordsRead.get());
      }
    } catch (IOException e) {
      ended(e);
    }
  }

  /** Whether it is within a header that its sender does not continue, although it could. */
  boolean isStalledInHeader() {
    ArrivingUnit now = unit;
    return now != null && now.isHeader() && isStalled(now);
  }

  /** Whether it is within a block that its sender does not continue, although it could. */
  boolean isStalledInBlock() {
    ArrivingUnit now = unit;
    return now != null && !now.isHeader() && isStalled(now);
  }

  /** Whether it is stalled, or its sender is silent and has sent no record yet. */
  boolean isIdleWithoutRecords() {
    ArrivingUnit now = unit;
    return (recordsRead.get() == 0 && isIdle()) || (now != null && isStalled(now));
  }

  /**
   * For how many looks its sender made no progress, if that is longer than {@link
   * StallDetector#PATIENCE}; otherwise 0. Asks the system for nothing, as there may be thousands.
   */
  long silentLooks() {
    synchronized (stall) {
      return stall.isStalled() ? stall.silentLooks() : 0;
    }
  }

  /** Whether its sender was silent between two blocks for longer than the patience. */
  boolean isIdle() {
    return silentLooks() > 0 && isWaiting();
  }

  private boolean isStalled(ArrivingUnit now) {
    try {
      synchronized (stall) {
        return stall.isStalled() && now.isLeftIncomplete();
      }
    } catch (IOException e) {
      ended(e);
      return false;
    }
  }

  /** Whether it was ended, and its reader will notice in a moment. */
  boolean isLeaving() {
    return input.whyCut() != null && !accepting;
  }

  /** Ends the stream wherever it is. */
  void cut(StreamTimeoutException why) {
    try {
      input.cut(why);
    } catch (IOException e) {
      ended(e);
    }
    ArrivingUnit now = unit;
    Thread waiting = reader;
    if (now != null && now.isWaiting() && waiting != null) {
      waiting.interrupt();
    }
  }

  /** It ended at this moment; its reader finds out as well. */
  private void ended(IOException e) {
    logger
        .atDebug()
        .addKeyValue("peer", source.name())
        .addKeyValue("cause", e.getMessage())
        .log("connection ended while it was watched");
  }

  /** Ends the stream between two blocks. */
  void end() {
    try {
      input.end();
    } catch (IOException e) {
      logger
          .atWarn()
          .addKeyValue("peer", source.name())
          .addKeyValue("cause", e.getMessage())
          .log("connection did not close well");
    }
  }

  @Override
  public void run() {
    if (tap.isOpen()) {
      tap.publish(opened());
    }
    reader = Thread.currentThread();
    readUntilItEnds();
    if (tap.isOpen()) {
      long offset = endedAt < 0 ? input.bytesRead() : endedAt;
      tap.publish(
          new Event.SourceClosed(
              EventTime.now(), source.id(), endedBecause, offset, blocks.get(), recordsRead.get()));
    }
  }

  private void readUntilItEnds() {
    records.addOverhead(ownBytes);
    try (socket;
        ContainerReader container = new ContainerReader(input, limits, this::dropSchema)) {
      read(container);
    } catch (MalformedContainerException e) {
      counters.broken();
      endedAt = e.offset();
      ended(e.reason()).addKeyValue("offset", e.offset()).log("stream broken, connection closed");
    } catch (StreamTimeoutException e) {
      counters.broken();
      ended(String.valueOf(e.getMessage()))
          .addKeyValue("offset", input.bytesRead())
          .log("sender too slow, connection closed");
    } catch (InterruptedIOException e) {
      ended(String.valueOf(e.getMessage())).log("connection closed");
    } catch (IOException e) {
      counters.broken();
      ended(String.valueOf(e.getMessage()))
          .addKeyValue("offset", input.bytesRead())
          .log("connection lost");
    } finally {
      records.removeOverhead(ownBytes);
    }
  }

  private void read(ContainerReader container) throws IOException {
    if (!input.awaitFirstByte()) {
      return;
    }
    do {
      readHeader(container);
      while (readBlock(container)) {
        // one block after the other
      }
    } while (container.hasNextContainer());
  }

  private void readHeader(ContainerReader container) throws IOException {
    input.beginTurn(headerAdmission.take());
    input.beginUnit();
    try (var memory = new ArrivingUnit(input, headers.arrival(), true)) {
      unit = memory;
      byte[][] raw = {new byte[0]};
      int wanted = tap.isOpen() ? limits.headerBytes() : OpenHeaders.MAX_BYTES;
      StreamHeader read = container.readHeader(memory, wanted, bytes -> raw[0] = bytes);
      seen(read, raw[0]);
    } finally {
      input.endTurn();
      unit = null;
    }
  }

  /** Reads a block and hands it over; false if the container ended before it. */
  private boolean readBlock(ContainerReader container) throws IOException {
    if (container.hasBuffered()) {
      input.beginUnit();
    } else {
      input.awaitUnit();
    }
    long id;
    RecordBlock block;
    Reservation reservation;
    try (var memory = new ArrivingUnit(input, records.arrival(), false)) {
      unit = memory;
      BlockHeader blockHeader = container.nextBlockHeader();
      if (blockHeader == null) {
        return false;
      }
      id = tap.nextBlock();
      block = container.readBlock(blockHeader, memory, stored -> publish(blockHeader, id, stored));
      reservation = memory.toReservation();
    } finally {
      unit = null;
    }
    recordsRead.addAndGet(block.records());
    blocks.incrementAndGet();
    counters.block();
    accepting = true;
    blockSink.accept(source, id, block, reservation, rateLimit);
    accepting = false;
    return true;
  }

  private void publish(BlockHeader blockHeader, long id, byte[] stored) {
    if (tap.isOpen()) {
      tap.publish(
          new Event.BlockReceived(
              EventTime.now(),
              id,
              source.id(),
              blockHeader.offset(),
              (int) blockHeader.records(),
              stored,
              containerOffset));
    }
  }

  private void dropSchema() {
    cut(StreamTimeoutException.schemaDropped());
  }

  private void seen(StreamHeader read, byte[] raw) {
    EventTime at = EventTime.now();
    containerOffset = read.offset();
    header = keptHeaders.keep(at, read, raw);
    if (tap.isOpen()) {
      tap.publish(
          new Event.HeaderSeen(
              at,
              source.id(),
              read.codec(),
              read.writerSchema(),
              read.rewritten(),
              raw,
              read.offset()));
    }
  }

  private LoggingEventBuilder ended(String cause) {
    endedBecause = cause;
    return logger
        .atWarn()
        .addKeyValue("peer", source.name())
        .addKeyValue("records", recordsRead.get())
        .addKeyValue("blocks", blocks.get())
        .addKeyValue("cause", cause);
  }
}
