// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.emitter;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sends its own process's figures to a collector, for ever: one Avro object container file a TCP
 * connection, written by Avro's own {@link DataFileWriter}. When the connection is lost it connects
 * again, and begins a new container. Records of the time in between are not made: figures of the
 * past are of no use, and nothing here grows while the collector is away.
 *
 * <p>Thread-safe.
 */
public final class Emitter implements AutoCloseable {
  // Avro ends a block by itself at this size, well below what a collector accepts (4 MB).
  private static final int BLOCK_BYTES = 1 << 20;
  private static final double MAX_RATE = 10_000_000;
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Consumer<String> notices;
  private final OwnMetrics figures = new OwnMetrics();
  private final List<Tag> tags;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong sent = new AtomicLong();
  private volatile double rate;
  private volatile boolean connected;

  // Both guarded by this.
  private @Nullable Socket connection;
  private @Nullable Thread thread;

  // Sending thread only: the wait before the next try, records due but not whole yet, and whether
  // the loss of the connection was said.
  private Duration retry = FIRST_RETRY;
  private double due;
  private boolean saidLost;

  /**
   * What to send, and where.
   *
   * @param host the collector's host
   * @param port the collector's port
   * @param topic the topic of every record; the collector adds its prefix
   * @param period between two looks at the figures, above zero
   * @param rate records a second; where that is several a period, they say the same figures
   * @param recordsPerBlock how many records share a block of the container, above zero
   */
  public record Settings(
      String host, int port, String topic, Duration period, double rate, int recordsPerBlock) {
    public Settings {
      if (period.isNegative() || period.isZero()) {
        throw new IllegalArgumentException("period must be above zero, was " + period);
      }
      requireRate(rate);
      if (recordsPerBlock < 1) {
        throw new IllegalArgumentException(
            "records a block must be 1 or more, was " + recordsPerBlock);
      }
    }
  }

  /**
   * Starts nothing.
   *
   * @param notices gets one line when the connection is lost and one when it is there (again), on
   *     the emitter's thread
   */
  public Emitter(Settings settings, Consumer<String> notices) {
    this.settings = settings;
    this.notices = notices;
    this.rate = settings.rate();
    this.tags =
        List.of(
            new Tag("host", hostName()),
            new Tag("pid", Long.toString(ProcessHandle.current().pid())));
  }

  /** Starts sending, once. */
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("already started");
    }
    thread = Thread.ofPlatform().name("emitter").daemon().start(this::run);
  }

  /** From the next period on sends so many records a second; 0 sends none. */
  public void setRate(double recordsPerSecond) {
    requireRate(recordsPerSecond);
    rate = recordsPerSecond;
  }

  /** Records made so far; those written to a connection that broke may not have arrived. */
  public long sent() {
    return sent.get();
  }

  /** Whether there is a connection now. */
  public boolean isConnected() {
    return connected;
  }

  /** Stops sending, ends the container where it can, and waits for that. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
    Thread sending;
    synchronized (this) {
      sending = thread;
    }
    try {
      // A collector that does not read must not hold us: what is not written by then never is.
      if (sending != null && !sending.join(Duration.ofSeconds(2))) {
        disconnect();
        sending.join();
      }
    } catch (InterruptedException _) {
      disconnect();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        try (Socket socket = connect();
            var container = newContainer(socket)) {
          send(container, socket);
        } catch (IOException e) {
          logLost(e);
        } finally {
          disconnect();
        }
      } while (waitBeforeRetry());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    synchronized (this) {
      if (isClosed()) {
        throw new IOException("the emitter is closed");
      }
      connection = socket; // From now on close() can cut it.
    }
    socket.connect(
        new InetSocketAddress(settings.host(), settings.port()), (int) CONNECT_TIMEOUT.toMillis());
    socket.setKeepAlive(true);
    socket.setSoTimeout(1); // Milliseconds, for requireOpen.
    connected = true;
    if (saidLost) {
      saidLost = false;
      notices.accept("connected to " + where());
    }
    return socket;
  }

  /** A container begins with its schema, which is sent at once. */
  private static DataFileWriter<MetricList> newContainer(Socket socket) throws IOException {
    var container = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class));
    container.setSyncInterval(BLOCK_BYTES);
    container.create(MetricList.getClassSchema(), socket.getOutputStream());
    container.flush();
    return container;
  }

  /** Sends a period's records, again and again until closed. */
  private void send(DataFileWriter<MetricList> container, Socket socket)
      throws IOException, InterruptedException {
    long next = System.nanoTime();
    do {
      requireOpen(socket);
      due += rate * settings.period().toNanos() / 1e9;
      long count = (long) due;
      due -= count;
      List<Datapoint> measured = figures.measure();
      for (long i = 1; i <= count && !isClosed(); i++) {
        container.append(record(measured));
        if (i % settings.recordsPerBlock() == 0) {
          container.sync(); // Ends the block.
        }
      }
      container.flush(); // Ends the last block, and sends it.
      // Behind by more than a period there is nothing to make up for: the collector is slower.
      next = Math.max(next + settings.period().toNanos(), System.nanoTime());
    } while (!closed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS));
  }

  /** A collector answers nothing, so all there ever is to read is the end. */
  private void requireOpen(Socket socket) throws IOException {
    try {
      if (socket.getInputStream().read() < 0) {
        throw new EOFException("the collector closed it");
      }
    } catch (SocketTimeoutException _) {
      retry = FIRST_RETRY; // Still open: this connection is a good one.
    }
  }

  private MetricList record(List<Datapoint> measured) {
    List<Datapoint> datapoints = new ArrayList<>(measured);
    // A reader who misses a number knows that a record was lost.
    datapoints.add(
        new Datapoint(
            "emitter.record_number", System.currentTimeMillis(), (double) sent.incrementAndGet()));
    return new MetricList(settings.topic(), tags, datapoints);
  }

  private void logLost(IOException cause) {
    if (!saidLost && !isClosed()) {
      saidLost = true;
      notices.accept(
          "no connection to " + where() + " (" + cause.getMessage() + "), trying until there is");
    }
  }

  private synchronized void disconnect() {
    connected = false;
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException e) {
        notices.accept("could not close the connection to " + where() + ": " + e.getMessage());
      }
      connection = null;
    }
  }

  /** Waits longer each time; false when closed meanwhile. */
  private boolean waitBeforeRetry() throws InterruptedException {
    Duration wait = retry;
    retry = wait.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait.multipliedBy(2);
    return !closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private String where() {
    return settings.host() + ":" + settings.port();
  }

  private static void requireRate(double rate) {
    if (!(rate >= 0 && rate <= MAX_RATE)) {
      throw new IllegalArgumentException(
          "rate must be 0 to 10000000 records a second, was " + rate);
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) { // A host without a name still sends.
      return "unknown";
    }
  }
}
