// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.sidebar;

import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.KafkaText;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.format.StreamEndText;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.CapturedAgent;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import dcos.metrics.inspector.recording.state.RecordedSettings;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.FilterLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows sources, topics and Kafka in the sidebar. FX thread only. */
public final class SidebarPresenter {
  private static final int MAX_ENTRIES = 200;

  private final SidebarModel model;

  public SidebarPresenter(SidebarModel model) {
    this.model = model;
  }

  public void showNothing() {
    model.update(List.of(), List.of(), List.of());
  }

  /**
   * Shows the present state of a recording.
   *
   * @param growing whether more may come: then entries show rates, else counts
   */
  public void refresh(Recording recording, boolean growing) {
    CapturedAgent agent = recording.agent();
    List<CapturedSource> kept = recording.sources();
    int earlier = Math.max(0, kept.size() - MAX_ENTRIES);
    List<SidebarModel.SidebarEntry> sources = new ArrayList<>();
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
    List<SidebarModel.SidebarEntry> topics = new ArrayList<>();
    all.stream().limit(MAX_ENTRIES).map(topic -> topic(topic, growing)).forEach(topics::add);
    if (all.size() > MAX_ENTRIES) {
      topics.add(unlisted("more", all.size() - MAX_ENTRIES, "topic:"));
    }
    model.update(sources, topics, List.of(kafka(recording.kafka(), recording.settings())));
  }

  /** Where not all fit into the list: how many are left out, and how to see them. */
  private static SidebarModel.SidebarEntry unlisted(String what, long count, String key) {
    String hint = "not listed; the filter line finds their records by " + key;
    return new SidebarModel.SidebarEntry(
        DisplayFormat.count(count) + " " + what, "", StatusTone.QUIET, hint, "");
  }

  private static boolean isAgentAsked(List<String> settings) {
    return !new RecordedSettings(settings)
        .value(Options.AGENT_POLLING)
        .equals(Optional.of("false"));
  }

  private static SidebarModel.SidebarEntry source(
      CapturedSource source, CapturedAgent agent, boolean isAgentAsked, boolean growing) {
    String filter = FilterLinks.source(source.name());
    String rate =
        growing
            ? DisplayFormat.rate(source.perSecond())
            : DisplayFormat.count(source.records().getOrDefault(LedgerTerm.RECEIVED, 0L));
    Optional<DetailSubject> subject = Optional.of(new DetailSubject.OfSource(source.number()));
    if (source.name().equals(Source.AGENT_NAME)) {
      return agent.answers().stream()
          .filter(answer -> !answer.failure().isEmpty())
          .findFirst()
          .map(
              failed ->
                  new SidebarModel.SidebarEntry(
                      Source.AGENT_NAME,
                      "failed",
                      StatusTone.WARNING,
                      failed.path() + ": " + failed.failure(),
                      filter,
                      subject))
          .orElseGet(
              () ->
                  agent.answers().isEmpty() && source.blocks() == 0
                      ? new SidebarModel.SidebarEntry(
                          Source.AGENT_NAME,
                          isAgentAsked ? "no answer" : "not asked",
                          StatusTone.QUIET,
                          isAgentAsked
                              ? "the Mesos agent has not answered"
                              : "the Mesos agent is not asked: agent-polling is false",
                          filter,
                          subject)
                      : new SidebarModel.SidebarEntry(
                          Source.AGENT_NAME,
                          rate,
                          growing ? StatusTone.GOOD : StatusTone.QUIET,
                          "the Mesos agent",
                          filter,
                          subject));
    }
    if (source.end().isEmpty()) {
      String codec =
          source.header().map(CapturedSource.CapturedHeader::codec).orElse("no header yet");
      return new SidebarModel.SidebarEntry(
          source.name(), rate, StatusTone.GOOD, "open, codec " + codec, filter, subject);
    }
    CapturedSource.SourceEnd end = source.end().get();
    if (end.cause().isEmpty()) {
      String hint = "ended after " + DisplayFormat.count(end.offset(), "byte");
      return new SidebarModel.SidebarEntry(
          source.name(), "ended", StatusTone.QUIET, hint, filter, subject);
    }
    StreamEndText meaning = StreamEndText.of(end.cause(), source.header());
    return new SidebarModel.SidebarEntry(
        source.name(), meaning.how(), StatusTone.BAD, meaning.at(end), filter, subject);
  }

  private static SidebarModel.SidebarEntry topic(CapturedTopic topic, boolean growing) {
    long records = topic.records().getOrDefault(LedgerTerm.RECEIVED, 0L);
    return new SidebarModel.SidebarEntry(
        topic.name(),
        growing ? DisplayFormat.rate(topic.perSecond()) : DisplayFormat.count(records),
        StatusTone.QUIET,
        DisplayFormat.count(records, "record")
            + ", "
            + DisplayFormat.count(topic.messages(), "message")
            + ", "
            + DisplayFormat.count(topic.batching(), "record")
            + " batching",
        FilterLinks.topic(topic.name()));
  }

  private static SidebarModel.SidebarEntry kafka(CapturedKafka kafka, List<String> settings) {
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
        hint.add(state + " since " + DisplayFormat.time(kafka.sinceMs()));
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
    return new SidebarModel.SidebarEntry(
        "Kafka",
        state,
        KafkaText.tone(kafka),
        String.join("; ", hint),
        "",
        Optional.of(new DetailSubject.OfKafka()));
  }
}
