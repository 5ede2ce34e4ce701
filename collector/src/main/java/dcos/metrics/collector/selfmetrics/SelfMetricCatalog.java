// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import static dcos.metrics.collector.figures.Component.AGENT_POLL;
import static dcos.metrics.collector.figures.Component.KAFKA_OUTPUT;
import static dcos.metrics.collector.figures.Component.TCP_INPUT;
import static dcos.metrics.collector.figures.Component.TOPIC_SORTER;

import dcos.metrics.collector.figures.Figure.Kind;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;

/** The figures that StatsD, the log and Prometheus share. */
final class Catalogue {
  static final List<Figure> FIGURES = figures();

  private Catalogue() {}

  private static List<Figure> figures() {
    List<Figure> all = new ArrayList<>();
    all.addAll(tcpInput());
    all.addAll(agentPoll());
    all.addAll(topicSorter());
    all.addAll(kafkaOutput());
    return List.copyOf(all);
  }

  private static List<Figure> tcpInput() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        count(TCP_INPUT, "sessions_opened", "Connections taken.", f -> f.input().sessionsOpened()));
    figures.add(
        level(TCP_INPUT, "sessions_open", "Connections now.", f -> f.input().sessionsOpen()));
    figures.add(
        count(
            TCP_INPUT,
            "sessions_refused",
            "Connections beyond max-connections.",
            f -> f.input().sessionsRefused()));
    figures.add(
        count(
            TCP_INPUT,
            "streams_broken",
            "Streams closed for what was wrong with them.",
            f -> f.input().streamsBroken()));
    figures.add(
        count(TCP_INPUT, "read_bytes", "Bytes read off sockets.", f -> f.input().readBytes()));
    figures.add(count(TCP_INPUT, "blocks", "Blocks taken whole.", f -> f.input().blocks()));
    figures.addAll(
        ledger(TCP_INPUT, "", "received over TCP", (f, unit) -> received(f, unit, false)));
    figures.addAll(
        ledger(
            TCP_INPUT,
            "throttled_",
            "dropped over a connection's limit",
            (f, unit) -> unit.of(f.ledger().total(), Term.THROTTLED_INPUT)));
    figures.add(
        level(
            TCP_INPUT,
            "memory_limit_bytes",
            "The budget for bytes off sockets.",
            f -> f.memory().limitBytes()));
    figures.add(
        level(
            TCP_INPUT,
            "memory_used_bytes",
            "What is taken of the budget now.",
            f -> f.memory().usedBytes()));
    figures.add(
        count(
            TCP_INPUT,
            "memory_waits",
            "Charges that waited for the budget, holding senders back.",
            f -> f.memory().waits()));
    return figures;
  }

  private static List<Figure> agentPoll() {
    List<Figure> figures = new ArrayList<>();
    figures.add(count(AGENT_POLL, "queries", "Queries of the agent.", f -> f.agent().queries()));
    figures.add(count(AGENT_POLL, "failures", "Queries that failed.", f -> f.agent().failures()));
    figures.addAll(
        ledger(AGENT_POLL, "", "received from the agent", (f, unit) -> received(f, unit, true)));
    figures.add(
        count(
            AGENT_POLL,
            "left_out_values",
            "Values left out for being no numbers.",
            f -> f.agent().leftOutValues()));
    figures.add(
        count(
            AGENT_POLL,
            "left_out_containers",
            "Containers left out for having no statistics.",
            f -> f.agent().leftOutContainers()));
    return figures;
  }

  private static List<Figure> topicSorter() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(ledger(TOPIC_SORTER, "", "taken into batches", Catalogue::accepted));
    figures.addAll(
        ledger(
            TOPIC_SORTER,
            "rejected_",
            "refused before batching",
            (f, unit) -> unit.of(f.ledger().total(), Term.Kinds.REJECTED)));
    figures.add(
        level(
            TOPIC_SORTER,
            "open_topics",
            "Topics with something pending now.",
            f -> f.sorter().openTopics()));
    figures.add(
        level(
            TOPIC_SORTER,
            "pending_records",
            "Records in open batches now.",
            f -> f.sorter().pendingRecords()));
    figures.add(
        level(
            TOPIC_SORTER,
            "pending_bytes",
            "Bytes of records in open batches now.",
            f -> f.sorter().pendingBytes()));
    for (Trigger trigger : Trigger.counted()) {
      String name = trigger.word();
      figures.add(
          count(
              TOPIC_SORTER,
              name + "_messages",
              "Messages set off by " + name + ".",
              f -> f.sorter().messages(trigger)));
    }
    for (Unit unit : Unit.values()) {
      figures.add(
          level(
              TOPIC_SORTER,
              "held_" + unit.noun,
              unit.phrase + " held now: in batches or in messages.",
              f -> unit.of(f.ledger().total(), Term.HELD)));
    }
    return figures;
  }

  private static List<Figure> kafkaOutput() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        level(
            KAFKA_OUTPUT,
            "up",
            "Whether Kafka acknowledges messages: 1 or 0.",
            f -> f.output().isUp() ? 1 : 0));
    figures.add(
        count(
            KAFKA_OUTPUT,
            "messages",
            "Messages handed to Kafka.",
            f -> f.output().messages().submitted()));
    figures.add(
        count(
            KAFKA_OUTPUT,
            "acknowledged_messages",
            "Messages that Kafka has.",
            f -> f.output().messages().acknowledged()));
    figures.add(
        count(
            KAFKA_OUTPUT,
            "resent_messages",
            "Messages sent again.",
            f -> f.output().messages().resent()));
    figures.add(
        count(
            KAFKA_OUTPUT,
            "split_messages",
            "Messages that were too large and went in parts.",
            f -> f.output().messages().split()));
    figures.add(
        count(
            KAFKA_OUTPUT,
            "throttled_messages",
            "Messages dropped over the global limit.",
            f -> f.output().throttledMessages()));
    figures.add(
        count(
            KAFKA_OUTPUT,
            "undeliverable_messages",
            "Messages that no retry mends.",
            f -> f.output().messages().undeliverable()));
    figures.add(
        level(
            KAFKA_OUTPUT,
            "in_flight_messages",
            "Messages that the client has now.",
            f -> f.output().messages().inFlight()));
    figures.add(
        level(
            KAFKA_OUTPUT,
            "waiting_messages",
            "Messages that wait for the client now.",
            f -> f.output().messages().waiting()));
    figures.addAll(kafkaTerm("delivered", "that Kafka has", Term.DELIVERED.kind()));
    figures.addAll(kafkaTerm("dry_run", "that a dry run said", Term.DRY_RUN.kind()));
    figures.addAll(
        ledger(
            KAFKA_OUTPUT,
            "throttled_",
            "dropped over the global limit",
            (f, unit) -> unit.of(f.ledger().total(), Term.THROTTLED_GLOBAL)));
    figures.addAll(kafkaTerm("undeliverable", "that no retry mends", Term.Kinds.UNDELIVERABLE));
    return figures;
  }

  private static List<Figure> kafkaTerm(String name, String what, String kind) {
    return ledger(KAFKA_OUTPUT, name + "_", what, (f, unit) -> unit.of(f.ledger().total(), kind));
  }

  /** A figure of the ledger, in records and in bytes. */
  private static List<Figure> ledger(
      Component component, String prefix, String what, ToLongBiFunction<Figures, Unit> reading) {
    List<Figure> figures = new ArrayList<>();
    for (Unit unit : Unit.values()) {
      // Without a prefix, "records" and "bytes" would not say that these bytes are of records.
      String name = prefix.isEmpty() && unit == Unit.BYTES ? "record_bytes" : prefix + unit.noun;
      figures.add(
          count(
              component, name, unit.phrase + " " + what + ".", f -> reading.applyAsLong(f, unit)));
    }
    return figures;
  }

  private static long received(Figures figures, Unit unit, boolean fromAgent) {
    return figures.ledger().sources().stream()
        .filter(source -> source.name().equals(Source.AGENT_NAME) == fromAgent)
        .map(LedgerSnapshot.Line::counts)
        .mapToLong(counts -> unit.of(counts, Term.RECEIVED))
        .sum();
  }

  private static long accepted(Figures figures, Unit unit) {
    Counts total = figures.ledger().total();
    return unit.of(total, Term.RECEIVED)
        + unit.of(total, Term.RECOVERED)
        - unit.of(total, Term.THROTTLED_INPUT)
        - unit.of(total, Term.Kinds.REJECTED);
  }

  private static Figure count(
      Component component, String name, String help, ToLongFunction<Figures> reading) {
    return new Figure(component, name, Kind.COUNT, help, reading);
  }

  private static Figure level(
      Component component, String name, String help, ToLongFunction<Figures> reading) {
    return new Figure(component, name, Kind.LEVEL, help, reading);
  }
}
