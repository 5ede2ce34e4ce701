// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.delivery.Delivery.Settlements;
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
 * Brings what the lanes have to the client, each topic on a thread of its own while it has a turn,
 * and the client's answers back. Thread-safe.
 *
 * <p>Its one lock makes threads encode and hand over one message at a time. The producer may report
 * an answer while it takes a message, so all other locks of this package and those of the {@link
 * Settlements} may be taken under it: no caller may hold any of them.
 */
final class Dispatch {
  /** Topics that are looked up or sent to at once. */
  private static final int MOST_TURNS = 128;

  /** While Kafka is away a few topics find out as much as all. */
  private static final int MOST_TURNS_IN_OUTAGE = 4;

  private final Lanes lanes;
  private final Connection connection;
  private final Outage outage;
  private final Rejections rejections;
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
  Dispatch(
      Lanes lanes,
      Connection connection,
      Outage outage,
      Rejections rejections,
      MessageEncoder encoder,
      Settlements settlements) {
    this.lanes = lanes;
    this.connection = connection;
    this.outage = outage;
    this.rejections = rejections;
    this.encoder = encoder;
    this.settlements = settlements;
  }

  /** How many messages, or parts, Kafka has acknowledged. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** How often a message was put back to be sent again. */
  long resent() {
    return resent.get();
  }

  /** How many messages were too large and were split. */
  long split() {
    return split.get();
  }

  /** How many messages, or parts, failed permanently; without those left at the stop. */
  long undeliverable() {
    return undeliverable.get();
  }

  /** From now on nothing lingers. */
  void dontLinger() {
    hasty = true;
    hastenIfNeeded();
  }

  /** Ends the linger of what has been handed over, and of what is being handed over. */
  void endLinger() {
    wantsEnd.set(true);
    Client client = connection.client();
    if (client != null) {
      client.endLinger();
    }
  }

  /** Ends the linger where others wait behind what lingers. */
  void hastenIfNeeded() {
    Client client = connection.client();
    if (client != null && (hasty || lanes.isCrowded())) {
      client.endLinger();
    }
  }

  /** Gives turns to as many lanes as there may be; each runs on a thread of its own. */
  void advance() {
    while (connection.client() != null) {
      Lane lane = lanes.nextTurn(outage.isDown() ? MOST_TURNS_IN_OUTAGE : MOST_TURNS);
      if (lane == null) {
        return;
      }
      Thread.ofVirtual().name("kafka-topic").start(() -> turn(lane));
    }
  }

  private void turn(Lane lane) {
    Client client = enter();
    if (client == null) {
      lanes.turnFailed(lane, false, "no connection");
      return;
    }
    try {
      turn(client, lane);
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
  private @Nullable Client enter() {
    Client client = connection.client();
    while (client != null && !client.enter()) {
      client = connection.client(); // it was replaced at this moment
    }
    return client;
  }

  private void turn(Client client, Lane lane) {
    long answers = client.answers();
    try {
      if (client.hasLeader(lane.topic())) {
        sendAll(client, lane);
      } else {
        lanes.turnFailed(lane, true, "no partition has a leader");
      }
    } catch (RuntimeException e) {
      turnFailed(client, lane, e, client.answers() != answers);
    }
  }

  private void turnFailed(Client client, Lane lane, RuntimeException error, boolean answered) {
    String text = ErrorText.of(error);
    switch (SendErrorPolicy.of(error)) {
      case SendErrorPolicy.Reject(var reason) -> {
        Message refused = lanes.turnRefused(lane);
        if (refused != null) {
          reject(refused, new Outcome.Undeliverable(reason, text));
        }
      }
      case SendErrorPolicy.Replace() -> {
        replace(client, error);
        lanes.turnFailed(lane, false, text);
      }
      // A topic is not to blame where no broker answered, or its client was replaced.
      case SendErrorPolicy.Retry(), SendErrorPolicy.Split() -> {
        outage.failed(text);
        boolean topicsFault = answered && connection.isCurrent(client);
        lanes.turnFailed(lane, topicsFault, topicsFault ? explained(client, lane, text) : text);
      }
    }
  }

  /** Brokers report a name that collides with another as an unknown topic. */
  private static String explained(Client client, Lane lane, String text) {
    return client
        .collidingTopic(lane.topic())
        .map(other -> text + "; its name collides with " + other)
        .orElse(text);
  }

  private void sendAll(Client client, Lane lane) {
    for (Attempt attempt = lanes.admit(lane); attempt != null; attempt = lanes.admit(lane)) {
      send(client, attempt);
    }
  }

  private void send(Client client, Attempt attempt) {
    Message message = attempt.message();
    encoding.lock();
    try {
      byte[] bytes = encoder.encode(message);
      lanes.learn(attempt, bytes.length);
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
      Client client,
      Attempt attempt,
      @Nullable RecordMetadata metadata,
      @Nullable Exception error) {
    if (error == null) {
      connection.acknowledged();
      if (lanes.finish(attempt, true)) {
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

  private void failed(Client client, Attempt attempt, Exception error) {
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
        if (lanes.finish(attempt, false)) {
          reject(attempt.message(), new Outcome.Undeliverable(reason, ErrorText.of(error)));
        }
      }
    }
  }

  private void comeBack(Attempt attempt, boolean topicsFault, String error) {
    if (lanes.retry(attempt, topicsFault, error)) {
      resent.incrementAndGet();
    }
  }

  private void replace(Client client, Exception error) {
    if (connection.isCurrent(client)) {
      outage.refused(ErrorText.of(error));
      connection.unusable(client);
    }
  }

  private void tooLarge(Attempt attempt, Exception error) {
    if (!lanes.finish(attempt, false)) {
      return;
    }
    Message message = attempt.message();
    if (message.records() < 2) {
      reject(message, new Outcome.Undeliverable(Reason.TOO_LARGE, ErrorText.of(error)));
      return;
    }
    split.incrementAndGet();
    List<Message> parts = message.split();
    if (!lanes.resume(parts)) {
      lanes.settled(1 - parts.size());
      parts.forEach(part -> settle(part, shutdown(ErrorText.of(error))));
    }
  }

  private void reject(Message message, Outcome.Undeliverable why) {
    undeliverable.incrementAndGet();
    rejections.say(message, why);
    settle(message, why);
  }

  /** Reports the outcome of a message that is neither queued nor in flight any more. */
  void settle(Message message, Outcome outcome) {
    try {
      settlements.settled(message, outcome);
    } finally {
      lanes.settled(1);
    }
  }

  /**
   * The outcome of a message that is left at the stop.
   *
   * @param why the last error, one line
   */
  static Outcome shutdown(String why) {
    return new Outcome.Undeliverable(Reason.SHUTDOWN, why);
  }
}
