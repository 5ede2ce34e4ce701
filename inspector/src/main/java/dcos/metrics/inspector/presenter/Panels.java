// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.collector.playback.UnknownEvents;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedAgent;
import dcos.metrics.inspector.model.captured.CapturedKafka;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.CapturedTopic;
import dcos.metrics.inspector.model.captured.LedgerCount;
import dcos.metrics.inspector.model.captured.Rates;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.TimeStrip;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The panels around the tables: sidebar, status bar, time strip. */
final class Panels {
  private static final int MOST_ENTRIES = 200;

  /**
   * Terms of the ledger that are shown as one.
   *
   * @param name as the ledger's, up to the reason
   * @param filter that finds their records
   */
  private record Kind(String name, String filter, Tone tone) {
    /** Those of the same name as this one. */
    private static Kind of(Term term) {
      return new Kind(term.kind(), Key.OUTCOME + ":" + term.kind(), Outcomes.tone(term));
    }
  }

  // The outcomes in the order of the equation, then held records.
  private static final List<Kind> KINDS =
      Stream.concat(
              Arrays.stream(Term.values()).filter(term -> !term.isIncome() && term != Term.HELD),
              Stream.of(Term.HELD))
          .filter(Panels::isFirstOfKind)
          .map(Kind::of)
          .toList();

  private Panels() {}

  private static boolean isFirstOfKind(Term term) {
    return Arrays.stream(Term.values())
        .filter(other -> other.kind().equals(term.kind()))
        .findFirst()
        .equals(Optional.of(term));
  }

  /**
   * What there is of everything.
   *
   * @param growing whether more may come: then how fast it comes says more than how much there is
   */
  static void sidebar(Recording recording, boolean growing, Sidebar sidebar) {
    CapturedAgent agent = recording.agent();
    List<CapturedSource> kept = recording.sources();
    int earlier = Math.max(0, kept.size() - MOST_ENTRIES);
    List<Sidebar.Entry> sources = new ArrayList<>();
    long unlisted = earlier + recording.sourcesForgotten();
    if (unlisted > 0) {
      sources.add(unlisted("earlier", unlisted, "source:"));
    }
    boolean asked = isAgentAsked(recording.settings());
    kept.stream()
        .skip(earlier)
        .map(source -> source(source, agent, asked, growing))
        .forEach(sources::add);
    List<CapturedTopic> all = recording.topics();
    List<Sidebar.Entry> topics = new ArrayList<>();
    all.stream().limit(MOST_ENTRIES).map(topic -> topic(topic, growing)).forEach(topics::add);
    if (all.size() > MOST_ENTRIES) {
      topics.add(unlisted("more", all.size() - MOST_ENTRIES, "topic:"));
    }
    sidebar.update(sources, topics, List.of(kafka(recording.kafka(), recording.settings())));
  }

  /** Where not all fit into the list: how many are left out, and how to see them. */
  private static Sidebar.Entry unlisted(String what, long count, String key) {
    String hint = "not listed; the filter line finds their records by " + key;
    return new Sidebar.Entry(Texts.count(count) + " " + what, "", Tone.QUIET, hint, "");
  }

  private static boolean isAgentAsked(List<String> settings) {
    return !new LimitsInForce(settings).value(Options.AGENT_POLLING).equals(Optional.of("false"));
  }

  private static Sidebar.Entry source(
      CapturedSource source, CapturedAgent agent, boolean isAgentAsked, boolean growing) {
    String filter = Links.source(source.name());
    String rate =
        growing
            ? Texts.rate(source.perSecond())
            : Texts.count(source.records().getOrDefault(Term.RECEIVED, 0L));
    Optional<DetailSubject> subject = Optional.of(new DetailSubject.OfSource(source.number()));
    if (source.name().equals("agent")) {
      return agent.answers().stream()
          .filter(answer -> !answer.failure().isEmpty())
          .findFirst()
          .map(
              failed ->
                  new Sidebar.Entry(
                      "agent",
                      "failed",
                      Tone.WARNING,
                      failed.path() + ": " + failed.failure(),
                      filter,
                      subject))
          .orElseGet(
              () ->
                  agent.answers().isEmpty() && source.blocks() == 0
                      ? new Sidebar.Entry(
                          "agent",
                          isAgentAsked ? "no answer" : "not asked",
                          Tone.QUIET,
                          isAgentAsked
                              ? "the Mesos agent has not answered"
                              : "the Mesos agent is not asked: agent-polling is false",
                          filter,
                          subject)
                      : new Sidebar.Entry(
                          "agent",
                          rate,
                          growing ? Tone.GOOD : Tone.QUIET,
                          "the Mesos agent",
                          filter,
                          subject));
    }
    if (source.end().isEmpty()) {
      String codec = source.header().map(CapturedSource.Header::codec).orElse("no header yet");
      return new Sidebar.Entry(
          source.name(), rate, Tone.GOOD, "open, codec " + codec, filter, subject);
    }
    CapturedSource.End end = source.end().get();
    if (end.cause().isEmpty()) {
      String hint = "ended after " + Texts.count(end.offset(), "byte");
      return new Sidebar.Entry(source.name(), "ended", Tone.QUIET, hint, filter, subject);
    }
    StreamEnd meaning = StreamEnd.of(end.cause(), source.header());
    return new Sidebar.Entry(
        source.name(), meaning.how(), Tone.BAD, meaning.at(end), filter, subject);
  }

