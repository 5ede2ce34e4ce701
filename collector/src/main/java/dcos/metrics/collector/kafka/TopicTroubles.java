// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Says which topics take no messages while others do: once when it has gone on for a while and once
 * when it is over, a few topics by name and how many more there are. One thread only.
 */
final class TopicTroubles {

  /** Shorter troubles are not worth a line. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long PERIOD_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int MOST_NAMED = 10;

  private final LongSupplier nanoClock;
  private final Logger logger;
  private final Set<String> named = new HashSet<>();
  private boolean more;
  private long lastNanos;

  TopicTroubles(LongSupplier nanoClock, Logger logger) {
    this.nanoClock = nanoClock;
    this.logger = logger;
    this.lastNanos = nanoClock.getAsLong();
  }

  /** Time has passed, and Kafka can be reached. */
  void tick(Lanes lanes) {
    long now = nanoClock.getAsLong();
    if (now - lastNanos < PERIOD_NANOS) {
      return;
    }
    lastNanos = now;
    Map<String, String> failing = lanes.failingFor(PATIENCE);
    named.removeIf(topic -> !failing.containsKey(topic) && sayEnd(topic));
    int unnamed = 0;
    for (var entry : failing.entrySet()) {
      String topic = entry.getKey();
      if (named.contains(topic)) {
        continue;
      }
      if (named.size() < MOST_NAMED) {
        named.add(topic);
        sayBegin(topic, entry.getValue());
      } else {
        unnamed++;
      }
    }
    if (unnamed > 0 && !more) {
      logger.atWarn().addKeyValue("topics", unnamed).log("more topics take no messages, retrying");
    }
    more = unnamed > 0;
  }

  private void sayBegin(String topic, String error) {
    logger
        .atWarn()
        .addKeyValue("topic", topic)
        .addKeyValue("error", error)
        .log("topic takes no messages, retrying");
  }

  private boolean sayEnd(String topic) {
    logger.atInfo().addKeyValue("topic", topic).log("topic is no longer held up");
    return true;
  }
}
