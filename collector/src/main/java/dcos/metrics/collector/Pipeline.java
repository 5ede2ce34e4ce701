// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.agent.AgentIpException;
import dcos.metrics.collector.agent.AgentPoller;
import dcos.metrics.collector.batch.BlockSink;
import dcos.metrics.collector.batch.TopicBatches;
import dcos.metrics.collector.delivery.Delivery;
import dcos.metrics.collector.delivery.DryRunDelivery;
import dcos.metrics.collector.delivery.OutputLimiter;
import dcos.metrics.collector.delivery.Settlement;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.enrich.TaggingEncoder;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.http.HttpEndpoint;
import dcos.metrics.collector.http.PageContent;
import dcos.metrics.collector.ingest.TcpInput;
import dcos.metrics.collector.kafka.KafkaDelivery;
import dcos.metrics.collector.kafka.properties.KafkaProperties;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.recording.EventStream;
import dcos.metrics.collector.recording.Recorder;
import dcos.metrics.collector.recordlog.RecordLog;
import dcos.metrics.collector.selfmetrics.SelfMetricReporter;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole collector: takes records off sockets and from the Mesos agent, sorts them into topics,
 * tags them and delivers them. Started once, stopped once. Thread-safe.
 */
public final class Pipeline {
  private static final Logger logger = LoggerFactory.getLogger(Pipeline.class);

  // The share of a stop that is spent on reading; the rest is for delivering.
  private static final int READING_SHARE = 4;
  private static final Duration LOG_CHECK_PERIOD = Duration.ofSeconds(5);

