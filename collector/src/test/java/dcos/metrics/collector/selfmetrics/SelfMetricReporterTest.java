// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.testing.RecordingLogger;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SelfMetricReporterTest {
  private static final String PREFIX = "dcos.metrics.collector.";
  private static final String LAST = PREFIX + "topic_sorter.left_out_gauges";

  private final RecordingLogger log = new RecordingLogger();
  private final DatagramSocket statsd;

  SelfMetricReporterTest() throws IOException {
    statsd = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    statsd.setSoTimeout(30_000);
  }

  @AfterEach
  void stopListening() {
    statsd.close();
  }

  @Test
  void sendsEveryFigureAsAGauge() throws IOException {
    SelfMetricSnapshot selfMetrics = SampleSelfMetrics.of(SampleSelfMetrics.ledger());
    try (var metrics =
        new SelfMetricReporter(toStatsd(Duration.ofHours(1)), () -> selfMetrics, log)) {
      metrics.report();
    }

    Map<String, Long> gauges = receivePeriod();
    for (SelfMetric selfMetric : SelfMetric.all()) {
      assertThat(gauges)
          .containsEntry(
              PREFIX + selfMetric.component().metricName() + "." + selfMetric.name(),
              selfMetric.of(selfMetrics));
    }
    assertThat(gauges)
        .containsEntry(PREFIX + "tcp_input.sessions_open", 3L)
        .containsEntry(PREFIX + "agent_poll.failures", 2L)
        .containsEntry(PREFIX + "kafka_output.acknowledged_messages", 37L)
        .containsEntry(PREFIX + "kafka_output.topics.metrics-agent.delivered_records", 6L)
        .containsEntry(PREFIX + "topic_sorter.topics.metrics-web.throttled_bytes", 700L)
        .containsEntry(LAST, 0L);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void reportsDifferencesOfCountsAndLevelsAsTheyAre() throws IOException {
    var ledger = new Ledger();
    Source source = ledger.open("tcp 127.0.0.1:1");
    try (var metrics =
        new SelfMetricReporter(
            toStatsd(Duration.ofHours(1)), () -> SampleSelfMetrics.of(ledger), log)) {
      metrics.report();
      receivePeriod();
      ledger.receive(source, List.of(new SourceEntry("metrics-a", LedgerTerm.HELD, 4, 40)));

      metrics.report();

      assertThat(receivePeriod())
          .containsEntry(PREFIX + "tcp_input.sessions_opened", 0L)
          .containsEntry(PREFIX + "tcp_input.sessions_open", 3L)
          .containsEntry(PREFIX + "tcp_input.records", 4L)
          .containsEntry(PREFIX + "topic_sorter.held_bytes", 40L)
          .containsEntry(PREFIX + "topic_sorter.topics.metrics-a.received_records", 4L);

      metrics.report();

      assertThat(receivePeriod())
          .containsEntry(PREFIX + "tcp_input.records", 0L)
          .containsEntry(PREFIX + "topic_sorter.held_bytes", 40L)
          .containsEntry(PREFIX + "topic_sorter.topics.metrics-a.received_records", 0L);
    }
  }

  @Test
  void reportsOnceMoreAtTheEnd() throws IOException {
    SelfMetricSnapshot selfMetrics = SampleSelfMetrics.of(new Ledger());
    var metrics = new SelfMetricReporter(toStatsd(Duration.ofHours(1)), () -> selfMetrics, log);
    metrics.start();

    metrics.close();
    metrics.close();

    assertThat(receivePeriod()).containsEntry(PREFIX + "tcp_input.sessions_opened", 12L);
    statsd.setSoTimeout(1);
    assertThat(receive()).isEmpty();
  }

  @Test
  void reportsOncePerPeriodAndSurvivesAFailure() throws Exception {
    var calls = new AtomicInteger();
    var third = new CountDownLatch(3);
    var settings = new Settings.Statsd(Optional.empty(), 0, Duration.ofMillis(5));
    try (var metrics =
        new SelfMetricReporter(
            settings,
            () -> {
              third.countDown();
              if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("not ready");
              }
              return SampleSelfMetrics.idle(new Ledger());
            },
            log)) {
      metrics.start();
      assertThat(third.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(log.lines().getFirst())
        .isEqualTo("ERROR can not report the collector's own figures");
    assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR")).hasSize(1);
    assertThat(log.lines())
        .filteredOn(l -> l.contains("component=tcp_input"))
        .hasSizeGreaterThan(1);
  }

  @Test
  void printsALineForEachComponentWhereThereIsNoStatsd() {
    var settings = new Settings.Statsd(Optional.empty(), 0, Duration.ofHours(1));
    SelfMetricSnapshot selfMetrics = SampleSelfMetrics.of(SampleSelfMetrics.ledger());
    try (var metrics = new SelfMetricReporter(settings, () -> selfMetrics, log)) {
      metrics.report();
    }

    assertThat(log.lines())
        .containsExactly(
            "INFO self-metrics component=tcp_input sessions_opened=12 sessions_open=3"
                + " sessions_refused=4 streams_broken=5 read_bytes=6000 blocks=7 records=24"
                + " record_bytes=2350 throttled_records=3 throttled_bytes=300"
                + " memory_limit_bytes=16777216 memory_used_bytes=8192 memory_waits=9",
            "INFO self-metrics component=agent_poll queries=30 failures=2 records=10"
                + " record_bytes=1000 left_out_values=11 left_out_containers=1",
            "INFO self-metrics component=topic_sorter records=30 record_bytes=3000"
                + " rejected_records=1 rejected_bytes=50 open_topics=2 pending_records=13"
                + " pending_bytes=1300 count_messages=21 size_messages=22 period_messages=0"
                + " memory_messages=0 shutdown_messages=25 held_records=13 held_bytes=1300",
            "INFO self-metrics component=kafka_output up=1 messages=40"
                + " acknowledged_messages=37 resent_messages=6 split_messages=8"
                + " throttled_messages=14 undeliverable_messages=15 in_flight_messages=16"
                + " waiting_messages=17 delivered_records=6 delivered_bytes=600"
                + " dry_run_records=5 dry_run_bytes=500 throttled_records=4 throttled_bytes=400"
                + " undeliverable_records=2 undeliverable_bytes=200",
            "INFO self-metrics component=memory records_limit_bytes=16777216"
                + " records_used_bytes=8192 records_waits=9 records_exhausted=0"
                + " pieces_limit_bytes=2097152 pieces_used_bytes=4096 pieces_waits=18"
                + " pieces_exhausted=1");
  }

  @Test
  void addsOnlyThePeriodsOwnWaitsForABudget() {
    var settings = new Settings.Statsd(Optional.empty(), 0, Duration.ofHours(1));
    SelfMetricSnapshot selfMetrics = SampleSelfMetrics.of(new Ledger());
    try (var metrics = new SelfMetricReporter(settings, () -> selfMetrics, log)) {
      metrics.report();
      metrics.report();
    }

    assertThat(log.lines().getLast())
        .contains(" records_used_bytes=8192 records_waits=0 ")
        .contains(" pieces_used_bytes=4096 pieces_waits=0 pieces_exhausted=1");
  }

  @Test
  void warnsOncePerOutageAndSaysWhenItIsOver() throws IOException {
    Queue<Optional<InetAddress>> answers = new ArrayDeque<>();
    var reporter =
        new StatsdReporter(
            "statsd.example",
            statsd.getLocalPort(),
            log,
            host -> answers.remove().orElseThrow(() -> new UnknownHostException(host)));
    Optional<InetAddress> here = Optional.of(InetAddress.getLoopbackAddress());
    SelfMetricSnapshot selfMetrics = SampleSelfMetrics.idle(new Ledger());
    answers.addAll(List.of(here, Optional.empty(), Optional.empty(), here, here));

    for (int period = 0; period < 5; period++) {
      reporter.report(Map.of(), selfMetrics);
    }
    reporter.close();

    String where = " host=statsd.example port=" + statsd.getLocalPort();
    assertThat(log.lines())
        .containsExactly(
            "WARN can not send gauges to StatsD, trying again each period"
                + where
                + " cause=host is unknown",
            "INFO StatsD takes gauges again" + where);
    for (int period = 0; period < 3; period++) {
      assertThat(receivePeriod()).containsOnlyKeys(LAST);
    }
  }

  @Test
  void aPeriodThatCouldNotBeSentIsNotAddedToTheNext() throws IOException {
    Queue<Optional<InetAddress>> answers = new ArrayDeque<>();
    var reporter =
        new StatsdReporter(
            "statsd.example",
            statsd.getLocalPort(),
            log,
            host -> answers.remove().orElseThrow(() -> new UnknownHostException(host)));
    answers.addAll(List.of(Optional.empty(), Optional.of(InetAddress.getLoopbackAddress())));
    SelfMetricSnapshot selfMetrics = SampleSelfMetrics.of(SampleSelfMetrics.ledger());

    reporter.report(Map.of(), selfMetrics);
    reporter.report(Map.of(), selfMetrics);
    reporter.close();

    assertThat(receivePeriod())
        .containsEntry(PREFIX + "kafka_output.topics.metrics-agent.delivered_records", 0L)
        .containsEntry(PREFIX + "topic_sorter.topics.metrics-agent.held_records", 4L);
  }

  private Settings.Statsd toStatsd(Duration period) {
    return new Settings.Statsd(Optional.of("127.0.0.1"), statsd.getLocalPort(), period);
  }

  private Map<String, Long> receivePeriod() throws IOException {
    Map<String, Long> gauges = new LinkedHashMap<>();
    while (!gauges.containsKey(LAST)) {
      String datagram = receive().orElseThrow(() -> new AssertionError("no datagram came"));
      for (String gauge : datagram.split("\n", -1)) {
        assertThat(gauge).matches("dcos\\.metrics\\.collector\\.[a-zA-Z0-9_.-]+:\\d+\\|g");
        int colon = gauge.indexOf(':');
        Long value = Long.valueOf(gauge.substring(colon + 1, gauge.length() - 2));
        assertThat(gauges.put(gauge.substring(0, colon), value)).as(gauge).isNull();
      }
    }
    return gauges;
  }

  private Optional<String> receive() throws IOException {
    var packet = new DatagramPacket(new byte[2048], 2048);
    try {
      statsd.receive(packet);
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
    assertThat(packet.getLength()).isLessThanOrEqualTo(512);
    return Optional.of(new String(packet.getData(), 0, packet.getLength(), UTF_8));
  }
}
