// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.codec.BlockFrame;
import dcos.metrics.codec.ContainerLimits;
import dcos.metrics.codec.ContainerReader;
import dcos.metrics.codec.MalformedContainerException;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.batch.Intake;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.Throttle;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import java.io.IOException;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One sender's stream, from its header until it ends or breaks. Runs once, on a virtual thread of
 * its own.
 */
final class Connection implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(Connection.class);

  private final Socket socket;
  private final SocketInput input;
  private final ContainerLimits limits;
  private final Budget budget;
  private final Intake intake;
  private final Source source;
  private final Throttle throttle;
  private final InputCounters counters;

  // Reader only.
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
      InputCounters counters) {
    this.socket = socket;
    this.input = input;
    this.limits = limits;
    this.budget = budget;
    this.intake = intake;
    this.source = source;
    this.throttle = throttle;
    this.counters = counters;
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
    try (socket;
        ContainerReader reader = new ContainerReader(input, limits)) {
      read(reader);
    } catch (MalformedContainerException e) {
      counters.broken();
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
      reader.readHeader();
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
    Charge charge = budget.charge(Intake.chargeFor(frame.chargeBytes()));
    // Memory may have been long in coming; that was not the sender's fault.
    input.beginUnit();
    RecordBlock block;
    try {
      block = reader.readBlock(frame);
    } catch (IOException | RuntimeException e) {
      charge.close();
      throw e;
    }
    records += block.records();
    blocks++;
    counters.block();
    intake.accept(source, block, charge, throttle);
  }

  private LoggingEventBuilder ended(String cause) {
    return logger
        .atWarn()
        .addKeyValue("peer", source.name())
        .addKeyValue("records", records)
        .addKeyValue("blocks", blocks)
        .addKeyValue("cause", cause);
  }
}
