// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.delivery.Delivery.Settlements;
import dcos.metrics.collector.kafka.error.ErrorText;
import dcos.metrics.collector.kafka.error.SendErrorPolicy;
import dcos.metrics.collector.kafka.producer.OutageMonitor;
import dcos.metrics.collector.kafka.producer.ProducerSession;
import dcos.metrics.collector.kafka.producer.ProducerSupervisor;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageEncoder;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Receipt;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the queues have to the client, each topic on a thread of its own while it has a turn,
 * and the client's answers back. Thread-safe.
 *
 * <p>Its one lock makes threads encode and hand over one message at a time. The producer may report
 * an answer while it takes a message, so all other locks of this package and those of the {@link
 * Settlements} may be taken under it: no caller may hold any of them.
 */
public final class MessageSender {
  /** Topics that are looked up or sent to at once. */
  private static final int MAX_TURNS = 128;

  /** While Kafka is away a few topics find out as much as all. */
  private static final int MAX_TURNS_IN_OUTAGE = 4;

  private final TopicQueues queues;
  private final ProducerSupervisor connection;
  private final OutageMonitor outage;
  private final RejectionLog rejections;
  private final MessageEncoder encoder;
  private final Settlements settlements;
  // One message is encoded at a time, and only when the client's buffer has room for it.
  private final ReentrantLock encoding = new ReentrantLock();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong resent = new AtomicLong();
  private final AtomicLong split = new AtomicLong();
  private final AtomicLong undeliverable = new AtomicLong();
  // Set once, read by all.
  private volatile boolean hasty;
  // Set by whoever wants the linger to end, taken back by the next turn that ends.
  private final AtomicBoolean wantsEnd = new AtomicBoolean();

  /**
   * Creates a dispatch without threads; {@link #advance} starts them.
   *
   * @param encoder called for one message at a time
   * @param settlements called once per message, on any thread
   */
  public MessageSender(
      TopicQueues queues,
      ProducerSupervisor connection,
      OutageMonitor outage,
      RejectionLog rejections,
      MessageEncoder encoder,
      Settlements settlements) {
    this.queues = queues;
    this.connection = connection;
    this.outage = outage;
    this.rejections = rejections;
    this.encoder = encoder;
    this.settlements = settlements;
  }

  /** How many messages, or parts, Kafka has acknowledged. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** How often a message was put back to be sent again. */
  public long resent() {
    return resent.get();
  }

  /** How many messages were too large and were split. */
  public long split() {
    return split.get();
  }

  /** How many messages, or parts, failed permanently; without those left at the stop. */
  public long undeliverable() {
    return undeliverable.get();
  }

  /** From now on nothing lingers. */
  public void dontLinger() {
    hasty = true;
    hastenIfNeeded();
  }

  /** Ends the linger of what has been handed over, and of what is being handed over. */
  public void endLinger() {
    wantsEnd.set(true);
    ProducerSession client = connection.client();
    if (client != null) {
      client.endLinger();
    }
  }

  /** Ends the linger where others wait behind what lingers. */
  public void hastenIfNeeded() {
    ProducerSession client = connection.client();
    if (client != null && (hasty || queues.isCrowded())) {
      client.endLinger();
    }
  }

  /** Gives turns to as many queues as there may be; each runs on a thread of its own. */
  public void advance() {
    while (connection.client() != null) {
      TopicQueue queue = queues.nextTurn(outage.isDown() ? MAX_TURNS_IN_OUTAGE : MAX_TURNS);
      if (queue == null) {
        return;
      }
      Thread.ofVirtual().name("kafka-topic").start(() -> turn(queue));
    }
  }

  private void turn(TopicQueue queue) {
    ProducerSession client = enter();
    if (client == null) {
      queues.turnFailed(queue, false, "no connection");
      return;
    }
    try {
      turn(client, queue);
    } finally {
      client.leave();
    }
    if (wantsEnd.getAndSet(false)) {
      client.endLinger();
    }
    hastenIfNeeded();
    advance();
  }

  /** The client, which stays open until it is left. */
  private @Nullable ProducerSession enter() {
    ProducerSession client = connection.client();
    while (client != null && !client.enter()) {
      client = connection.client(); // it was replaced at this moment
    }
    return client;
  }

  private void turn(ProducerSession client, TopicQueue queue) {
    long answers = client.answers();
    try {
      if (client.hasLeader(queue.topic())) {
        sendAll(client, queue);
      } else {
        queues.turnFailed(queue, true, "no partition has a leader");
      }
    } catch (RuntimeException e) {
      turnFailed(client, queue, e, client.answers() != answers);
    }
  }