  private static Sidebar.Entry topic(CapturedTopic topic, boolean growing) {
    long records = topic.records().getOrDefault(Term.RECEIVED, 0L);
    return new Sidebar.Entry(
        topic.name(),
        growing ? Texts.rate(topic.perSecond()) : Texts.count(records),
        Tone.QUIET,
        Texts.count(records, "record")
            + ", "
            + Texts.count(topic.messages(), "message")
            + ", "
            + Texts.count(topic.batching(), "record")
            + " batching",
        Links.topic(topic.name()));
  }

  private static Sidebar.Entry kafka(CapturedKafka kafka, List<String> settings) {
    String state =
        switch (kafka.state()) {
          case UNKNOWN -> "unknown";
          case UP -> "up";
          case NOT_DELIVERING -> "not delivering";
          case DRY_RUN -> "dry run";
        };
    List<String> hint = new ArrayList<>();
    switch (kafka.state()) {
      case UP, NOT_DELIVERING -> {
        hint.add(state + " since " + Texts.time(kafka.sinceMs()));
        KafkaDetails.brokers(settings).ifPresent(brokers -> hint.add("brokers " + brokers));
      }
      case UNKNOWN, DRY_RUN -> {}
    }
    if (!kafka.lastError().isEmpty()) {
      hint.add("last error: " + kafka.lastError());
    }
    hint.add(
        "%d messages delivered, %d sending, %d undeliverable"
            .formatted(kafka.delivered(), kafka.sending(), kafka.failed()));
    return new Sidebar.Entry(
        "Kafka",
        state,
        KafkaDetails.tone(kafka),
        String.join("; ", hint),
        "",
        Optional.of(new DetailSubject.OfKafka()));
  }

  /** The equation, each term that is not zero, and what the tap skipped. */
  static void status(Recording recording, Status status) {
    LedgerCount ledger = recording.ledger();
    List<Status.Term> terms = new ArrayList<>();
    terms.add(term("received", ledger.records(Term.RECEIVED), "", Tone.BUSY));
    String sign = "=";
    for (Kind kind : KINDS) {
      long records = ledger.records(kind.name());
      if (records > 0 || kind.name().equals(Term.HELD.kind())) {
        terms.add(Status.Term.sign(sign));
        terms.add(term(kind.name(), records, kind.filter(), kind.tone()));
        sign = "+";
      }
    }
    if (ledger.skippedRecords() > 0) {
      terms.add(term("· skipped by the view", ledger.skippedRecords(), "", Tone.WARNING));
    } else if (ledger.skippedEvents() > 0) {
      String events = Texts.count(ledger.skippedEvents(), "event");
      terms.add(new Status.Term("· skipped by the view " + events, "", Tone.WARNING));
    }
    long unknown = recording.storage().unknownEvents();
    if (unknown > 0) {
      terms.add(new Status.Term("· " + UnknownEvents.skipped(unknown), "", Tone.WARNING));
    }
    long troubles = recording.troubleCount();
    if (troubles > 0) {
      terms.add(
          new Status.Term(
              "· " + Texts.count(troubles) + (troubles == 1 ? " error" : " errors"),
              "",
              Tone.BAD,
              Optional.of(DetailSubject.OfTroubles.all())));
    }
    status.update(terms);
  }

  private static Status.Term term(String name, long records, String filter, Tone tone) {
    return new Status.Term(name + " " + Texts.count(records), filter, tone);
  }

  static void strip(Recording recording, TimeStrip strip) {
    Rates rates = recording.rates();
    double seconds = rates.partMs() / 1000.0;
    double[] perSecond = new double[rates.records().length];
    int[] errors = new int[perSecond.length];
    for (int i = 0; i < perSecond.length; i++) {
      perSecond[i] = rates.records()[i] / seconds;
      errors[i] = (int) Math.min(Integer.MAX_VALUE, rates.troubles()[i]);
    }
    strip
        .ratesProperty()
        .set(
            new TimeStrip.Rates(
                rates.fromMs(),
                rates.fromMs() + rates.partMs() * perSecond.length,
                perSecond,
                errors));
  }
}
