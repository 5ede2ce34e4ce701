// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.tags.AgentState;
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
  private final Tap tap;
  private final InstantSource clock;
  private final Consumer<String> credentialRefused;
  private final PollLoop loop;
  private final Tally tally = new Tally();
  private final CountDownLatch closed = new CountDownLatch(1);
  // Written by start() once, before the thread.
  private volatile @Nullable AgentAnswers answers;
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
      Tap tap) {
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
  public AgentFigures figures() {
    return tally.figures();
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
    AgentAnswers asked = answers;
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
            : Optional.of(new AgentIp(settings.ipCommand(), IP_TIMEOUT).detect());
    answers = new AgentAnswers(settings, version, ip, limit);
  }

  /** Asks everything once; returns whether to go on. */
  boolean pollOnce() throws InterruptedException {
    AgentAnswers asked = answers;
    if (asked == null) {
      throw new IllegalStateException("not connected");
    }
    tally.pollBegins();
    for (Query query : Query.values()) {
      if (isClosed() || !ask(asked, query)) {
        return false;
      }
    }
    return true;
  }

  private boolean ask(AgentAnswers asked, Query query) throws InterruptedException {
    tally.asked();
    long began = System.nanoTime();
    try (InputStream answer = asked.open(query)) {
      switch (query) {
        case STATE -> states.accept(StateReader.read(answer));
        case SYSTEM ->
            new SnapshotReader(settings.metricsTopic(), clock.millis(), records, tally)
                .read(answer);
        case CONTAINERS -> new ContainersReader(records, tally).read(answer);
      }
      tally.answered(query, clock.instant());
      tell(asked, query, began, "");
    } catch (CredentialRefusedException e) {
      String message = String.valueOf(e.getMessage());
      tally.failed(query, message);
      tell(asked, query, began, message);
      credentialRefused.accept(message);
      return false;
    } catch (IOException e) {
      if (isClosed()) {
        return false; // cancelled by close()
      }
      String cause = OneLine.of(e, settings.credential());
      failed(asked, query, e, cause);
      tell(asked, query, began, cause);
    } catch (RuntimeException e) {
      // An error of our own: said in full, and no reason to never ask again.
      tally.failed(query, e.getClass().getSimpleName());
      logger.atError().addKeyValue("path", query.path()).setCause(e).log("the poll failed");
    }
    return true;
  }

  private void tell(AgentAnswers asked, Query query, long beganNanos, String failure) {
    if (tap.isOpen()) {
      long took = System.nanoTime() - beganNanos;
      tap.publish(
          new Event.AgentAsked(Stamp.now(), query.path(), asked.where(query), took, failure));
    }
  }

  private void failed(AgentAnswers asked, Query query, IOException failure, String cause) {
    tally.failed(query, cause);
    Optional<Option<?>> file = asked.fileOption(query);
    Option<?> option =
        file.orElse(
            switch (failure) {
              case NoAnswerException e -> e.option();
              case AnswerException e -> e.option();
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
        .addKeyValue("path", query.path())
        .addKeyValue("from", asked.where(query))
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
      tally.ended();
      AgentAnswers asked = answers;
      if (asked != null) {
        asked.close();
      }
    }
  }

  private boolean pause(Duration duration) throws InterruptedException {
    tally.nextPollAt(clock.instant().plus(duration));
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