  private final Settings settings;
  private final Ledger ledger = new Ledger();
  private final EventTap tap = new EventTap();
  private final EventPublisher publisher;
  private final DescriptorLimit descriptors;
  private final PipelineBudgets budgets;
  private final TaggingEncoder encoder = new TaggingEncoder();
  private final RecordLog recordLog;
  private final Delivery delivery;
  private final OutputLimiter limiter;
  private final TopicBatches batches;
  private final TcpInput input;
  private final Source agentSource;
  private final AgentPoller agent;
  private final Optional<Recorder> recorder;
  private final SelfMetricReporter selfMetrics;
  private final Optional<HttpEndpoint> http;
  private final PipelineStatus view;
  private final RateLimit noLimit = RateLimit.unlimited();
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("schedule").factory());
  // Guarded by this.
  private @Nullable StopReport report;

  /**
   * Starts nothing.
   *
   * @param settingLines the settings as lines of an environment, secrets masked: for event
   *     listeners
   * @param version of the collector, sent to the agent
   * @param recordLines takes the lines of the record logs, where those are on
   * @param onFatal called once, with one line, when the pipeline cannot continue and must be
   *     stopped
   */
  public Pipeline(
      Settings settings,
      List<String> settingLines,
      String version,
      Consumer<String> recordLines,
      Consumer<String> onFatal) {
    this.settings = settings;
    hideSecrets(settings);
    this.descriptors = DescriptorLimit.ofThisProcess(settings.input().maxConnections());
    this.budgets = PipelineBudgets.of(settings, this::relieve);
    Settings.RecordLogs logs = settings.recordLogs();
    boolean toFiles = settings.recording().dir().isPresent();
    this.recordLog = new RecordLog(toFiles ? logs.hexdumpsOnly() : logs, encoder, recordLines);
    Settlement settlement = new Settlement(ledger, tap);
    this.delivery =
        settings.kafka().enabled()
            ? new KafkaDelivery(settings, encoder, settlement, tap)
            : new DryRunDelivery(encoder, settlement);
    this.limiter = new OutputLimiter(settings.globalLimit(), recordLog, delivery, settlement, tap);
    this.batches =
        new TopicBatches(
            settings.batching(),
            ledger,
            budgets.records(),
            budgets.overhead(),
            limiter,
            tap,
            System::nanoTime);
    this.input =
        new TcpInput(
            settings.input().withMaxConnections(descriptors.senders()),
            settings.inputLimit(),
            budgets.headers(),
            budgets.records(),
            this::take,
            ledger,
            tap);
    this.agentSource = ledger.open(Source.AGENT_NAME);
    this.agent =
        new AgentPoller(
            settings.agent(),
            version,
            this::learn,
            this::takeFromAgent,
            InstantSource.system(),
            onFatal,
            tap);
    this.publisher =
        new EventPublisher(tap, version, settingLines, ledger, input, agentSource, delivery);
    this.view =
        new PipelineStatus(
            ledger, budgets, input, agent, settings.agent().polling(), batches, limiter, delivery);
    this.recorder =
        toFiles
            ? Optional.of(
                new Recorder(
                    settings.recording(),
                    logs.input(),
                    logs.output(),
                    budgets.recordingBytes(),
                    publisher::snapshot))
            : Optional.empty();
    this.selfMetrics = new SelfMetricReporter(settings.statsd(), view::selfMetrics);
    this.http =
        settings
            .http()
            .endpoint()
            .map(
                endpoint ->
                    new HttpEndpoint(
                        endpoint,
                        descriptors.httpClients(),
                        settings.http().hosts(),
                        settings.http().token(),
                        new PageContent(
                            view::selfMetrics,
                            view::health,
                            delivery::waitingTopics,
                            out -> EventStream.copy(publisher.origin(), budgets.events(), out))));
  }

  /**
   * Checks more than settings alone can: that the heap holds the memory limit, and the Kafka
   * client's own properties. Loads the client for that, where there are any. To be called before
   * {@link #start}.
   *
   * @throws IllegalArgumentException in one line, naming the option, its value and what is allowed
   */
  public void check() {
    HeapCheck.check(
        settings.memoryLimitBytes(),
        PipelineBudgets.recordingBytes(settings),
        settings.input(),
        Runtime.getRuntime().maxMemory());
    if (settings.kafka().enabled() && !settings.kafka().properties().isEmpty()) {
      KafkaDelivery.check(settings);
    }
  }

  /**
   * The settings as lines of an environment, for the constructor. The value of a Kafka property is
   * there only if the Kafka client knows the property and does not take it for a secret. Loads the
   * client for that, where there are properties.
   */
  public static List<String> settingLines(OptionValues values) {
    return values.environmentLines(KafkaProperties::isShown);
  }

  /** Before anything can fail: messages of libraries quote values. */
  private static void hideSecrets(Settings settings) {
    ProgramLog.hideSecrets(settings.secrets());
    if (settings.kafka().enabled() && !settings.kafka().properties().isEmpty()) {
      ProgramLog.hideSecrets(KafkaProperties.secrets(settings.kafka().properties()));
    }
  }

  /**
   * Listens, then starts the rest.
   *
   * @throws IOException if it cannot listen: one line naming the option; {@link #stop} must be
   *     called then too
   */
  public void start() throws IOException {
    descriptors.warnIfFewer(settings.input().maxConnections());
    // An empty value can switch a check off, and elsewhere an empty variable does nothing.
    for (String property : settings.kafka().emptyProperties()) {
      logger
          .atInfo()
          .addKeyValue("property", property)
          .log("a Kafka property is set to the empty string");
    }
    input.bind();
    recorder.ifPresent(this::record);
    if (http.isPresent()) {
      http.get().start();
    }
    delivery.start();
    batches.start();
    // Connections wait in the system's queue until the agent's IP is known: whatever fails before
    // loses nothing.
    try {
      agent.start();
    } catch (AgentIpException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while looking up the agent's IP", e);
    }
    input.start();
    selfMetrics.start();
    every(settings.inputLimit().period(), this::endInputPeriod);
    every(settings.globalLimit().period(), limiter::logThrottled);
    every(TcpInput.WATCH_PERIOD, input::watch);
    every(TcpInput.WATCH_PERIOD, budgets.events()::releaseBorrowed);
    every(LOG_CHECK_PERIOD, ProgramLog::endPeriodIfOver);
  }

  /** Where it listens. */
  public Endpoint endpoint() {
    return input.endpoint();
  }

  /** Where it serves HTTP, once it is started; empty if it does not. */
  public OptionalInt httpPort() {
    return http.isPresent() ? OptionalInt.of(http.get().port()) : OptionalInt.empty();
  }

  /** Every record's whereabouts, at one instant. */
  public LedgerSnapshot ledger() {
    return ledger.snapshot();
  }

  /** The memory that records take now, in bytes. */
  public long heldBytes() {
    return budgets.records().usedBytes() + budgets.overhead().usedBytes();
  }

  /** What the collector knows of itself, at one instant. */
  public SelfMetricSnapshot selfMetrics() {
    return view.selfMetrics();
  }

  /**
   * Runs a short task periodically, on the thread of the pipeline's own such tasks, until a stop.
   */
  public void every(Duration period, Runnable task) {
    var _ =
        schedule.scheduleAtFixedRate(
            task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Stops accepting, takes what has arrived, makes messages of it, and delivers them until the
   * timeout. Bounded; the first call does it, the others wait for it and answer the same.
   */
  public synchronized StopReport stop(Duration timeout) {
    if (report != null) {
      return report;
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    agent.close();
    input.drain(timeout.dividedBy(READING_SHARE));
    // Readers that still wait for memory must not continue when the last messages release it.
    input.close();
    batches.flushAll();
    delivery.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    delivery.close();
    batches.close();
    schedule.shutdownNow();
    limiter.logThrottled();
    selfMetrics.close();
    http.ifPresent(HttpEndpoint::close);
    recorder.ifPresent(Recorder::close);
    report = new StopReport(ledger.total());
    return report;
  }

  /**
   * Tells a sink all that happens from now on, a snapshot first. Before {@link #start}, that is
   * everything.
   *
   * @return ends it
   */
  public AutoCloseable listen(EventSink sink) {
    return publisher.listen(sink);
  }

  private void record(Recorder to) {
    to.start();
    var _ = listen(to); // until the pipeline is no more
  }

  private void take(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit) {
    recordLog.in(source.name(), block);
    batches.accept(source, id, block, reservation, rateLimit);
  }

  private void learn(AgentState state) {
    encoder.learn(state);
    publisher.learned(state);
  }

  private void takeFromAgent(RecordBlock block) throws InterruptedException {
    Reservation reservation =
        budgets.records().reserve(BlockSink.reservationFor(block.bytes().length));
    take(agentSource, publisher.fromAgent(block), block, reservation, noLimit);
  }

  private void relieve() {
    batches.relieve();
  }

  private void endInputPeriod() {
    input.logDropped();
    batches.endPeriod();
  }
}
