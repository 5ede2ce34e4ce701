// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import dcos.metrics.collector.kafka.producer.BrokerCheck.CheckTarget;
import dcos.metrics.collector.kafka.producer.BrokerCheck.Finding;
import dcos.metrics.collector.log.LogMarkers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs which brokers cannot be reached while messages stay unacknowledged. A look-up of a name may
 * take long and keeps a virtual thread's carrier from all others, so each {@link BrokerCheck} has a
 * daemon platform thread of its own; there is one at a time, and none while all is well.
 * Thread-safe.
 *
 * <p>Its monitor guards all its state. The monitors of the {@link OutageMonitor} and of the
 * supplier of topics are taken under it, so neither may call this class while it holds its own.
 */
public final class BrokerReachabilityLog implements AutoCloseable {
  /** Between the beginnings of two checks. */
  private static final long PERIOD_NANOS = Duration.ofSeconds(15).toNanos();

  /** A look-up of a name that takes longer is reported. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  private static final int MAX_NAMED = 20;
  private static final Duration JOIN = Duration.ofSeconds(1);

  private final LongSupplier nanoClock;
  private final Logger logger;
  private final OutageMonitor outage;
  private final BrokerCheck.Means means;
  private final ThreadFactory threads;

  // All guarded by this.
  private final Set<String> unreachable = new HashSet<>();
  private final Set<String> connected = new HashSet<>();
  private @Nullable BrokerCheck check;
  private @Nullable Thread thread;
  private boolean everChecked;
  private @Nullable CheckTarget lookedUp;
  private long lookedUpNanos;
  private long checkedNanos;
  private boolean closed;

  /**
   * Creates a watch that has checked nothing yet.
   *
   * @param outage is given the brokers that cannot be reached
   * @param threads creates the threads that block
   */
  public BrokerReachabilityLog(
      LongSupplier nanoClock,
      Logger logger,
      OutageMonitor outage,
      BrokerCheck.Means means,
      ThreadFactory threads) {
    this.means = means;
    this.nanoClock = nanoClock;
    this.logger = logger;
    this.outage = outage;
    this.threads = threads;
  }

  /**
   * Starts a check if one is due; to be called several times a second.
   *
   * @param needed whether messages stay unacknowledged for long
   * @param client null if there is none: then no check starts
   * @param topics those that wait longest, a few
   */
  public synchronized void tick(
      boolean needed, @Nullable ProducerSession client, Supplier<List<String>> topics) {
    BrokerCheck running = thread != null && thread.isAlive() ? check : null;
    if (running != null) {
      reportIfSlow(running);
    } else if (!needed) {
      unreachable.clear();
      connected.clear();
      everChecked = false;
    } else if (client != null && !closed && isDue()) {
      everChecked = true;
      lookedUp = null;
      checkedNanos = nanoClock.getAsLong();
      BrokerCheck next = new BrokerCheck(client, means, topics.get(), this::report);
      check = next;
      thread = threads.newThread(next);
      thread.start();
    }
  }

  private boolean isDue() {
    return !everChecked || nanoClock.getAsLong() - checkedNanos >= PERIOD_NANOS;
  }

  private void reportIfSlow(BrokerCheck running) {
    CheckTarget target = running.lookingUp();
    long now = nanoClock.getAsLong();
    if (target == null || !target.equals(lookedUp)) {
      lookedUp = target;
      lookedUpNanos = now;
    } else if (now - lookedUpNanos > SLOW.toNanos()) {
      report(List.of(new Finding(target, Optional.of("its name is still being looked up"))));
    }
  }

  private synchronized void report(List<Finding> findings) {
    if (closed) {
      return;
    }
    findings.forEach(this::report);
    List<Finding> failed = findings.stream().filter(one -> one.error().isPresent()).toList();
    outage.found(failed.isEmpty() ? null : text(failed));
  }

  private void report(Finding finding) {
    CheckTarget target = finding.target();
    String address = target.address();
    if (finding.error().isPresent()) {
      connected.remove(address);
      if (unreachable.size() < MAX_NAMED && unreachable.add(address)) {
        named(logger.atWarn(), target)
            .addKeyValue("error", finding.error().get())
            .log("a Kafka broker cannot be reached; retrying");
      }
    } else if (unreachable.remove(address)) {
      named(logger.atInfo(), target).log("the Kafka broker can be reached again");
    } else if (connected.size() < MAX_NAMED && connected.add(address)) {
      named(logger.atWarn(), target)
          .log("a Kafka broker accepts connections, but does not acknowledge messages");
    }
  }

  private static LoggingEventBuilder named(LoggingEventBuilder line, CheckTarget target) {
    LoggingEventBuilder named =
        line.addMarker(LogMarkers.UP_TO_20)
            .addKeyValue("broker", target.id())
            .addKeyValue("address", target.address());
    return target.topic().isEmpty() ? named : named.addKeyValue("topic", target.topic());
  }

  private static String text(List<Finding> failed) {
    Finding first = failed.getFirst();
    String name =
        first.target().id().equals(BrokerCheck.BOOTSTRAP) ? "" : " " + first.target().id();
    String others = failed.size() == 1 ? "" : ", and %d more brokers".formatted(failed.size() - 1);
    return "broker%s at %s cannot be reached: %s%s"
        .formatted(name, first.target().address(), first.error().orElse(""), others);
  }

  /** A look-up of a name that hangs is left behind: nothing waits for its thread. */
  @Override
  public void close() {
    BrokerCheck running;
    Thread ending;
    synchronized (this) {
      closed = true;
      running = check;
      ending = thread;
    }
    if (running == null || ending == null) {
      return;
    }
    running.cancel();
    ending.interrupt();
    try {
      var _ = ending.join(JOIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
