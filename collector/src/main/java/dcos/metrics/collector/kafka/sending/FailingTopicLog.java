// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.log.LogMarkers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs which topics are kept waiting and why: the first 20 by name, once each and when they no
 * longer wait, and once a minute how many wait. When no topic waits any more, all of this begins
 * again. One thread only.
 */
public final class FailingTopicLog {
  /**
   * Shorter failures are not logged: a topic that is being created has none for a moment. Together
   * with the time that one look for metadata takes, this is less than five seconds.
   */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long CHECK_NANOS = Duration.ofMillis(500).toNanos();
  private static final int MAX_NAMED = 20;

  private final LongSupplier nanoClock;
  private final Logger logger;
  // Those that wait, and how many were named since the first of them.
  private final Set<String> named = new HashSet<>();
  private int namedSoFar;
  private boolean countLogged;
  private long countedNanos;
  private long checkedNanos;

  /** No topic waits yet. */
  public FailingTopicLog(LongSupplier nanoClock, Logger logger) {
    this.nanoClock = nanoClock;
    this.logger = logger;
    this.checkedNanos = nanoClock.getAsLong();
  }

  /** Logs the topics that have begun or ceased to fail; to be called several times a second. */
  public void tick(TopicQueues queues) {
    long now = nanoClock.getAsLong();
    if (now - checkedNanos < CHECK_NANOS) {
      return;
    }
    checkedNanos = now;
    Map<String, String> failing = queues.failingFor(PATIENCE);
    named.removeIf(topic -> !failing.containsKey(topic) && logEnd(topic));
    failing.forEach(this::logBegin);
    logCount(failing.size(), now);
    if (failing.isEmpty()) {
      namedSoFar = 0;
      countLogged = false;
    }
  }

  private void logBegin(String topic, String error) {
    if (namedSoFar >= MAX_NAMED || !named.add(topic)) {
      return;
    }
    namedSoFar++;
    logger
        .atWarn()
        .addMarker(LogMarkers.UP_TO_20)
        .addKeyValue("topic", topic)
        .addKeyValue("error", error)
        .log("topic takes no messages, retrying");
  }

  private boolean logEnd(String topic) {
    logger.atInfo().addKeyValue("topic", topic).log("topic is no longer held up");
    return true;
  }

  /** Once there are topics without a line of their own, and every minute from then on. */
  private void logCount(int topics, long now) {
    if (topics <= named.size() || (countLogged && now - countedNanos < PERIOD_NANOS)) {
      return;
    }
    countLogged = true;
    countedNanos = now;
    logger
        .atWarn()
        .addKeyValue("topics", topics)
        .addKeyValue("named", named.size())
        .log("more topics take no messages, retrying");
  }
}
