// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.kafka.error.ErrorText;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Whether Kafka acknowledges messages, and what is logged about it: one line when an outage begins,
 * one every few seconds while it lasts, one when it ends. Only an acknowledgement ends an outage
 * while there are messages: brokers that answer requests for metadata may still take nothing. Also
 * publishes events. Thread-safe.
 *
 * <p>Its monitor guards all its state. It logs and publishes under it, so that lines and events
 * come in the order of the changes; no other lock of the Kafka classes is taken under it.
 */
public final class OutageMonitor {
  private static final long SUMMARY_NANOS = Duration.ofSeconds(5).toNanos();

  private final LongSupplier nanoClock;
  private final Logger logger;
  private final EventTap tap;

  // All guarded by this.
  private KafkaState state = KafkaState.CONNECTING;
  private boolean everAcknowledged;
  private long acknowledgedNanos;
  private long sinceNanos;
  // Of the outage that lasts, or the last one.
  private long outageNanos;
  private boolean answered;
  private boolean refused;
  // It ended with an answer, and nothing was acknowledged since.
  private boolean answersOnly;
  private long loggedNanos;
  private @Nullable String lastError;
  private @Nullable String finding;

  /** Nothing is known yet: the state is {@link KafkaState#CONNECTING}. */
  public OutageMonitor(LongSupplier nanoClock, Logger logger, EventTap tap) {
    this.nanoClock = nanoClock;
    this.logger = logger;
    this.tap = tap;
    this.sinceNanos = nanoClock.getAsLong();
  }

  /** No broker was found, or no client could be made. */
  synchronized void unreachable(String error) {
    begin(KafkaState.DOWN, error);
  }

  /** There is a client, and no broker answers it. */
  synchronized void silent(String error) {
    // Once brokers have refused the client, their word says more.
    if (!refused) {
      begin(KafkaState.DOWN, error);
    }
  }

  /** Brokers can be reached and refuse the client. */
  public synchronized void refused(String error) {
    refused = true;
    begin(KafkaState.NOT_DELIVERING, error);
  }

  /**
   * Messages were handed to the client, and none has been acknowledged for too long.
   *
   * @param handedNanos since when; ignored if one has been acknowledged meanwhile
   * @param error used where nothing else is known
   */
  synchronized void notDelivering(long handedNanos, String error) {
    boolean late = everAcknowledged && acknowledgedNanos - handedNanos > 0;
    if (!late && state != KafkaState.NOT_DELIVERING) {
      begin(KafkaState.NOT_DELIVERING, state.isOutage() && lastError != null ? lastError : error);
    }
  }

  /** A message failed; remembered as the last error while an outage lasts. */
  public synchronized void failed(String error) {
    if (state.isOutage() && !refused) {
      lastError = ErrorText.bounded(error);
    }
  }

  /**
   * A check has found which brokers cannot be reached.
   *
   * @param text null if all can be
   */
  synchronized void found(@Nullable String text) {
    String next = text == null ? null : ErrorText.bounded(text);
    if (!state.isOutage() || Objects.equals(finding, next)) {
      return;
    }
    finding = next;
    if (next != null) {
      publish(false, next);
    }
  }

  private void begin(KafkaState next, String error) {
    lastError = ErrorText.bounded(error);
    if (state.isOutage()) {
      // What is not delivering stays so until something is acknowledged.
      state = next == KafkaState.NOT_DELIVERING ? next : state;
      return;
    }
    long now = nanoClock.getAsLong();
    state = next;
    answered = false;
    finding = null;
    answersOnly = false;
    sinceNanos = now;
    outageNanos = now;
    loggedNanos = now;
    logger
        .atWarn()
        .addKeyValue("error", lastError)
        .log("Kafka takes no messages, keeping them and trying on");
    publish(false, lastError);
  }

  /** Some broker answered something. */
  synchronized void answered() {
    answered = true;
  }

  /** A broker took a message. */
  synchronized void acknowledged() {
    everAcknowledged = true;
    acknowledgedNanos = nanoClock.getAsLong();
    boolean outage = state.isOutage();
    if (outage || answersOnly) {
      logger
          .atInfo()
          .addKeyValue("seconds", secondsSince(outageNanos, acknowledgedNanos))
          .log("Kafka takes messages again");
      answersOnly = false;
    }
    if (state != KafkaState.UP) {
      become(KafkaState.UP, acknowledgedNanos);
    }
    if (outage) {
      publish(true, "");
    }
  }

  /** Nothing is to be sent, and brokers answer: what was known before the outage counts again. */
  private void endIdle(long now) {
    logger
        .atInfo()
        .addKeyValue("seconds", secondsSince(outageNanos, now))
        .log("Kafka answers again, there are no messages to send");
    answersOnly = true;
    become(everAcknowledged ? KafkaState.UP : KafkaState.CONNECTING, now);
    publish(true, "");
  }

  private void become(KafkaState next, long now) {
    state = next;
    sinceNanos = now;
    refused = false;
    finding = null;
  }

  private void publish(boolean up, String error) {
    if (tap.isOpen()) {
      tap.publish(new Event.KafkaChanged(EventTime.now(), up, error));
    }
  }

  /**
   * Ends an outage if brokers answer and there are no messages, or else logs now and then that it
   * lasts. To be called about every second.
   *
   * @param messages how many wait or are in flight
   * @param bytes of their records, before tags
   */
  public synchronized void tick(int messages, long bytes) {
    long now = nanoClock.getAsLong();
    if (state == KafkaState.DOWN && answered && messages == 0) {
      endIdle(now);
    }
    if (!state.isOutage() || now - loggedNanos < SUMMARY_NANOS) {
      return;
    }
    loggedNanos = now;
    if (state == KafkaState.NOT_DELIVERING && messages == 0) {
      return; // all were refused: each topic has its own line, and nothing is waiting
    }
    logger
        .atWarn()
        .addKeyValue("seconds", secondsSince(outageNanos, now))
        .addKeyValue("messages", messages)
        .addKeyValue("bytes", bytes)
        .addKeyValue("error", Objects.requireNonNullElse(error(), ""))
        .log("Kafka still takes no messages");
  }

  /** Whether messages are being acknowledged. */
  public synchronized KafkaState state() {
    return state;
  }

  /** Whether an outage lasts. */
  public synchronized boolean isDown() {
    return state.isOutage();
  }

  /** How long the state has lasted. An outage lasts from its beginning, whatever it is called. */
  public synchronized Duration lasted() {
    return Duration.ofNanos(nanoClock.getAsLong() - sinceNanos);
  }

  /** The last error, of this outage or one before: which broker cannot be reached, if known. */
  public synchronized @Nullable String lastError() {
    return error();
  }

  private @Nullable String error() {
    return finding == null ? lastError : finding;
  }

  private static long secondsSince(long begin, long now) {
    return Duration.ofNanos(now - begin).toSeconds();
  }
}
