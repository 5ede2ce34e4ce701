// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import dcos.metrics.collector.kafka.discovery.BootstrapSource;
import dcos.metrics.collector.kafka.error.ErrorText;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Always a client, or on the way to one: looks the brokers up, makes the client, and makes another
 * when no broker answers for a minute, when it can not send any more, or when it has seen too many
 * topics. All that takes time happens on a thread of its own. Thread-safe.
 *
 * <p>Its lock guards which client is needed, current, lost and retiring; no other lock is taken and
 * nothing of a client is called under it. Current and retiring clients are read without it.
 */
public final class ProducerSupervisor implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(ProducerSupervisor.class);

  private static final Duration SILENCE_TO_REPLACE = Duration.ofMinutes(1);
  private static final Duration SILENCE_TO_COMPLAIN = Duration.ofSeconds(10);

  /** A new client asks at once; a slow machine needs its time for that. */
  private static final Duration FIRST_SILENCE_TO_COMPLAIN = Duration.ofSeconds(8);

  /** How long a client that has seen too many topics may take to finish what it has. */
  private static final Duration RETIREMENT = Duration.ofSeconds(10);

  private static final Duration JOIN = Duration.ofSeconds(2);

  private enum Need {
    NOTHING,
    CONNECT,
    RENEW
  }

  private final BootstrapSource source;
  private final ProducerFactory factory;
  private final ProducerSettings config;
  private final OutageMonitor outage;
  private final LongSupplier nanoClock;
  private final Runnable onConnected;
  private final AtomicInteger made = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition needed = lock.newCondition();

  // Guarded by lock.
  private Need need = Need.CONNECT;
  private @Nullable ProducerSession lost;
  private @Nullable Thread thread;
  private boolean closed;

  // Written under lock, read by all.
  private volatile @Nullable ProducerSession client;
  private volatile @Nullable ProducerSession retiring;
  private volatile boolean worked;

  // Connection thread only.
  private final ConnectPause pause;

  // The caller of watch() only, but for acknowledged(), which may set the time.
  private @Nullable ProducerSession watched;
  private long answers;
  private boolean hasAnswered;
  private volatile long lastAnswerNanos;

  /**
   * @param onConnected called whenever there is another client, on the connection's thread
   */
  public ProducerSupervisor(
      BootstrapSource source,
      ProducerFactory factory,
      ProducerSettings config,
      OutageMonitor outage,
      LongSupplier nanoClock,
      Runnable onConnected) {
    this.source = source;
    this.factory = factory;
    this.config = config;
    this.outage = outage;
    this.nanoClock = nanoClock;
    this.pause = new ConnectPause(nanoClock);
    this.onConnected = onConnected;
  }

  /** Starts the thread that looks the brokers up and creates clients; does nothing once closed. */
  public void start() {
    lock.lock();
    try {
      if (thread == null && !closed) {
        thread = Thread.ofPlatform().daemon().name("kafka-connection").start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The client to send with; null while there is none. */
  @Nullable
  public ProducerSession client() {
    return client;
  }

  /** How many clients have been created to send with. */
  public int made() {
    return made.get();
  }

  /** Whether this is the client to send with. */
  public boolean isCurrent(ProducerSession other) {
    return client == other;
  }

  /** Replaces a client that cannot send any more; does nothing if it is not the current one. */
  public void unusable(ProducerSession broken) {
    lock.lock();
    try {
      if (client == broken && !closed) {
        client = null;
        lost = broken;
        need = Need.CONNECT;
        needed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A broker took a message. */
  public void acknowledged() {
    worked = true;
    lastAnswerNanos = nanoClock.getAsLong();
    outage.acknowledged();
  }

  /**
   * Looks whether brokers answer, and whether the client has done its time.
   *
   * @param unsettledNanos for how long there has been something to answer
   */
  public void watch(long unsettledNanos) {
    ProducerSession now = client;
    if (now == null) {
      return;
    }
    listen(now);
    long silence = nanoClock.getAsLong() - lastAnswerNanos;
    Duration bearable = FIRST_SILENCE_TO_COMPLAIN;
    if (hasAnswered) {
      silence = Math.min(silence, unsettledNanos);
      bearable = patience();
    }
    if (silence > bearable.toNanos()) {
      outage.silent("no answer from " + now.brokers());
    }
    if (silence > SILENCE_TO_REPLACE.toNanos()) {
      logger.atDebug().addKeyValue("brokers", now.brokers()).log("looking brokers up again");
      unusable(now);
    } else if (now.isWorn() && retiring == null && !outage.isDown()) {
      renew(now);
    }
  }

  /**
   * Looks whether messages are being acknowledged, whatever else brokers answer.
   *
   * @param sinceNanos since when messages were handed over and none was acknowledged, if any were
   */
  public void watchAcknowledgements(OptionalLong sinceNanos) {
    if (sinceNanos.isPresent()
        && nanoClock.getAsLong() - sinceNanos.getAsLong() > patience().toNanos()) {
      ProducerSession now = client;
      outage.notDelivering(
          sinceNanos.getAsLong(),
          now == null ? "no connection" : "no acknowledgement from " + now.brokers());
    }
  }

  private Duration patience() {
    return SILENCE_TO_COMPLAIN.plus(config.linger());
  }

  private void listen(ProducerSession now) {
    if (watched != now) {
      watched = now;
      answers = 0;
      hasAnswered = false;
      lastAnswerNanos = now.silentSinceNanos();
    }
    long count = now.answers();
    if (count != answers) {
      answers = count;
      hasAnswered = true;
      lastAnswerNanos = nanoClock.getAsLong();
      outage.answered();
    }
  }

  private void renew(ProducerSession worn) {
    lock.lock();
    try {
      if (client == worn && need == Need.NOTHING && !closed) {
        need = Need.RENEW;
        needed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        switch (awaitNeed()) {
          case CONNECT -> connect();
          case RENEW -> succeed();
          case NOTHING -> throw new IllegalStateException("woken for nothing");
        }
      }
    } catch (InterruptedException _) {
      // Closed: the thread ends here.
    }
  }

  private Need awaitNeed() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (need == Need.NOTHING) {
        needed.await();
      }
      return need;
    } finally {
      lock.unlock();
    }
  }

  /** From the lookup on, for as long as it takes. */
  private void connect() throws InterruptedException {
    ProducerSession old = takeLost();
    if (old != null) {
      old.abort();
    }
    if (worked) {
      worked = false;
      pause.reset();
    }
    while (true) {
      pause.await();
      try {
        List<Endpoint> brokers = source.find();
        String joined = brokers.stream().map(Endpoint::toString).collect(Collectors.joining(","));
        publish(make(joined, nanoClock.getAsLong()), null);
        return;
      } catch (IOException e) {
        outage.unreachable(ErrorText.of(e));
      } catch (RuntimeException e) {
        // The client could not be made: a name that does not resolve, a keystore that is not there.
        outage.unreachable(ErrorText.of(e.getCause() == null ? e : e.getCause()));
      }
    }
  }

  /** The same brokers, another client; the old one finishes what it has. */
  private void succeed() throws InterruptedException {
    ProducerSession worn = client;
    if (worn == null) {
      return; // lost meanwhile
    }
    try {
      publish(make(worn.brokers(), lastAnswerNanos), worn);
    } catch (RuntimeException e) {
      logger.atDebug().addKeyValue("error", ErrorText.of(e)).log("no successor for a Kafka client");
      pause.awaitShortest();
    }
  }

  private ProducerSession make(String brokers, long silentSinceNanos) {
    Producer<byte[], byte[]> producer = factory.create(config.forBrokers(brokers));
    made.incrementAndGet();
    return new ProducerSession(producer, brokers, silentSinceNanos);
  }

  /**
   * Creates a client that only asks for metadata; the caller closes it.
   *
   * @param brokers comma separated
   * @throws org.apache.kafka.common.KafkaException if the client cannot be created
   */
  public ProducerSession makeToAsk(String brokers) {
    return new ProducerSession(
        factory.create(config.toAsk(brokers)), brokers, nanoClock.getAsLong());
  }

  private void publish(ProducerSession fresh, @Nullable ProducerSession worn) {
    boolean late;
    lock.lock();
    try {
      late = closed || client != worn;
      if (!late) {
        client = fresh;
        need = Need.NOTHING;
        retiring = worn;
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      fresh.abort();
      return;
    }
    if (worn != null) {
      Thread.ofVirtual().name("kafka-retirement").start(() -> retire(worn));
    }
    onConnected.run();
  }

  private void retire(ProducerSession worn) {
    worn.retire(RETIREMENT);
    lock.lock();
    try {
      retiring = null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ProducerSession takeLost() {
    lock.lock();
    try {
      ProducerSession taken = lost;
      lost = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** What is on its way comes back by its callbacks. */
  @Override
  public void close() {
    Thread closing;
    ProducerSession last;
    ProducerSession older;
    lock.lock();
    try {
      closed = true;
      closing = thread;
      thread = null;
      last = client;
      client = null;
      older = retiring;
    } finally {
      lock.unlock();
    }
    if (closing != null) {
      closing.interrupt();
    }
    if (last != null) {
      last.abort();
    }
    if (older != null) {
      older.abort();
    }
    try {
      if (closing != null && !closing.join(JOIN)) {
        logger.atWarn().log("looking up Kafka's brokers takes too long to stop, leaving it behind");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
