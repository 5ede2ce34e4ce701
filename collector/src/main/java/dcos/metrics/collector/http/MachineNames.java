// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host names of this machine. A name server may take many seconds to answer, and a virtual
 * thread would keep its carrier thread from all others meanwhile. So names are looked up on a
 * daemon thread, one look-up at a time, when a request needs them and the last ones are old.
 * Thread-safe.
 */
final class MachineNames {
  private static final Logger logger = LoggerFactory.getLogger(MachineNames.class);

  /** For how long the names of a look-up are used. */
  static final Duration MAX_AGE = Duration.ofMinutes(1);

  /** How long a request waits for a look-up. */
  private static final Duration WAIT = Duration.ofMillis(500);

  private final Supplier<Set<String>> lookUp;
  private final LongSupplier nanoTime;
  // Both guarded by this.
  private CompletableFuture<?> lastLookUp = CompletableFuture.completedFuture(null);
  private long oldAt;
  // Of the last look-up that has ended.
  private volatile Set<String> names = Set.of();

  MachineNames() {
    this(MachineNames::lookUp, System::nanoTime);
  }

  /**
   * @param lookUp may block
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  MachineNames(Supplier<Set<String>> lookUp, LongSupplier nanoTime) {
    this.lookUp = lookUp;
    this.nanoTime = nanoTime;
    this.oldAt = nanoTime.getAsLong();
  }

  /**
   * Whether this is a name of the machine. While a look-up takes longer than half a second, the
   * names of the one before it count.
   *
   * @param name in lower case, without a dot at its end
   */
  boolean contains(String name) {
    if (names.contains(name)) {
      return true;
    }
    try {
      var _ = currentLookUp().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      logger.atWarn().addKeyValue("cause", e.getCause()).log("cannot look up this machine's names");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return names.contains(name);
  }

  private synchronized CompletableFuture<?> currentLookUp() {
    if (lastLookUp.isDone() && nanoTime.getAsLong() - oldAt >= 0) {
      oldAt = nanoTime.getAsLong() + MAX_AGE.toNanos();
      lastLookUp =
          CompletableFuture.runAsync(
              this::refresh, task -> Thread.ofPlatform().daemon().name("http-names").start(task));
    }
    return lastLookUp;
  }

  private void refresh() {
    names = lookUp.get().stream().map(AllowedHosts::plain).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> lookUp() {
    Set<String> found = new LinkedHashSet<>();
    try {
      InetAddress here = InetAddress.getLocalHost();
      found.add(here.getHostName());
      found.add(here.getCanonicalHostName());
    } catch (UnknownHostException _) {
      return Set.of(); // it has a name that does not resolve: nobody reaches it by that
    }
    found.addAll(found.stream().map(name -> name.split("\\.", 2)[0]).toList());
    return found;
  }
}
