// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import static dcos.metrics.collector.selfmetrics.Component.AGENT_POLL;
import static dcos.metrics.collector.selfmetrics.Component.KAFKA_OUTPUT;
import static dcos.metrics.collector.selfmetrics.Component.TCP_INPUT;
import static dcos.metrics.collector.selfmetrics.Component.TOPIC_SORTER;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.selfmetrics.SelfMetric.MetricKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;

/** The figures that StatsD, the log and Prometheus share. */
final class SelfMetricCatalog {
  static final List<SelfMetric> SELF_METRICS = selfMetrics();

  private SelfMetricCatalog() {}

  private static List<SelfMetric> selfMetrics() {
    List<SelfMetric> all = new ArrayList<>();
    all.addAll(tcpInput());
    all.addAll(agentPoll());
    all.addAll(topicSorter());
    all.addAll(kafkaOutput());
    return List.copyOf(all);
  }

  private static List<SelfMetric> tcpInput() {
    List<SelfMetric> selfMetrics = new ArrayList<>();
    selfMetrics.add(
        count(TCP_INPUT, "sessions_opened", "Connections taken.", f -> f.input().sessionsOpened()));
    selfMetrics.add(
        level(TCP_INPUT, "sessions_open", "Connections now.", f -> f.input().sessionsOpen()));
    selfMetrics.add(
        count(
            TCP_INPUT,
            "sessions_refused",
            "Connections beyond max-connections.",
            f -> f.input().sessionsRefused()));
    selfMetrics.add(
        count(
            TCP_INPUT,
            "streams_broken",
            "Streams closed for what was wrong with them.",
            f -> f.input().streamsBroken()));
    selfMetrics.add(
        count(TCP_INPUT, "read_bytes", "Bytes read off sockets.", f -> f.input().readBytes()));
    selfMetrics.add(count(TCP_INPUT, "blocks", "Blocks taken whole.", f -> f.input().blocks()));
    selfMetrics.addAll(
        ledger(TCP_INPUT, "", "received over TCP", (f, unit) -> received(f, unit, false)));
    selfMetrics.addAll(
        ledger(
            TCP_INPUT,
            "throttled_",
            "dropped over a connection's limit",
            (f, unit) -> unit.of(f.ledger().total(), LedgerTerm.THROTTLED_INPUT)));
    selfMetrics.add(
        level(
            TCP_INPUT,
            "memory_limit_bytes",
            "The budget for bytes off sockets.",
            f -> f.memory().limitBytes()));
    selfMetrics.add(
        level(
            TCP_INPUT,
            "memory_used_bytes",
            "What is taken of the budget now.",
            f -> f.memory().usedBytes()));
    selfMetrics.add(
        count(
            TCP_INPUT,
            "memory_waits",
            "Charges that waited for the budget, holding senders back.",
            f -> f.memory().waits()));
    return selfMetrics;
  }

  private static List<SelfMetric> agentPoll() {
    List<SelfMetric> selfMetrics = new ArrayList<>();
    selfMetrics.add(
        count(AGENT_POLL, "queries", "Queries of the agent.", f -> f.agent().queries()));
    selfMetrics.add(
        count(AGENT_POLL, "failures", "Queries that failed.", f -> f.agent().failures()));
    selfMetrics.addAll(
        ledger(AGENT_POLL, "", "received from the agent", (f, unit) -> received(f, unit, true)));
    selfMetrics.add(
        count(
            AGENT_POLL,
            "left_out_values",
            "Values left out for being no numbers.",
            f -> f.agent().leftOutValues()));
    selfMetrics.add(
        count(
            AGENT_POLL,
            "left_out_containers",
            "Containers left out for having no statistics.",
            f -> f.agent().leftOutContainers()));
    return selfMetrics;
  }

  private static List<SelfMetric> topicSorter() {
    List<SelfMetric> selfMetrics = new ArrayList<>();
    selfMetrics.addAll(ledger(TOPIC_SORTER, "", "taken into batches", SelfMetricCatalog::accepted));
    selfMetrics.addAll(
        ledger(
            TOPIC_SORTER,
            "rejected_",
            "refused before batching",
            (f, unit) -> unit.of(f.ledger().total(), LedgerTerm.Kinds.REJECTED)));
    selfMetrics.add(
        level(
            TOPIC_SORTER,
            "open_topics",
            "Topics with something pending now.",
            f -> f.router().openTopics()));
    selfMetrics.add(
        level(
            TOPIC_SORTER,
            "pending_records",
            "Records in open batches now.",
            f -> f.router().pendingRecords()));
    selfMetrics.add(
        level(
            TOPIC_SORTER,
            "pending_bytes",
            "Bytes of records in open batches now.",
            f -> f.router().pendingBytes()));
    for (FlushTrigger trigger : FlushTrigger.counted()) {
      String name = trigger.word();
      selfMetrics.add(
          count(
              TOPIC_SORTER,
              name + "_messages",
              "Messages set off by " + name + ".",
              f -> f.router().messages(trigger)));
    }
    for (Unit unit : Unit.values()) {
      selfMetrics.add(
          level(
              TOPIC_SORTER,
              "held_" + unit.noun,
              unit.phrase + " held now: in batches or in messages.",
              f -> unit.of(f.ledger().total(), LedgerTerm.HELD)));
    }
    return selfMetrics;
  }

