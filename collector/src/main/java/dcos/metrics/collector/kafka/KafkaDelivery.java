// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.delivery.Delivery;
import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.kafka.discovery.BootstrapSource;
import dcos.metrics.collector.kafka.discovery.BrokerDiscovery;
import dcos.metrics.collector.kafka.producer.BrokerCheck;
import dcos.metrics.collector.kafka.producer.BrokerReachabilityLog;
import dcos.metrics.collector.kafka.producer.OutageMonitor;
import dcos.metrics.collector.kafka.producer.ProducerFactory;
import dcos.metrics.collector.kafka.producer.ProducerSession;
import dcos.metrics.collector.kafka.producer.ProducerSettings;
import dcos.metrics.collector.kafka.producer.ProducerSupervisor;
import dcos.metrics.collector.kafka.sending.FailingTopicLog;
import dcos.metrics.collector.kafka.sending.InFlightWindow;
import dcos.metrics.collector.kafka.sending.MessageSender;
import dcos.metrics.collector.kafka.sending.RejectionLog;
import dcos.metrics.collector.kafka.sending.TopicQueueReport;
import dcos.metrics.collector.kafka.sending.TopicQueues;
import dcos.metrics.collector.kafka.sending.UndeliveredLog;
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
  private final ProducerSettings config;
  private final OutageMonitor outage;
  private final TopicQueues queues;
  private final ProducerSupervisor connection;
  private final MessageSender dispatch;
  private final FailingTopicLog failingTopics;
  private final RejectionLog rejections;
  private final BrokerReachabilityLog brokers;
  private final AtomicLong submitted = new AtomicLong();
  // Written by start() and close(), under this.
  private @Nullable ScheduledExecutorService watch;
  private boolean closed;

  /** Sends what the settings say; the encoder is asked for one message at a time. */
  public KafkaDelivery(
      Settings settings, MessageEncoder encoder, Settlements settlements, EventTap tap) {
    this(
        ProducerSettings.of(settings),
        brokerLookup(settings.kafka())::find,
        KafkaProducer::new,
        encoder,
        settlements,
        tap,
        System::nanoTime,
        Thread.ofPlatform().daemon().name("kafka-broker-check").factory());
  }

  private static BrokerDiscovery brokerLookup(Settings.Kafka kafka) {
    return BrokerDiscovery.of(kafka.brokers(), kafka.framework(), kafka.dnsServers());
  }

  /**
   * @param checkThreads makes the threads that look brokers' names up, and block
   */
  KafkaDelivery(
      ProducerSettings config,
      BootstrapSource source,
      ProducerFactory factory,
      MessageEncoder encoder,
      Settlements settlements,
      EventTap tap,
      LongSupplier nanoClock,
      ThreadFactory checkThreads) {
    this.settlements = settlements;
    this.config = config;
    var window =
        new InFlightWindow(config.windowBytes(), config.batchBytes(), config.batchOverheadBytes());
    this.queues = new TopicQueues(window, SLOW.plus(config.linger()), nanoClock);
    this.outage = new OutageMonitor(nanoClock, logger, tap);
    this.failingTopics = new FailingTopicLog(nanoClock, logger);
    this.rejections = new RejectionLog(nanoClock, logger);
    this.connection =
        new ProducerSupervisor(source, factory, config, outage, nanoClock, this::onConnected);
    this.brokers =
        new BrokerReachabilityLog(
            nanoClock,
            logger,
            outage,
            new BrokerCheck.Means(connection::makeToAsk, InetAddress::getAllByName),
            checkThreads);
    this.dispatch = new MessageSender(queues, connection, outage, rejections, encoder, settlements);
  }

  /**
   * Lets the Kafka client check its properties, so that a bad one is said before anything starts.
   *
   * @throws IllegalArgumentException naming the property, its value and what is allowed
   */
  public static void check(Settings settings) {
    ProducerSettings.of(settings).check();
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
    if (queues.submit(message)) {
      dispatch.advance();
    } else {
      settlements.settled(message, MessageSender.shutdown(STOPPED));
    }
  }

  @Override
  public boolean isBehind(String topic) {
    return queues.isBehind(topic);
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
      if (queues.awaitSettled(timeout)) {
        return;
      }
    } catch (InterruptedException _) {
      interrupted = true;
    }
    giveUp(outage.isDown() ? Objects.requireNonNullElse(outage.lastError(), LATE) : LATE);
    try {
      // Those that were answered at the last moment are being settled on other threads.
      if (!interrupted) {
        var _ = queues.awaitSettled(LAST_SETTLEMENTS);
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
    List<Message> left = queues.stop();
    List<WaitingTopic> topics =
        TopicQueueReport.of(
            left,
            topic -> {
              String error = queues.lastError(topic);
              return error.isEmpty() ? why : error;
            });
    UndeliveredLog.log(logger, topics);
    Map<String, String> errors =
        topics.stream().collect(Collectors.toMap(WaitingTopic::topic, WaitingTopic::error));
    for (Message message : left) {
      dispatch.settle(message, MessageSender.shutdown(errors.getOrDefault(message.topic(), why)));
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
    KafkaStatus selfMetrics = selfMetrics();
    DeliveryStatus.DeliveryState state =
        switch (selfMetrics.state()) {
          case CONNECTING -> DeliveryStatus.DeliveryState.CONNECTING;
          case UP -> DeliveryStatus.DeliveryState.UP;
          case NOT_DELIVERING -> DeliveryStatus.DeliveryState.NOT_DELIVERING;
          // Before the first acknowledgement nothing has gone away yet.
          case DOWN ->
              selfMetrics.acknowledged() > 0
                  ? DeliveryStatus.DeliveryState.DOWN
                  : DeliveryStatus.DeliveryState.CONNECTING;
        };
    return new DeliveryStatus(
        state,
        Instant.now().minus(selfMetrics.lasted()),
        selfMetrics.down(),
        selfMetrics.lastError(),
        new DeliveryStatus.Messages(
            selfMetrics.submitted(),
            selfMetrics.acknowledged(),
            selfMetrics.resent(),
            selfMetrics.split(),
            selfMetrics.undeliverable(),
            selfMetrics.onTheirWayMessages(),
            selfMetrics.waitingMessages()));
  }

  /** How sending goes, in more detail. */
  KafkaStatus selfMetrics() {
    TopicQueues.Count count = queues.count();
    ProducerSession client = connection.client();
    return new KafkaStatus(
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
    return queues.waiting(all, all ? Objects.requireNonNullElse(outage.lastError(), "") : "");
  }

  /** Everything that happens by itself as time passes. */
  void tick() {
    TopicQueues.Count count = queues.count();
    connection.watch(count.unsettledNanos());
    connection.watchAcknowledgements(queues.unacknowledgedSinceNanos());
    outage.tick(
        count.waitingMessages() + count.onTheirWayMessages(),
        count.waitingBytes() + count.onTheirWayBytes());
    brokers.tick(
        outage.isDown() || queues.isSlow(),
        connection.client(),
        () -> queues.waitingTopics(CHECKED_TOPICS));
    rejections.tick();
    failingTopics.tick(queues);
    queues.tick();
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
    queues.hurry();
    dispatch.advance();
  }
}
