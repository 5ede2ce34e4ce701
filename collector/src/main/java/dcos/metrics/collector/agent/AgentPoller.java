// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the Mesos agent every period for {@code /state}, {@code /metrics/snapshot} and {@code
 * /containers}, in this order and never two at a time, and hands on what it learns.
 *
 * <p>A query that fails is one warning; the others are asked all the same, and the next period asks
 * again. A 401 ends the polling for good. Answers are read as streams: the memory that they take is
 * bounded and does not grow with them.
 *
 * <p>Thread-safe. State and records come from the one thread {@code agent-poll}.
 */
public final class AgentPoller implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(AgentPoller.class);
  private static final Duration IP_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Settings.Agent settings;
  private final String version;
  private final Consumer<AgentState> states;
  private final RecordSink records;
  private final EventTap tap;
  private final InstantSource clock;
  private final Consumer<String> credentialRefused;
  private final PollLoop loop;
  private final PollCounters counters = new PollCounters();
  private final CountDownLatch closed = new CountDownLatch(1);
  // Written by start() once, before the thread.
  private volatile @Nullable AgentClient answers;
  private volatile @Nullable Thread thread;

  /**
   * Starts nothing.
   *
   * @param version of the collector, for the User-Agent
   * @param states told of every state that was read
   * @param records told of every record; may block
   * @param credentialRefused told once, when the agent answers 401, in a line that names
   *     AUTH_CREDENTIAL; nothing is asked after that
   * @throws IllegalArgumentException if the period is not above zero, or the credential is nothing
   *     that a header can carry
   */
  public AgentPoller(
      Settings.Agent settings,
      String version,
      Consumer<AgentState> states,
      RecordSink records,
      InstantSource clock,
      Consumer<String> credentialRefused,
      EventTap tap) {
    this.settings = settings;
    this.version = version;
    this.states = states;
    this.records = records;
    this.clock = clock;
    this.credentialRefused = credentialRefused;
    this.tap = tap;
    this.loop = new PollLoop(this::pollOnce, settings.pollPeriod(), System::nanoTime, this::pause);
    settings.credential().ifPresent(AgentPoller::checkCredential);
  }

  /**
   * Finds the agent's IP address out, unless there is nobody to ask, and begins to poll; does
   * nothing where polling is off. To be called once.
   *
   * @throws AgentIpException if the address is not to be had: one line naming the option
   */
  public void start() throws AgentIpException, InterruptedException {
    if (!settings.polling()) {
      return;
    }
    connect(settings.timeout());
    synchronized (this) {
      if (thread != null) {
        throw new IllegalStateException("started already");
      }
      if (!isClosed()) {
        thread = Thread.ofPlatform().daemon().name("agent-poll").start(this::run);
      }
    }
  }

  /** What became of asking so far. */
  public PollStatistics selfMetrics() {
    return counters.selfMetrics();
  }

  /**
   * Stops asking: a query under way is cancelled, and nothing is handed on once this returns.
   * Idempotent, waits at most five seconds, and not at all on the poll's own thread.
   */
  @Override
  public void close() {
    Thread polling;
    synchronized (this) {
      closed.countDown();
      polling = thread;
    }
    AgentClient asked = answers;
    if (asked != null) {
      asked.close();
    }
    if (polling == null || polling == Thread.currentThread()) {
      return;
    }
    polling.interrupt();
    try {
      if (!polling.join(CLOSE_TIMEOUT)) {
        logger
            .atWarn()
            .addKeyValue("seconds", CLOSE_TIMEOUT.toSeconds())
            .log("the poll of the agent does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void connect(Duration limit) throws AgentIpException, InterruptedException {
    Optional<String> ip =
        settings.readsOnlyFiles()
            ? Optional.empty()
            : Optional.of(new AgentIpLookup(settings.ipCommand(), IP_TIMEOUT).detect());
    answers = new AgentClient(settings, version, ip, limit);
  }

  /** Asks everything once; returns whether to go on. */
  boolean pollOnce() throws InterruptedException {
    AgentClient asked = answers;
    if (asked == null) {
      throw new IllegalStateException("not connected");
    }
    counters.pollBegins();
    for (AgentEndpoint endpoint : AgentEndpoint.values()) {
      if (isClosed() || !ask(asked, endpoint)) {
        return false;
      }
    }
    return true;
  }

  private boolean ask(AgentClient asked, AgentEndpoint endpoint) throws InterruptedException {
    counters.asked();
    long began = System.nanoTime();
    try (InputStream answer = asked.open(endpoint)) {
      switch (endpoint) {
        case STATE -> states.accept(StateReader.read(answer));
        case SYSTEM ->
            new SnapshotReader(settings.metricsTopic(), clock.millis(), records, counters)
                .read(answer);
        case CONTAINERS -> new ContainersReader(records, counters).read(answer);
      }
      counters.answered(endpoint, clock.instant());
      report(asked, endpoint, began, "");
    } catch (CredentialRefusedException e) {
      String message = String.valueOf(e.getMessage());
      counters.failed(endpoint, message);
      report(asked, endpoint, began, message);
      credentialRefused.accept(message);
      return false;
    } catch (IOException e) {
      if (isClosed()) {
        return false; // cancelled by close()
      }
      String cause = FailureText.of(e, settings.credential());
      failed(asked, endpoint, e, cause);
      report(asked, endpoint, began, cause);
    } catch (RuntimeException e) {
      // An error of our own: said in full, and no reason to never ask again.
      counters.failed(endpoint, e.getClass().getSimpleName());
      logger.atError().addKeyValue("path", endpoint.path()).setCause(e).log("the poll failed");
    }
    return true;
  }

  private void report(AgentClient asked, AgentEndpoint endpoint, long beganNanos, String failure) {
    if (tap.isOpen()) {
      long took = System.nanoTime() - beganNanos;
      tap.publish(
          new Event.AgentAsked(
              EventTime.now(), endpoint.path(), asked.where(endpoint), took, failure));
    }
  }

  private void failed(
      AgentClient asked, AgentEndpoint endpoint, IOException failure, String cause) {
    counters.failed(endpoint, cause);
    Optional<Option<?>> file = asked.fileOption(endpoint);
    Option<?> option =
        file.orElse(
            switch (failure) {
              case NoAnswerException e -> e.option();
              case UnusableAnswerException e -> e.option();
              default -> Options.AGENT_PORT;
            });
    String what =
        file.isPresent()
            ? "the agent's test file cannot be used, reading it again in the next period"
            : failure instanceof NoAnswerException
                ? "the agent did not answer, asking again in the next period"
                : "the agent's answer cannot be used, asking again in the next period";
    logger
        .atWarn()
        .addKeyValue("path", endpoint.path())
        .addKeyValue("from", asked.where(endpoint))
        .addKeyValue("option", option)
        .addKeyValue("cause", cause)
        .log(what);
  }

  private void run() {
    try {
      loop.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed; the thread ends here
    } finally {
      counters.ended();
      AgentClient asked = answers;
      if (asked != null) {
        asked.close();
      }
    }
  }

  private boolean pause(Duration duration) throws InterruptedException {
    counters.nextPollAt(clock.instant().plus(duration));
    return !closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static void checkCredential(Settings.Secret secret) {
    String value = secret.value();
    if (value.isEmpty()
        || !value.equals(value.strip())
        || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "auth-credential must be printable ASCII characters on one line, without blanks around"
              + " them");
    }
  }
}
