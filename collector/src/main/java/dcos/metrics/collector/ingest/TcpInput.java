// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.collector.batch.BlockSink;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for senders, and reads each on a virtual thread of its own. What one sender does never
 * disturbs another. Thread-safe.
 */
public final class TcpInput implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(TcpInput.class);

  // Longer than bytes take that a sender on this machine has written already.
  private static final Duration QUIET = Duration.ofMillis(100);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  /** How often {@link #watch} wants to be called. */
  public static final Duration WATCH_PERIOD = StallDetector.PERIOD;

  private final Settings.Input settings;
  private final Settings.Limit limit;
  private final MemoryBudget headers;
  private final MemoryBudget records;
  private final BlockSink blockSink;
  private final Ledger ledger;
  private final EventTap tap;
  private final ContainerLimits containerLimits;
  private final InputCounters counters = new InputCounters();
  private final HeaderAdmission headerAdmission = new HeaderAdmission();
  private final OpenHeaders keptHeaders = new OpenHeaders();
  private final AtomicLong refusedSinceReported = new AtomicLong();
  private final long startNanos = System.nanoTime();
  private final Map<SenderConnection, Thread> connections = new ConcurrentHashMap<>();
  private final ConnectionSlots places;
  private final Acceptor acceptor;
  // Written by close(), read by the acceptor's thread.
  private volatile boolean closed;

  private record Quiet(long bytesRead, long sinceNanos) {}

  /**
   * Starts nothing.
   *
   * @param headers the budget for headers and the texts of schemas while they are read
   * @param records the budget for blocks
   */
  public TcpInput(
      Settings.Input settings,
      Settings.Limit limit,
      MemoryBudget headers,
      MemoryBudget records,
      BlockSink blockSink,
      Ledger ledger,
      EventTap tap) {
    this(settings, limit, headers, records, blockSink, ledger, tap, System::nanoTime);
  }

  /**
   * @param nanoTime a clock as {@link System#nanoTime}, for how long a new connection waits for a
   *     place
   */
  TcpInput(
      Settings.Input settings,
      Settings.Limit limit,
      MemoryBudget headers,
      MemoryBudget records,
      BlockSink blockSink,
      Ledger ledger,
      EventTap tap,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.limit = limit;
    this.headers = headers;
    this.records = records;
    this.blockSink = blockSink;
    this.ledger = ledger;
    this.tap = tap;
    this.places = new ConnectionSlots(settings.maxConnections(), connections.keySet(), nanoTime);
    this.acceptor = new Acceptor(settings.listen(), this::open, places::makeRoom);
    int largestBlock = (int) Math.min(settings.maxBlockBytes(), records.largestBlockBytes());
    this.containerLimits = new ContainerLimits(settings.maxHeaderBytes(), largestBlock);
  }

  /**
   * What connections take beside a budget: they take up to two thirds of it.
   *
   * @param budgetBytes of the budget for blocks
   * @return in bytes
   */
  public static long unpaidBytes(int connections, long budgetBytes) {
    return Math.max(0, (long) connections * SenderConnection.OWN_BYTES - budgetBytes * 2 / 3);
  }

  /**
   * Takes the port; connections wait in the system's queue until {@link #start}.
   *
   * @throws IOException if the endpoint is not free or not ours; its message names the option
   */
  public void bind() throws IOException {
    acceptor.bind(settings.maxConnections());
  }

  public void start() {
    acceptor.start();
  }

  /** Where it listens: the port that was picked, where 0 was asked for. */
  public Endpoint endpoint() {
    return acceptor.endpoint();
  }

  /** The connections that are open. */
  public List<Event.OpenSource> openSources() {
    return connections.keySet().stream().map(SenderConnection::toOpenSource).toList();
  }

  public SelfMetricSnapshot.InputMetrics selfMetrics() {
    long openBytes = connections.keySet().stream().mapToLong(SenderConnection::bytesRead).sum();
    return counters.snapshot(connections::size, openBytes);
  }

  /**
   * Every {@link #WATCH_PERIOD}: where a budget is used up, closes all connections together that
   * hold some of it and do not continue.
   */
  public void watch() {
    connections.keySet().forEach(SenderConnection::look);
    // All of the headers' budget is held by headers that are read.
    if (headers.isCrowded() || headers.isContended()) {
      places.cut(SenderConnection::isStalledInHeader, StreamTimeoutException.stalled());
    }
    if (records.isCrowded()) {
      places.cut(SenderConnection::isStalledInBlock, StreamTimeoutException.stalled());
    }
  }

  /** Once a period of the input limit: says what was dropped in it. */
  public void logDropped() {
    connections.keySet().forEach(this::logThrottled);
    long refused = refusedSinceReported.getAndSet(0);
    if (refused > 0) {
      logger
          .atWarn()
          .addKeyValue("connections", refused)
          .addKeyValue("max-connections", settings.maxConnections())
          .log("too many connections, new ones were closed");
    }
  }

  /**
   * Stops accepting, when the system has no more connections waiting, and reads what the senders
   * have sent: each connection until its sender has been silent for a moment between two blocks.
   * What one still sends after the timeout is not read.
   */
  public void drain(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    acceptor.drain(timeout.dividedBy(2));
    Map<SenderConnection, Quiet> quiet = new HashMap<>();
    while (!connections.isEmpty() && System.nanoTime() < deadline) {
      long now = System.nanoTime();
      for (SenderConnection connection : connections.keySet()) {
        long bytes = connection.bytesRead();
        Quiet before = quiet.get(connection);
        if (before == null || before.bytesRead() != bytes || !connection.isWaiting()) {
          quiet.put(connection, new Quiet(bytes, now));
        } else if (now - before.sinceNanos() >= QUIET.toNanos()) {
          connection.end();
        }
      }
      LockSupport.parkNanos(QUIET.toNanos() / 10);
    }
  }

  /**
   * Closes every connection, whatever it still had to say; when this returns, nothing more is taken
   * in. What waits for memory with a block in hand takes it without, so this is bounded by the
   * sorting of a block.
   */
  @Override
  public void close() {
    closed = true;
    places.close();
    acceptor.close();
    try {
      acceptor.awaitEnd(CLOSE_LIMIT);
      List<Thread> readers = List.copyOf(connections.values());
      readers.forEach(Thread::interrupt);
      for (Thread reader : readers) {
        reader.join(CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    logDropped();
  }

  private void open(Socket socket) throws IOException {
    if (closed) {
      socket.close();
      return;
    }
    if (!places.await()) {
      counters.refused();
      refusedSinceReported.incrementAndGet();
      socket.close();
      return;
    }
    socket.setKeepAlive(true);
    DeadlineInput input =
        new DeadlineInput(socket, settings.idleTimeout(), settings.readTimeout(), System::nanoTime);
    Source source = ledger.open("tcp " + peer(socket));
    SenderConnection connection =
        new SenderConnection(
            socket,
            input,
            containerLimits,
            headers,
            records,
            ownBytes(),
            blockSink,
            source,
            new RateLimit(limit, System::nanoTime, startNanos),
            counters,
            headerAdmission,
            keptHeaders,
            tap);
    Thread reader = Thread.ofVirtual().name(source.name()).unstarted(() -> read(connection));
    connections.put(connection, reader);
    counters.opened();
    reader.start();
  }

  /** What one more connection takes of the budget; beyond two thirds of it, it is not counted. */
  private int ownBytes() {
    return unpaidBytes(connections.size() + 1, records.limitBytes()) > 0
        ? 0
        : SenderConnection.OWN_BYTES;
  }

  private void read(SenderConnection connection) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      places.freed();
      counters.closed(connection.bytesRead());
      logThrottled(connection);
      ledger.close(connection.source());
    }
  }

  private void logThrottled(SenderConnection connection) {
    connection
        .rateLimit()
        .takeRefused()
        .ifPresent(
            refused ->
                logger
                    .atWarn()
                    .addKeyValue("peer", connection.source().name())
                    .addKeyValue("records", refused.records())
                    .addKeyValue("bytes", refused.bytes())
                    .addKeyValue("limit_bytes", limit.amountBytes())
                    .addKeyValue("period_s", limit.period().toSeconds())
                    .log("records throttled, over the connection's input limit"));
  }

  private static Endpoint peer(Socket socket) {
    InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
    return new Endpoint(remote.getAddress().getHostAddress(), remote.getPort());
  }
}
