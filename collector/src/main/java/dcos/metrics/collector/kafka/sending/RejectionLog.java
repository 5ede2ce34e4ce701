// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.outcome.Outcome.Undeliverable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Says what no retry mends: each topic and reason once a minute, a few lines a minute at most, and
 * how many messages more. Thread-safe: its monitor guards all its state, and only logging happens
 * under it.
 */
public final class RejectionLog {
  private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MAX_LINES = 10;

  private final LongSupplier nanoClock;
  private final Logger logger;

  // Guarded by this.
  private final Set<String> said = new HashSet<>();
  private long unreported;
  private long sinceNanos;

  /** The first minute begins now. */
  public RejectionLog(LongSupplier nanoClock, Logger logger) {
    this.nanoClock = nanoClock;
    this.logger = logger;
    this.sinceNanos = nanoClock.getAsLong();
  }

  /** Logs a message that failed permanently, or counts it for the next summary. */
  synchronized void log(Message message, Undeliverable why) {
    if (said.size() >= MAX_LINES || !said.add(why.reason() + " " + message.topic())) {
      unreported++;
      return;
    }
    logger
        .atWarn()
        .addKeyValue("topic", message.topic())
        .addKeyValue("reason", why.reason())
        .addKeyValue("records", message.records())
        .addKeyValue("bytes", message.bytes())
        .addKeyValue("error", why.detail())
        .log("Kafka does not take a message, dropping it");
  }

  /** Logs how many more there were, once a minute; to be called several times a minute. */
  public synchronized void tick() {
    long now = nanoClock.getAsLong();
    if (now - sinceNanos < PERIOD_NANOS) {
      return;
    }
    sinceNanos = now;
    said.clear();
    if (unreported > 0) {
      logger
          .atWarn()
          .addKeyValue("messages", unreported)
          .log("Kafka did not take more messages in the last minute, for the same or other topics");
      unreported = 0;
    }
  }
}
