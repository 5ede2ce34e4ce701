// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One connection that sends a stream until it is closed. Thread-safe. */
final class Sender implements AutoCloseable {
  private final Socket socket;
  private final SampleStream stream;
  private final int firstBlock;
  private final Duration pause;
  private final Thread thread;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private volatile boolean closed;
  private volatile @Nullable IOException broken;

  /**
   * Connects; sends nothing yet.
   *
   * @param number of this sender among all: where in the stream it begins
   * @param pause between two blocks; zero sends as fast as it can
   */
  Sender(int port, SampleStream stream, int number, Duration pause) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.stream = stream;
    this.firstBlock = number * 7 % stream.blocks().size();
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("sender-" + number).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  long bytes() {
    return bytes.get();
  }

  long records() {
    return records.get();
  }

  /** Why it could not go on; null while all is well. */
  @Nullable IOException broken() {
    return broken;
  }

  private void run() {
    try (socket;
        OutputStream out = socket.getOutputStream()) {
      out.write(stream.header());
      for (int i = firstBlock; !closed; i = (i + 1) % stream.blocks().size()) {
        SampleStream.Block block = stream.blocks().get(i);
        out.write(block.bytes());
        bytes.addAndGet(block.bytes().length);
        records.addAndGet(block.records());
        LockSupport.parkNanos(pause.toNanos());
      }
    } catch (IOException e) {
      if (!closed) {
        broken = e;
      }
    }
  }

  /** Lets the block end that is being written, for a moment; then cuts it. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(Duration.ofMillis(500))) {
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      broken = e;
    }
  }
}