  private void turnFailed(
      ProducerSession client, TopicQueue queue, RuntimeException error, boolean answered) {
    String text = ErrorText.of(error);
    switch (SendErrorPolicy.of(error)) {
      case SendErrorPolicy.Reject(var reason) -> {
        Message refused = queues.turnRefused(queue);
        if (refused != null) {
          reject(refused, new Outcome.Undeliverable(reason, text));
        }
      }
      case SendErrorPolicy.Replace() -> {
        replace(client, error);
        queues.turnFailed(queue, false, text);
      }
      // A topic is not to blame where no broker answered, or its client was replaced.
      case SendErrorPolicy.Retry(), SendErrorPolicy.Split() -> {
        outage.failed(text);
        boolean topicsFault = answered && connection.isCurrent(client);
        queues.turnFailed(queue, topicsFault, topicsFault ? explained(client, queue, text) : text);
      }
    }
  }

  /** Brokers report a name that collides with another as an unknown topic. */
  private static String explained(ProducerSession client, TopicQueue queue, String text) {
    return client
        .collidingTopic(queue.topic())
        .map(other -> text + "; its name collides with " + other)
        .orElse(text);
  }

  private void sendAll(ProducerSession client, TopicQueue queue) {
    for (SendAttempt attempt = queues.admit(queue);
        attempt != null;
        attempt = queues.admit(queue)) {
      send(client, attempt);
    }
  }

  private void send(ProducerSession client, SendAttempt attempt) {
    Message message = attempt.message();
    encoding.lock();
    try {
      byte[] bytes = encoder.encode(message);
      queues.learn(attempt, bytes.length);
      client.send(
          message.topic(), bytes, (metadata, error) -> answered(client, attempt, metadata, error));
    } catch (RuntimeException e) {
      answered(client, attempt, null, e);
    } catch (Error e) {
      // Out of memory, or a native library that is missing: the message must come back.
      outage.refused(ErrorText.of(e));
      comeBack(attempt, false, ErrorText.of(e));
    } finally {
      encoding.unlock();
    }
  }

  /** The client's word on a message, on any of its threads. */
  private void answered(
      ProducerSession client,
      SendAttempt attempt,
      @Nullable RecordMetadata metadata,
      @Nullable Exception error) {
    if (error == null) {
      connection.acknowledged();
      if (queues.finish(attempt, true)) {
        acknowledged.incrementAndGet();
        RecordMetadata where = Objects.requireNonNull(metadata);
        settle(
            attempt.message(),
            new Outcome.Delivered(new Receipt(where.partition(), where.offset())));
      }
    } else {
      failed(client, attempt, error);
    }
    advance();
  }

  private void failed(ProducerSession client, SendAttempt attempt, Exception error) {
    switch (SendErrorPolicy.of(error)) {
      case SendErrorPolicy.Retry() -> {
        outage.failed(ErrorText.of(error));
        comeBack(attempt, connection.isCurrent(client) && !outage.isDown(), ErrorText.of(error));
      }
      case SendErrorPolicy.Replace() -> {
        replace(client, error);
        comeBack(attempt, false, ErrorText.of(error));
      }
      case SendErrorPolicy.Split() -> tooLarge(attempt, error);
      case SendErrorPolicy.Reject(var reason) -> {
        if (queues.finish(attempt, false)) {
          reject(attempt.message(), new Outcome.Undeliverable(reason, ErrorText.of(error)));
        }
      }
    }
  }

  private void comeBack(SendAttempt attempt, boolean topicsFault, String error) {
    if (queues.retry(attempt, topicsFault, error)) {
      resent.incrementAndGet();
    }
  }

  private void replace(ProducerSession client, Exception error) {
    if (connection.isCurrent(client)) {
      outage.refused(ErrorText.of(error));
      connection.unusable(client);
    }
  }

  private void tooLarge(SendAttempt attempt, Exception error) {
    if (!queues.finish(attempt, false)) {
      return;
    }
    Message message = attempt.message();
    if (message.records() < 2) {
      reject(message, new Outcome.Undeliverable(Reason.TOO_LARGE, ErrorText.of(error)));
      return;
    }
    split.incrementAndGet();
    List<Message> parts = message.split();
    if (!queues.resume(parts)) {
      queues.settled(1 - parts.size());
      parts.forEach(part -> settle(part, shutdown(ErrorText.of(error))));
    }
  }

  private void reject(Message message, Outcome.Undeliverable why) {
    undeliverable.incrementAndGet();
    rejections.log(message, why);
    settle(message, why);
  }

  /** Reports the outcome of a message that is neither queued nor in flight any more. */
  public void settle(Message message, Outcome outcome) {
    try {
      settlements.settled(message, outcome);
    } finally {
      queues.settled(1);
    }
  }

  /**
   * The outcome of a message that is left at the stop.
   *
   * @param why the last error, one line
   */
  public static Outcome shutdown(String why) {
    return new Outcome.Undeliverable(Reason.SHUTDOWN, why);
  }
}
