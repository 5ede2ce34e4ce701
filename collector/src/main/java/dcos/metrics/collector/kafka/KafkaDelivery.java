// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.delivery.Delivery;
import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageEncoder;
import dcos.metrics.collector.settings.Settings;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to Kafka, for as long as it takes: at least once, and none is held back by another
 * topic's trouble. A message is settled by Kafka's acknowledgement or by an error that no retry
 * mends. Its bytes are made when it is sent and again when it is sent again: what waits, waits as
 * slices. Thread-safe.
 */
public final class KafkaDelivery implements Delivery {
  private static final Logger logger = LoggerFactory.getLogger(KafkaDelivery.class);

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration SLOW = Duration.ofSeconds(10);
  private static final String LATE = "no answer in time";
  private static final String STOPPED = "the collector has stopped";
  private static final int CHECKED_TOPICS = 5;
  private static final Duration LAST_SETTLEMENTS = Duration.ofSeconds(1);

  private final Settlements settlements;
  private final ClientConfig config;
  private final Outage outage;
  private final Lanes lanes;
  private final Connection connection;
  private final Dispatch dispatch;
  private final TopicTroubles troubles;
  private final Rejections rejections;
  private final BrokerWatch brokers;
  private final AtomicLong submitted = new AtomicLong();
  // Written by start() and close(), under this.
  private @Nullable ScheduledExecutorService watch;
  private boolean closed;

  /** Sends what the settings say; the encoder is asked for one message at a time. */
  public KafkaDelivery(
      Settings settings, MessageEncoder encoder, Settlements settlements, Tap tap) {
    this(
        ClientConfig.of(settings),
        brokerLookup(settings.kafka())::find,
        KafkaProducer::new,
        encoder,
        settlements,
        tap,
        System::nanoTime,
        Thread.ofPlatform().daemon().name("kafka-broker-check").factory());
  }

  private static BrokerLookup brokerLookup(Settings.Kafka kafka) {
    return BrokerLookup.of(kafka.brokers(), kafka.framework(), kafka.dnsServers());
  }

  /**
   * @param checkThreads makes the threads that look brokers' names up, and block
   */
  KafkaDelivery(
      ClientConfig config,
      BrokerSource source,
      ProducerFactory factory,
      MessageEncoder encoder,
      Settlements settlements,
      Tap tap,
      LongSupplier nanoClock,
      ThreadFactory checkThreads) {
    this.settlements = settlements;
    this.config = config;
    var window = new Window(config.windowBytes(), config.batchBytes(), config.batchOverheadBytes());
    this.lanes = new Lanes(window, SLOW.plus(config.linger()), nanoClock);
    this.outage = new Outage(nanoClock, logger, tap);
    this.troubles = new TopicTroubles(nanoClock, logger);
    this.rejections = new Rejections(nanoClock, logger);
    this.connection = new Connection(source, factory, config, outage, nanoClock, this::onConnected);
    this.brokers =
        new BrokerWatch(
            nanoClock,
            logger,
            outage,
            new BrokerCheck.Means(connection::makeToAsk, InetAddress::getAllByName),
            checkThreads);
    this.dispatch = new Dispatch(lanes, connection, outage, rejections, encoder, settlements);
  }

  /**
   * Lets the Kafka client check its properties, so that a bad one is said before anything starts.
   *
   * @throws IllegalArgumentException naming the property, its value and what is allowed
   */
  public static void check(Settings settings) {
    ClientConfig.of(settings).check();
  }

