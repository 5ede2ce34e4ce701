// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.MetricList;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Senders that connect, send small blocks for some seconds, and disconnect, each again and again
 * with another topic and codec. What they send follows from the seed. Thread-safe.
 */
final class PassingSenders implements AutoCloseable {
  private static final int SENDERS = 12;
  private static final int TOPICS = 6;
  private static final List<String> CODECS = List.of("null", "deflate");
  private static final int BLOCKS_PER_STREAM = 60;
  private static final int MAX_RECORDS_PER_BLOCK = 50;
  private static final int LARGEST_BLOCK = 64_000;
  private static final int MAX_DATAPOINTS = 11;
  private static final int MAX_TAGS = 3;
  private static final int LONGEST_CONNECTION_MS = 20_000;
  private static final int SHORTEST_CONNECTION_MS = 2_000;
  private static final int LONGEST_ABSENCE_MS = 2_000;
  private static final int LONGEST_PAUSE_MS = 350;
  // A stop waits for blocks that the collector did not take during a freeze.
  private static final Duration LAST_BLOCK = Duration.ofSeconds(60);

  private final int port;
  private final List<SampleStream> streams = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private volatile boolean closed;

  PassingSenders(int port, long seed) {
    this.port = port;
    RandomGenerator random = new Random(seed);
    for (int topic = 0; topic < TOPICS; topic++) {
      for (String codec : CODECS) {
        streams.add(SampleStream.ofBlocks(blocks("soak-" + topic, random), codec, LARGEST_BLOCK));
      }
    }
    for (int i = 0; i < SENDERS; i++) {
      RandomGenerator own = new Random(seed + i + 1);
      threads.add(Thread.ofVirtual().name("sender-" + i).unstarted(() -> run(own)));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  long connections() {
    return connections.get();
  }

  /** Sent so far, as they are on the wire, without headers. */
  long bytes() {
    return bytes.get();
  }

  long records() {
    return records.get();
  }

  /** Connections that ended with an error. */
  long broken() {
    return broken.get();
  }

  private static List<List<MetricList>> blocks(String topic, RandomGenerator random) {
    List<List<MetricList>> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS_PER_STREAM; i++) {
      List<MetricList> block = new ArrayList<>();
      int size = random.nextInt(1, MAX_RECORDS_PER_BLOCK + 1);
      for (int j = 0; j < size; j++) {
        block.add(
            SampleRecords.record(
                topic,
                random.nextInt(1, MAX_TAGS + 1),
                random.nextInt(1, MAX_DATAPOINTS + 1),
                random.nextInt(1_000_000)));
      }
      blocks.add(block);
    }
    return blocks;
  }

  private void run(RandomGenerator random) {
    try {
      while (!closed) {
        sleep(0, LONGEST_ABSENCE_MS, random);
        connection(streams.get(random.nextInt(streams.size())), random);
      }
    } catch (InterruptedException _) {
      // It is closed.
    }
  }

  private void connection(SampleStream stream, RandomGenerator random) throws InterruptedException {
    connections.incrementAndGet();
    long nanos =
        Duration.ofMillis(random.nextInt(SHORTEST_CONNECTION_MS, LONGEST_CONNECTION_MS + 1))
            .toNanos();
    long begin = System.nanoTime();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream()) {
      out.write(stream.header());
      while (!closed && System.nanoTime() - begin < nanos) {
        SampleStream.Block block = stream.blocks().get(random.nextInt(stream.blocks().size()));
        out.write(block.bytes());
        bytes.addAndGet(block.bytes().length);
        records.addAndGet(block.records());
        sleep(0, LONGEST_PAUSE_MS, random);
      }
    } catch (IOException _) {
      broken.incrementAndGet();
    }
  }

  private static void sleep(int fromMs, int toMs, RandomGenerator random)
      throws InterruptedException {
    Thread.sleep(random.nextInt(fromMs, toMs + 1));
  }

  /** Lets each sender complete its block, then disconnects it. */
  @Override
  public void close() {
    closed = true;
    long deadline = System.nanoTime() + LAST_BLOCK.toNanos();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
          thread.interrupt(); // closes its socket within a block
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
