// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.codec.BlockFrame;
import dcos.metrics.codec.ContainerLimits;
import dcos.metrics.codec.ContainerReader;
import dcos.metrics.codec.MalformedContainerException;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.codec.StreamHeader;
import dcos.metrics.collector.batch.Intake;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.Throttle;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One sender's stream, from its header until it ends or breaks. Runs once, on a virtual thread of
 * its own.
 */
final class Connection implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(Connection.class);

  private static final int KEPT_HEADER_BYTES = 2048;

  private final Socket socket;
  private final SocketInput input;
  private final ContainerLimits limits;
  private final Budget budget;
  private final Intake intake;
  private final Source source;
  private final Throttle throttle;
  private final InputCounters counters;
  private final Tap tap;
  private final Stamp openedAt = Stamp.now();

  // Written by the reader, read by whoever takes a snapshot.
  private volatile Event.@Nullable HeaderSeen header;
  // Written by the reader, read by the watch: whether it has memory for a block that it reads.
  private volatile boolean holding;
  // The watch only.
  private final StallWatch stall = new StallWatch();
  // Reader only.
  private String endedBecause = "";
  private long endedAt = -1;
  private long records;
  private long blocks;

  Connection(
      Socket socket,
      SocketInput input,
      ContainerLimits limits,
      Budget budget,
      Intake intake,
      Source source,
      Throttle throttle,
      InputCounters counters,
      Tap tap) {
    this.socket = socket;
    this.input = input;
    this.limits = limits;
    this.budget = budget;
    this.intake = intake;
    this.source = source;
    this.throttle = throttle;
    this.counters = counters;
    this.tap = tap;
  }

  /** What there is to say of it to somebody who did not see it begin. */
  Event.OpenSource toOpenSource() {
    return new Event.OpenSource(opened(), Optional.ofNullable(header));
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

  Throttle throttle() {
    return throttle;
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

  /**
   * Looks, every {@link StallWatch#PERIOD}, whether the sender keeps others waiting for memory;
   * cuts it off if so.
   *
   * @param contended whether others wait
   */
  void watch(boolean contended) {
    try {
      boolean starved = contended && holding && input.isStarved();
      if (stall.isStalled(starved, input.bytesRead())) {
        input.cut(StreamTimeoutException.greedy(StallWatch.PATIENCE));
      }
    } catch (IOException e) {
      // It ended at this moment; its reader finds out as well.
      logger.atDebug().addKeyValue("peer", source.name()).log("connection ended while watched");
    }
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
    readUntilItEnds();
    if (tap.isOpen()) {
      long offset = endedAt < 0 ? input.bytesRead() : endedAt;
      tap.publish(
          new Event.SourceClosed(Stamp.now(), source.id(), endedBecause, offset, blocks, records));
    }
  }

  private void readUntilItEnds() {
    try (socket;
        ContainerReader reader = new ContainerReader(input, limits)) {
      read(reader);
    } catch (MalformedContainerException e) {
      counters.broken();
      endedAt = e.offset();
      ended(e.reason()).addKeyValue("offset", e.offset()).log("stream broken, connection closed");
    } catch (StreamTimeoutException e) {
      counters.broken();
      ended(String.valueOf(e.getMessage()))
          .addKeyValue("offset", input.bytesRead())
          .log("sender too slow, connection closed");
    } catch (IOException e) {
      counters.broken();
      ended(String.valueOf(e.getMessage()))
          .addKeyValue("offset", input.bytesRead())
          .log("connection lost");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended("stopped while waiting for memory").log("connection closed");
    }
  }

  private void read(ContainerReader reader) throws IOException, InterruptedException {
    if (!input.awaitFirstByte()) {
      return;
    }
    try (Charge _ = budget.charge(limits.headerBytes())) {
      input.beginUnit();
      byte[][] raw = {new byte[0]};
      StreamHeader read = reader.readHeader(bytes -> raw[0] = bytes);
      seen(read, raw[0]);
    }
    while (true) {
      if (reader.hasBuffered()) {
        input.beginUnit();
      } else {
        input.awaitUnit();
      }
      BlockFrame frame = reader.nextFrame();
      if (frame == null) {
        return;
      }
      readBlock(reader, frame);
    }
  }

  private void readBlock(ContainerReader reader, BlockFrame frame)
      throws IOException, InterruptedException {
    reader.awaitBody();
    Charge charge = budget.charge(Intake.chargeFor(frame.chargeBytes()));
    // Memory may have been long in coming; that was not the sender's fault.
    input.beginUnit();
    long id = tap.nextBlock();
    RecordBlock block;
    holding = true;
    try {
      block = readBody(reader, frame, id);
    } catch (IOException | RuntimeException e) {
      charge.close();
      throw e;
    } finally {
      holding = false;
    }
    records += block.records();
    blocks++;
    counters.block();
    intake.accept(source, id, block, charge, throttle);
  }

  private RecordBlock readBody(ContainerReader reader, BlockFrame frame, long id)
      throws IOException {
    if (!tap.isOpen()) {
      return reader.readBlock(frame);
    }
    return reader.readBlock(
        frame,
        stored ->
            tap.publish(
                new Event.BlockReceived(
                    Stamp.now(), id, source.id(), frame.offset(), (int) frame.records(), stored)));
  }

  private void seen(StreamHeader read, byte[] raw) {
    // For whoever listens later; a sender must not make us keep much.
    header = headerSeen(read, raw.length > KEPT_HEADER_BYTES ? new byte[0] : raw);
    if (tap.isOpen()) {
      tap.publish(headerSeen(read, raw));
    }
  }

  private Event.HeaderSeen headerSeen(StreamHeader read, byte[] raw) {
    return new Event.HeaderSeen(
        Stamp.now(), source.id(), read.codec(), read.writerSchema(), read.rewritten(), raw);
  }

  private LoggingEventBuilder ended(String cause) {
    endedBecause = cause;
    return logger
        .atWarn()
        .addKeyValue("peer", source.name())
        .addKeyValue("records", records)
        .addKeyValue("blocks", blocks)
        .addKeyValue("cause", cause);
  }
}
