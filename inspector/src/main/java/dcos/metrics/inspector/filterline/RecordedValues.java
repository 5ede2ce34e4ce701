// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.Tag;
import dcos.metrics.collector.filter.Completion;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.filter.Seen;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.CapturedTopic;
import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a recording holds, for the filter line to suggest. */
final class SeenInRecording implements Seen {
  // One more than is offered: that there is more is said.
  private static final int MOST = FilterModel.MOST_OFFERED + 1;

  // Of that many series at least, the user's next letter need not wait for more.
  private static final int MAX_SERIES = 5_000;

  private final Recording recording;

  private SeenInRecording(Recording recording) {
    this.recording = recording;
  }

  static List<Suggestion> suggest(Recording recording, String text, int caret) {
    return Completion.at(text, caret, new SeenInRecording(recording), MOST).stream()
        .map(one -> new Suggestion(one.start(), one.end(), one.text(), one.meaning()))
        .toList();
  }

  @Override
  public Iterable<String> values(Key key) {
    return switch (key) {
      case TOPIC ->
          distinct(
              Stream.concat(
                  series().map(Series::topic),
                  recording.topics().stream().map(CapturedTopic::name)));
      case SOURCE -> distinct(recording.sources().stream().map(CapturedSource::name));
      case NAME -> distinct(series().map(Series::name));
      case TAG -> distinct(series().flatMap(one -> one.tags().stream()).map(Tag::getValue));
      case OUTCOME ->
          distinct(
              Stream.concat(
                  outcomes(),
                  Stream.of(
                          RecordState.IN_BATCH,
                          RecordState.RECEIVED,
                          RecordState.RECEIVED.damaged())
                      .map(RecordState::name)));
      case VERDICT ->
          List.of(
              RecordState.ACCEPTED, Term.Kinds.THROTTLED, Term.Kinds.REJECTED, Term.UNKNOWN.kind());
      case STATE ->
          distinct(
              Stream.concat(
                  Stream.of(
                          MessageState.QUEUED,
                          MessageState.SENDING,
                          MessageState.partly(Term.UNDELIVERABLE_REFUSED))
                      .map(MessageState::name),
                  outcomes().filter(name -> !name.equals(Term.Kinds.REJECTED))));
      case TRIGGER -> distinct(Arrays.stream(Trigger.values()).map(Trigger::word));
      case VALUE, MESSAGE, RECORDS, BYTES, PARTITION, OFFSET, TIME, MS -> List.of();
    };
  }

  @Override
  public Iterable<String> tags() {
    return distinct(series().flatMap(one -> one.tags().stream()).map(Tag::getKey));
  }

  @Override
  public Iterable<String> tagValues(String tag) {
    return distinct(
        series()
            .flatMap(one -> one.tags().stream())
            .filter(one -> one.getKey().equals(tag))
            .map(Tag::getValue));
  }

  private static Stream<String> outcomes() {
    return Arrays.stream(Term.values())
        .filter(term -> !term.isIncome() && term != Term.HELD)
        .map(Term::kind);
  }

  private Stream<Series> series() {
    return recording.series().stream().limit(MAX_SERIES);
  }

  private static List<String> distinct(Stream<String> texts) {
    return texts.filter(text -> !text.isEmpty()).distinct().toList();
  }
}
