// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.event.Tap;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Whether Kafka can be reached, and what is said about it: one line when an outage begins, one
 * every few seconds while it lasts, one when it ends. Tells the tap of both. Thread-safe.
 */
final class Outage {
  private static final long SUMMARY_NANOS = Duration.ofSeconds(5).toNanos();

  private final LongSupplier nanoClock;
  private final Logger logger;
  private final Tap tap;

  // All guarded by this.
  private boolean down;
  private boolean answered;
  private boolean untilAcknowledged;
  private long sinceNanos;
  private long saidNanos;
  private @Nullable String lastError;

  Outage(LongSupplier nanoClock, Logger logger, Tap tap) {
    this.nanoClock = nanoClock;
    this.logger = logger;
    this.tap = tap;
    this.sinceNanos = nanoClock.getAsLong();
  }

  /** No broker can be reached; any answer ends it. */
  synchronized void unreachable(String error) {
    begin(error);
  }

  /** Brokers can be reached but take nothing; only an acknowledgement ends it. */
  synchronized void refused(String error) {
    untilAcknowledged = true;
    begin(error);
  }

  private void begin(String error) {
    long now = nanoClock.getAsLong();
    lastError = error;
    if (down) {
      return;
    }
    down = true;
    sinceNanos = now;
    saidNanos = now;
    logger
        .atWarn()
        .addKeyValue("error", error)
        .log("Kafka takes no messages, keeping them and trying on");
    tell(false, error);
  }

  /** Some broker answered something. */
  synchronized void answered() {
    noteAnswer();
    if (!untilAcknowledged) {
      end();
    }
  }

  /** A broker took a message. */
  synchronized void acknowledged() {
    noteAnswer();
    end();
  }

  private void noteAnswer() {
    if (!answered) {
      answered = true;
      sinceNanos = down ? sinceNanos : nanoClock.getAsLong();
    }
  }

  private void end() {
    if (!down) {
      return;
    }
    long now = nanoClock.getAsLong();
    logger.atInfo().addKeyValue("seconds", seconds(now)).log("Kafka takes messages again");
    down = false;
    untilAcknowledged = false;
    sinceNanos = now;
    tell(true, "");
  }

  private void tell(boolean up, String error) {
    if (tap.isOpen()) {
      tap.publish(new Event.KafkaChanged(Stamp.now(), up, error));
    }
  }

  /** Time has passed. */
  synchronized void tick(Lanes.Count count) {
    long now = nanoClock.getAsLong();
    if (!down || now - saidNanos < SUMMARY_NANOS) {
      return;
    }
    saidNanos = now;
    logger
        .atWarn()
        .addKeyValue("seconds", seconds(now))
        .addKeyValue("messages", count.waitingMessages() + count.onTheirWayMessages())
        .addKeyValue("bytes", count.waitingBytes() + count.onTheirWayBytes())
        .addKeyValue("error", Objects.requireNonNullElse(lastError, ""))
        .log("Kafka still takes no messages");
  }

  synchronized boolean isDown() {
    return down;
  }

  /** Whether any broker has answered since the start. */
  synchronized boolean hasAnswered() {
    return answered;
  }

  /** How long it has been up, or down, or sought for the first time. */
  synchronized Duration lasted() {
    return Duration.ofNanos(nanoClock.getAsLong() - sinceNanos);
  }

  /** The last error, of this outage or one before. */
  synchronized @Nullable String lastError() {
    return lastError;
  }

  private long seconds(long now) {
    return Duration.ofNanos(now - sinceNanos).toSeconds();
  }
}