  private static List<SelfMetric> kafkaOutput() {
    List<SelfMetric> selfMetrics = new ArrayList<>();
    selfMetrics.add(
        level(
            KAFKA_OUTPUT,
            "up",
            "Whether Kafka acknowledges messages: 1 or 0.",
            f -> f.output().isUp() ? 1 : 0));
    selfMetrics.add(
        count(
            KAFKA_OUTPUT,
            "messages",
            "Messages handed to Kafka.",
            f -> f.output().messages().submitted()));
    selfMetrics.add(
        count(
            KAFKA_OUTPUT,
            "acknowledged_messages",
            "Messages that Kafka has.",
            f -> f.output().messages().acknowledged()));
    selfMetrics.add(
        count(
            KAFKA_OUTPUT,
            "resent_messages",
            "Messages sent again.",
            f -> f.output().messages().resent()));
    selfMetrics.add(
        count(
            KAFKA_OUTPUT,
            "split_messages",
            "Messages that were too large and went in parts.",
            f -> f.output().messages().split()));
    selfMetrics.add(
        count(
            KAFKA_OUTPUT,
            "throttled_messages",
            "Messages dropped over the global limit.",
            f -> f.output().throttledMessages()));
    selfMetrics.add(
        count(
            KAFKA_OUTPUT,
            "undeliverable_messages",
            "Messages that no retry mends.",
            f -> f.output().messages().undeliverable()));
    selfMetrics.add(
        level(
            KAFKA_OUTPUT,
            "in_flight_messages",
            "Messages that the client has now.",
            f -> f.output().messages().inFlight()));
    selfMetrics.add(
        level(
            KAFKA_OUTPUT,
            "waiting_messages",
            "Messages that wait for the client now.",
            f -> f.output().messages().waiting()));
    selfMetrics.addAll(kafkaTerm("delivered", "that Kafka has", LedgerTerm.DELIVERED.kind()));
    selfMetrics.addAll(kafkaTerm("dry_run", "that a dry run said", LedgerTerm.DRY_RUN.kind()));
    selfMetrics.addAll(
        ledger(
            KAFKA_OUTPUT,
            "throttled_",
            "dropped over the global limit",
            (f, unit) -> unit.of(f.ledger().total(), LedgerTerm.THROTTLED_GLOBAL)));
    selfMetrics.addAll(
        kafkaTerm("undeliverable", "that no retry mends", LedgerTerm.Kinds.UNDELIVERABLE));
    return selfMetrics;
  }

  private static List<SelfMetric> kafkaTerm(String name, String what, String kind) {
    return ledger(KAFKA_OUTPUT, name + "_", what, (f, unit) -> unit.of(f.ledger().total(), kind));
  }

  /** A figure of the ledger, in records and in bytes. */
  private static List<SelfMetric> ledger(
      Component component,
      String prefix,
      String what,
      ToLongBiFunction<SelfMetricSnapshot, Unit> reading) {
    List<SelfMetric> selfMetrics = new ArrayList<>();
    for (Unit unit : Unit.values()) {
      // Without a prefix, "records" and "bytes" would not say that these bytes are of records.
      String name = prefix.isEmpty() && unit == Unit.BYTES ? "record_bytes" : prefix + unit.noun;
      selfMetrics.add(
          count(
              component, name, unit.phrase + " " + what + ".", f -> reading.applyAsLong(f, unit)));
    }
    return selfMetrics;
  }

  private static long received(SelfMetricSnapshot selfMetrics, Unit unit, boolean fromAgent) {
    return selfMetrics.ledger().sources().stream()
        .filter(source -> source.name().equals(Source.AGENT_NAME) == fromAgent)
        .map(LedgerSnapshot.Line::counts)
        .mapToLong(counts -> unit.of(counts, LedgerTerm.RECEIVED))
        .sum();
  }

  private static long accepted(SelfMetricSnapshot selfMetrics, Unit unit) {
    Counts total = selfMetrics.ledger().total();
    return unit.of(total, LedgerTerm.RECEIVED)
        + unit.of(total, LedgerTerm.RECOVERED)
        - unit.of(total, LedgerTerm.THROTTLED_INPUT)
        - unit.of(total, LedgerTerm.Kinds.REJECTED);
  }

  private static SelfMetric count(
      Component component, String name, String help, ToLongFunction<SelfMetricSnapshot> reading) {
    return new SelfMetric(component, name, MetricKind.COUNTER, help, reading);
  }

  private static SelfMetric level(
      Component component, String name, String help, ToLongFunction<SelfMetricSnapshot> reading) {
    return new SelfMetric(component, name, MetricKind.GAUGE, help, reading);
  }
}
