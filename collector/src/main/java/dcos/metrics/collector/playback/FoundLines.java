// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.MalformedContainerException;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.codec.RecordCursor;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.RecordSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Prints the records and messages that a filter finds, as JSON, one per line. Where the filter asks
 * for outcomes, a record waits until its message is settled. Not thread-safe.
 */
final class FoundLines implements Lines, RecordOutcomes.Out {
  private final EventJson json;
  private final Filter filter;
  private final boolean withOutcomes;
  private final RecordedStreams streams = new RecordedStreams();
  private final RecordOutcomes outcomes;

  /**
   * @param maxBytes about how much memory records and messages may take that wait
   */
  FoundLines(JsonGenerator json, Filter filter, long maxBytes) {
    this.json = new EventJson(json);
    this.filter = filter;
    this.withOutcomes = filter.asksForOutcomes();
    this.outcomes = new RecordOutcomes(filter, maxBytes, this);
  }

  @Override
  public void print(Event event) throws IOException {
    streams.see(event);
    try {
      switch (event) {
        case Event.BlockReceived block -> received(block);
        case Event.RecordsSorted sorted -> outcomes.sorted(sorted);
        case Event.MessageMade made -> outcomes.made(made);
        case Event.MessageSettled settled -> outcomes.settled(settled);
        default -> {}
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void finish() throws IOException {
    try {
      outcomes.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** How many records were looked at before their outcome was known, for lack of memory. */
  long givenUp() {
    return outcomes.givenUp();
  }

  private void received(Event.BlockReceived block) {
    try {
      Optional<RecordBlock> records = streams.records(block);
      if (records.isPresent()) {
        outcomes.received(block, streams.name(block.source()), records.get());
      }
    } catch (MalformedContainerException _) {
      // A filter finds none of its records; without a filter, it is reported.
    }
  }

  @Override
  public void block(PlaybackBlock block) {
    RecordBlock records = block.records();
    RecordCursor cursor = records.cursor();
    var subject = new RecordSubject(records.bytes(), cursor, block);
    List<MetricList> decoded = List.of();
    try {
      for (int i = 0; cursor.next(); i++) {
        block.moveTo(i);
        if (filter.matches(subject)) {
          block.recordFound();
          decoded = decoded.isEmpty() ? MetricLists.decode(records) : decoded;
          json.record(block, i, decoded.get(i), withOutcomes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void message(PlaybackMessage message) {
    if (!filter.matches(message, message.anyRecordFound())) {
      return;
    }
    Event.MessageMade made = message.made();
    try {
      if (!message.isSettled() && made != null) {
        json.made(made);
      }
      for (Event.MessageSettled settled : message.settledEvents()) {
        json.settled(settled, made);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
