// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The open connections. Of those whose request is not being answered there are {@link
 * #MAX_UNANSWERED} at most: beyond that they make room for a new one, since it costs nothing to
 * hold a place that way. The others wait for their page or are sent it; only if they take all
 * places that are left, those make room that do not read their answer. So a request is read, and a
 * small page answered, however many wait for a large one. Thread-safe.
 */
final class HttpConnections {
  /** How many may be open in all, if the process may have as many descriptors. */
  static final int MAX = 512;

  /** How many may be open whose request is not complete, or whose answer has been sent. */
  static final int MAX_UNANSWERED = 64;

  /** A client sends its request as soon as it is connected, and reads its answer as it arrives. */
  static final Duration STALLED = Duration.ofMillis(100);

  /** How long a connection keeps its place for sure, even if its request arrives byte by byte. */
  private static final Duration GRACE = Duration.ofMillis(50);

  private final int most;
  private final Semaphore removals = new Semaphore(0);
  // In the order in which they were accepted; guarded by this.
  private final Set<HttpConnection> open = new LinkedHashSet<>();

  /**
   * @param most how many may be open, above zero
   */
  HttpConnections(int most) {
    this.most = most;
  }

  /**
   * Gives a place to a connection.
   *
   * @return false if all are taken by requests that are being answered, or arrive right now
   */
  synchronized boolean add(HttpConnection connection) {
    if (!hasPlace() && !closeStalled() && !(open.size() >= most && evictBlocked())) {
      closeOldest();
    }
    return hasPlace() && open.add(connection);
  }

  private boolean hasPlace() {
    return open.size() < most
        && open.stream().filter(connection -> !connection.isAnswering()).count() < MAX_UNANSWERED;
  }

  synchronized void remove(HttpConnection connection) {
    open.remove(connection);
    removals.release();
  }

  /** Waits until a place becomes free, or for the time. */
  void awaitRemoval(Duration time) throws InterruptedException {
    removals.drainPermits();
    var _ = removals.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  synchronized boolean isEmpty() {
    return open.isEmpty();
  }

  synchronized int size() {
    return open.size();
  }

  /**
   * Closes all that wait for bytes of a request and got none for a while, together: they may be
   * hundreds.
   *
   * @return whether there was one
   */
  synchronized boolean closeStalled() {
    return closeAll(
        open.stream().filter(connection -> connection.isIdle(STALLED.toNanos())).toList());
  }

  /** Takes the place of the client that was accepted first of those that do not read. */
  private boolean evictBlocked() {
    Optional<HttpConnection> blocked =
        open.stream().filter(connection -> connection.isBlocked(STALLED.toNanos())).findFirst();
    blocked.ifPresent(HttpConnection::evict);
    return blocked.isPresent() && open.remove(blocked.get());
  }

  private void closeOldest() {
    var _ =
        closeAll(
            open.stream()
                .filter(connection -> connection.isOld(GRACE.toNanos()))
                .findFirst()
                .stream()
                .toList());
  }

  private boolean closeAll(List<HttpConnection> some) {
    some.forEach(HttpConnection::closeUnlessAnswering);
    // One whose request was completed in between keeps its place.
    return open.removeIf(connection -> some.contains(connection) && !connection.isAnswering());
  }

  /** Closes those beyond their deadlines. */
  void closeLate() {
    all().forEach(HttpConnection::closeIfLate);
  }

  void closeAll() {
    all().forEach(HttpConnection::reset);
  }

  private synchronized List<HttpConnection> all() {
    return new ArrayList<>(open);
  }
}
