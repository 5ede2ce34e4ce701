// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sends the load over TCP on a thread of its own, at a rate or as fast as it is taken. */
final class LoadSender implements AutoCloseable {
  /** As fast as it is taken. */
  static final long ALL = Long.MAX_VALUE;

  private static final Duration PAUSE = Duration.ofMillis(4);

  private final SampleLoad load;
  private final long rate;
  private final Socket socket;
  private final Thread thread = Thread.ofPlatform().daemon().name("load").unstarted(this::run);
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean closed;

  /**
   * Connects, and starts nothing.
   *
   * @param rate records a second
   */
  LoadSender(SampleLoad load, Endpoint to, long rate) throws IOException {
    this.load = load;
    this.rate = rate;
    this.socket = new Socket(to.host(), to.port());
  }

  void start() {
    thread.start();
  }

  /** Records that have been taken. */
  long sent() {
    return sent.get();
  }

  /** Records a second that are taken in this time from now on. */
  double measure(Duration time) throws InterruptedException {
    long begin = System.nanoTime();
    long before = sent();
    Thread.sleep(time);
    return (sent() - before) * 1e9 / (System.nanoTime() - begin);
  }

  private void run() {
    long begin = System.nanoTime();
    long blocks = 0;
    try (OutputStream out = socket.getOutputStream()) {
      out.write(load.header());
      while (!closed) {
        double due = rate == ALL ? ALL : (System.nanoTime() - begin) / 1e9 * rate;
        if (sent.get() < due) {
          out.write(load.framed(blocks++, System.currentTimeMillis()));
          sent.addAndGet(SampleLoad.RECORDS);
        } else {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Ends the stream at a block's end, if it is read soon. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      boolean _ = thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    socket.close();
  }
}
