// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.delivery;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageSink;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.recordlog.RecordLog;
import dcos.metrics.collector.settings.Settings;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From finished messages to their delivery, as far as the global limit allows. Thread-safe. */
public final class OutputLimiter implements MessageSink {
  private static final Logger logger = LoggerFactory.getLogger(OutputLimiter.class);

  private final Settings.Limit limit;
  private final RateLimit rateLimit;
  private final RecordLog recordLog;
  private final Delivery delivery;
  private final Delivery.Settlements settlements;
  private final EventTap tap;
  private final LongAdder throttledMessages = new LongAdder();

  public OutputLimiter(
      Settings.Limit limit,
      RecordLog recordLog,
      Delivery delivery,
      Delivery.Settlements settlements,
      EventTap tap) {
    this.limit = limit;
    this.rateLimit = new RateLimit(limit, System::nanoTime, System.nanoTime());
    this.recordLog = recordLog;
    this.delivery = delivery;
    this.settlements = settlements;
    this.tap = tap;
  }

  @Override
  public void accept(Message message) {
    if (tap.isOpen()) {
      tap.publish(
          new Event.MessageMade(
              EventTime.now(),
              message.id(),
              message.topic(),
              message.records(),
              message.bytes(),
              message.trigger(),
              message.ranges()));
    }
    rateLimit.beginPeriodIfDue();
    if (rateLimit.tryAcquire(message.records(), message.bytes())) {
      recordLog.out(message);
      delivery.submit(message);
    } else {
      throttledMessages.increment();
      settlements.settled(message, new Outcome.Throttled(Outcome.LimitScope.GLOBAL));
    }
  }

  @Override
  public boolean isBehind(String topic) {
    return delivery.isBehind(topic);
  }

  @Override
  public void endLinger() {
    delivery.endLinger();
  }

  /** How many messages were dropped so far, over the limit. */
  public long throttledMessages() {
    return throttledMessages.sum();
  }

  /** Once a period of the global limit: says what was dropped in it. */
  public void logThrottled() {
    rateLimit
        .takeRefused()
        .ifPresent(
            refused ->
                logger
                    .atWarn()
                    .addKeyValue("records", refused.records())
                    .addKeyValue("bytes", refused.bytes())
                    .addKeyValue("limit_bytes", limit.amountBytes())
                    .addKeyValue("period_s", limit.period().toSeconds())
                    .log("records throttled, over the global limit"));
  }
}
