// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends nothing: each message is made as if it were to go, said in one line, and settled. Has no
 * threads; works on those of its callers. Thread-safe.
 */
public final class DryRunDelivery implements Delivery {
  private static final Logger logger = LoggerFactory.getLogger(DryRunDelivery.class);

  private final Encoder encoder;
  private final Settlements settlements;
  // One message is encoded at a time: its bytes are in nobody's budget.
  private final ReentrantLock encoding = new ReentrantLock();

  public DryRunDelivery(Encoder encoder, Settlements settlements) {
    this.encoder = encoder;
    this.settlements = settlements;
  }

  @Override
  public void start() {}

  @Override
  public void submit(Message message) {
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
  public void endLinger() {}

  @Override
  public void drain(Duration timeout) {}

  @Override
  public void close() {}
}