  @Override
  public synchronized void start() {
    if (closed || watch != null) {
      return;
    }
    for (String property : config.beaten()) {
      logger
          .atWarn()
          .addKeyValue("property", property)
          .log("an option of the collector beats this kafka-property");
    }
    for (String property : config.unknown()) {
      logger
          .atWarn()
          .addKeyValue("property", property)
          .log("the Kafka client does not know this kafka-property, only a plugin of it may");
    }
    watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kafka-watch").factory());
    var _ =
        watch.scheduleWithFixedDelay(
            this::tickSafely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    connection.start();
  }

  @Override
  public void submit(Message message) {
    submitted.incrementAndGet();
    if (lanes.submit(message)) {
      dispatch.advance();
    } else {
      settlements.settled(message, Dispatch.shutdown(STOPPED));
    }
  }

  @Override
  public boolean isBehind(String topic) {
    return lanes.isBehind(topic);
  }

  @Override
  public void endLinger() {
    dispatch.endLinger();
  }

  @Override
  public void drain(Duration timeout) {
    dispatch.dontLinger();
    boolean interrupted = false;
    try {
      if (lanes.awaitSettled(timeout)) {
        return;
      }
    } catch (InterruptedException _) {
      interrupted = true;
    }
    giveUp(outage.isDown() ? Objects.requireNonNullElse(outage.lastError(), LATE) : LATE);
    try {
      // Those that were answered at the last moment are being settled on other threads.
      if (!interrupted) {
        var _ = lanes.awaitSettled(LAST_SETTLEMENTS);
      }
    } catch (InterruptedException _) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Settles what is left.
   *
   * @param why used for topics of which no error is known
   */
  private void giveUp(String why) {
    List<Message> left = lanes.stop();
    List<WaitingTopic> topics =
        LaneReport.of(
            left,
            topic -> {
              String error = lanes.lastError(topic);
              return error.isEmpty() ? why : error;
            });
    UndeliveredLog.log(logger, topics);
    Map<String, String> errors =
        topics.stream().collect(Collectors.toMap(WaitingTopic::topic, WaitingTopic::error));
    for (Message message : left) {
      dispatch.settle(message, Dispatch.shutdown(errors.getOrDefault(message.topic(), why)));
    }
  }

  /** What is neither acknowledged nor rejected by now settles as {@code SHUTDOWN}. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (watch != null) {
        watch.shutdownNow();
      }
    }
    giveUp(STOPPED);
    brokers.close();
    connection.close();
  }

  @Override
  public DeliveryStatus status() {
    KafkaFigures figures = figures();
    DeliveryStatus.State state =
        switch (figures.state()) {
          case CONNECTING -> DeliveryStatus.State.CONNECTING;
          case UP -> DeliveryStatus.State.UP;
          case NOT_DELIVERING -> DeliveryStatus.State.NOT_DELIVERING;
          // Before the first acknowledgement nothing has gone away yet.
          case DOWN ->
              figures.acknowledged() > 0
                  ? DeliveryStatus.State.DOWN
                  : DeliveryStatus.State.CONNECTING;
        };
    return new DeliveryStatus(
        state,
        Instant.now().minus(figures.lasted()),
        figures.down(),
        figures.lastError(),
        new DeliveryStatus.Messages(
            figures.submitted(),
            figures.acknowledged(),
            figures.resent(),
            figures.split(),
            figures.undeliverable(),
            figures.onTheirWayMessages(),
            figures.waitingMessages()));
  }

  /** How sending goes, in more detail. */
  KafkaFigures figures() {
    Lanes.Count count = lanes.count();
    Client client = connection.client();
    return new KafkaFigures(
        outage.state(),
        outage.lasted(),
        Optional.ofNullable(outage.lastError()),
        client == null ? "" : client.brokers(),
        connection.made(),
        submitted.get(),
        dispatch.acknowledged(),
        dispatch.resent(),
        dispatch.split(),
        dispatch.undeliverable(),
        count.topics(),
        count.failingTopics(),
        count.waitingMessages(),
        count.waitingBytes(),
        count.onTheirWayMessages(),
        count.onTheirWayBytes());
  }

  @Override
  public List<WaitingTopic> waitingTopics() {
    boolean all = outage.isDown();
    return lanes.waiting(all, all ? Objects.requireNonNullElse(outage.lastError(), "") : "");
  }

  /** Everything that happens by itself as time passes. */
  void tick() {
    Lanes.Count count = lanes.count();
    connection.watch(count.unsettledNanos());
    connection.watchAcknowledgements(lanes.unacknowledgedSinceNanos());
    outage.tick(
        count.waitingMessages() + count.onTheirWayMessages(),
        count.waitingBytes() + count.onTheirWayBytes());
    brokers.tick(
        outage.isDown() || lanes.isSlow(),
        connection.client(),
        () -> lanes.waitingTopics(CHECKED_TOPICS));
    rejections.tick();
    troubles.tick(lanes);
    lanes.tick();
    dispatch.hastenIfNeeded();
    dispatch.advance();
  }

  private void tickSafely() {
    try {
      tick();
    } catch (RuntimeException e) {
      // An exception would end the periods for ever.
      logger.atError().setCause(e).log("watching over Kafka failed, going on");
    }
  }

  private void onConnected() {
    lanes.hurry();
    dispatch.advance();
  }
}
