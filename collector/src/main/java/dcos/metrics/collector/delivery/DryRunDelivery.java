// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.delivery;

import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageEncoder;
import dcos.metrics.collector.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends nothing: each message is made as if it were to go, said in one line, and settled. Has no
 * threads; works on those of its callers. Thread-safe.
 */
public final class DryRunDelivery implements Delivery {
  private static final Logger logger = LoggerFactory.getLogger(DryRunDelivery.class);

  private final MessageEncoder encoder;
  private final Settlements settlements;
  // One message is encoded at a time: its bytes are in nobody's budget.
  private final ReentrantLock encoding = new ReentrantLock();
  private final LongAdder messages = new LongAdder();
  private final Instant since = Instant.now();

  public DryRunDelivery(MessageEncoder encoder, Settlements settlements) {
    this.encoder = encoder;
    this.settlements = settlements;
  }

  @Override
  public void start() {}

  @Override
  public void submit(Message message) {
    messages.increment();
    logger
        .atInfo()
        .addKeyValue("topic", message.topic())
        .addKeyValue("records", message.records())
        .addKeyValue("bytes", encodedBytes(message))
        .addKeyValue("trigger", message.trigger())
        .log("would send a message to Kafka");
    settlements.settled(message, new Outcome.DryRun());
  }

  private int encodedBytes(Message message) {
    encoding.lock();
    try {
      return encoder.encode(message).length;
    } finally {
      encoding.unlock();
    }
  }

  @Override
  public boolean isBehind(String topic) {
    return false;
  }

  @Override
  public DeliveryStatus status() {
    var counts = new DeliveryStatus.Messages(messages.sum(), 0, 0, 0, 0, 0, 0);
    return new DeliveryStatus(
        DeliveryStatus.DeliveryState.DRY_RUN, since, false, Optional.empty(), counts);
  }

  @Override
  public List<WaitingTopic> waitingTopics() {
    return List.of();
  }

  @Override
  public void endLinger() {}

  @Override
  public void drain(Duration timeout) {}

  @Override
  public void close() {}
}
