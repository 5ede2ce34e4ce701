// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.RecordSubject;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Prints the records and messages that a filter finds, as JSON, one per line. Where the filter asks
 * for outcomes, a record waits until its message is settled. Not thread-safe.
 */
final class FoundLines implements EventPrinter, RecordOutcomes.Search {
  private final EventJson json;
  private final Filter filter;
  private final boolean withOutcomes;
  private final Filter whateverOutcome;
  private final RecordOutcomes outcomes;
  private RecordedStreams streams = new RecordedStreams();
  // Of those that were searched for outcomes.
  private long openRecords;
  // When the last block of the run came, since the epoch.
  private long lastBlockMs = Long.MAX_VALUE;

  /**
   * @param maxBytes about how much memory records and messages may take that wait
   */
  FoundLines(JsonGenerator json, Filter filter, long maxBytes) {
    this.json = new EventJson(json);
    this.filter = filter;
    this.withOutcomes = filter.asksForOutcomes();
    this.whateverOutcome = filter.withoutOutcomes();
    this.outcomes = new RecordOutcomes(filter, maxBytes, this);
  }

  @Override
  public void print(Event event) throws IOException {
    try {
      switch (event) {
        case Event.Snapshot snapshot -> begin(snapshot);
        case Event.BlockReceived block -> received(block);
        case Event.RecordsSorted sorted -> outcomes.sorted(sorted);
        case Event.MessageMade made -> outcomes.made(made);
        case Event.MessageSettled settled -> outcomes.settled(settled);
        default -> streams.see(event);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A file begins, and with it a run, if nothing was received yet although there were blocks. */
  private void begin(Event.Snapshot snapshot) {
    boolean isEmpty = snapshot.ledger().total().records(LedgerTerm.RECEIVED) == 0;
    if (isEmpty && snapshot.at().wallMs() > lastBlockMs) {
      endRun();
    }
    streams.complete(snapshot);
  }

  private void endRun() {
    outcomes.finish();
    streams = new RecordedStreams();
    lastBlockMs = Long.MAX_VALUE;
  }

  @Override
  public void finish() throws IOException {
    try {
      endRun();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** How many records were searched before their outcome was known, for lack of memory. */
  long searchedEarly() {
    return outcomes.searchedEarly();
  }

  /** How many records that may be found had no outcome, because none was recorded. */
  long openRecords() {
    return openRecords;
  }

  private void received(Event.BlockReceived block) {
    lastBlockMs =
        lastBlockMs == Long.MAX_VALUE
            ? block.at().wallMs()
            : Math.max(lastBlockMs, block.at().wallMs());
    outcomes.received(block, streams.name(block.source()), readable(block).orElse(null));
  }

  /**
   * Empty where the header is not known or the block is damaged: as in the lines without filter.
   */
  private Optional<RecordBlock> readable(Event.BlockReceived block) {
    try {
      return streams.records(block);
    } catch (MalformedContainerException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean mayFind(PlaybackBlock block) {
    RecordCursor cursor = block.records().cursor();
    var subject = new RecordSubject(block.records().bytes(), cursor, block);
    for (int i = 0; cursor.next(); i++) {
      block.moveTo(i);
      if (whateverOutcome.matches(subject)) {
        return true;
      }
    }
    return false;
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
        openRecords += withOutcomes && block.state().isOpen() ? 1 : 0;
        if (filter.matches(subject)) {
          block.recordFound();
          decoded = decoded.isEmpty() ? MetricListCodec.decode(records) : decoded;
          json.record(block, i, decoded.get(i), withOutcomes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void message(PlaybackMessage message) {
    // Of one that was made before the recording began, neither the topic nor the records are known.
    boolean isKnown = message.made() != null || !filter.asksForRecords();
    if (!isKnown || !filter.matches(message, message.anyRecordFound())) {
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
