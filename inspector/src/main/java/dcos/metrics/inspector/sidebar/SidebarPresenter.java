// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedAgent;
import dcos.metrics.inspector.model.captured.CapturedKafka;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.CapturedTopic;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows sources, topics and Kafka in the sidebar. FX thread only. */
final class SidebarPresenter {
  private static final int MOST_ENTRIES = 200;

  private final Sidebar model;

  SidebarPresenter(Sidebar model) {
    this.model = model;
  }

  void showNothing() {
    model.update(List.of(), List.of(), List.of());
  }

  /**
   * Shows the present state of a recording.
   *
   * @param growing whether more may come: then entries show rates, else counts
   */
  void refresh(Recording recording, boolean growing) {
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
    model.update(sources, topics, List.of(kafka(recording.kafka(), recording.settings())));
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
    if (source.name().equals(Source.AGENT_NAME)) {
      return agent.answers().stream()
          .filter(answer -> !answer.failure().isEmpty())
          .findFirst()
          .map(
              failed ->
                  new Sidebar.Entry(
                      Source.AGENT_NAME,
                      "failed",
                      Tone.WARNING,
                      failed.path() + ": " + failed.failure(),
                      filter,
                      subject))
          .orElseGet(
              () ->
                  agent.answers().isEmpty() && source.blocks() == 0
                      ? new Sidebar.Entry(
                          Source.AGENT_NAME,
                          isAgentAsked ? "no answer" : "not asked",
                          Tone.QUIET,
                          isAgentAsked
                              ? "the Mesos agent has not answered"
                              : "the Mesos agent is not asked: agent-polling is false",
                          filter,
                          subject)
                      : new Sidebar.Entry(
                          Source.AGENT_NAME,
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
        KafkaText.brokers(settings).ifPresent(brokers -> hint.add("brokers " + brokers));
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
        KafkaText.tone(kafka),
        String.join("; ", hint),
        "",
        Optional.of(new DetailSubject.OfKafka()));
  }
}
