// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.filterline;

import dcos.metrics.Tag;
import dcos.metrics.collector.filter.Completion;
import dcos.metrics.collector.filter.FilterKey;
import dcos.metrics.collector.filter.SeenValues;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a recording holds, for the filter line to suggest. */
public final class RecordedValues implements SeenValues {
  // One more than is offered: that there is more is said.
  private static final int MAX = FilterLineModel.MAX_OFFERED + 1;

  // Of that many series at least, the user's next letter need not wait for more.
  private static final int MAX_SERIES = 5_000;

  private final Recording recording;

  private RecordedValues(Recording recording) {
    this.recording = recording;
  }

  public static List<FilterSuggestion> suggest(Recording recording, String text, int caret) {
    return Completion.at(text, caret, new RecordedValues(recording), MAX).stream()
        .map(one -> new FilterSuggestion(one.start(), one.end(), one.text(), one.meaning()))
        .toList();
  }

  @Override
  public Iterable<String> values(FilterKey key) {
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
              RecordState.ACCEPTED,
              LedgerTerm.Kinds.THROTTLED,
              LedgerTerm.Kinds.REJECTED,
              LedgerTerm.UNKNOWN.kind());
      case STATE ->
          distinct(
              Stream.concat(
                  Stream.of(
                          MessageState.QUEUED,
                          MessageState.SENDING,
                          MessageState.partly(LedgerTerm.UNDELIVERABLE_REFUSED))
                      .map(MessageState::name),
                  outcomes().filter(name -> !name.equals(LedgerTerm.Kinds.REJECTED))));
      case TRIGGER -> distinct(Arrays.stream(FlushTrigger.values()).map(FlushTrigger::word));
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
    return Arrays.stream(LedgerTerm.values())
        .filter(term -> !term.isIncome() && term != LedgerTerm.HELD)
        .map(LedgerTerm::kind);
  }

  private Stream<Series> series() {
    return recording.series().stream().limit(MAX_SERIES);
  }

  private static List<String> distinct(Stream<String> texts) {
    return texts.filter(text -> !text.isEmpty()).distinct().toList();
  }
}
