// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.filter.MessageFacts;
import dcos.metrics.collector.filter.RecordFacts;
import dcos.metrics.collector.filter.RecordSubject;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.inspector.recording.decode.RecordReader;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The record of a block that a search is at. Remembers whether a value that may still change was
 * used. Not thread-safe.
 */
final class SearchedRecord implements RecordFacts {
  private final RecordReader.IndexedRange run;
  private final RecordCursor cursor;
  private final RecordSubject subject;
  private int record = -1;
  private boolean askedForOpenState;

  SearchedRecord(RecordReader.IndexedRange run, byte[] bytes, RecordCursor cursor) {
    this.run = run;
    this.cursor = cursor;
    this.subject = new RecordSubject(bytes, cursor, this);
  }

  /** Moves to the next record; false after the last. */
  boolean next() {
    record++;
    return record < run.fates().size() && cursor.next();
  }

  int record() {
    return record;
  }

  /** Of the record that it is at. */
  RecordSubject subject() {
    return subject;
  }

  /** Whether an answer was given that may be another one later. */
  boolean askedForOpenState() {
    return askedForOpenState;
  }

  @Override
  public String source() {
    return run.source();
  }

  @Override
  public OptionalLong wallMs() {
    return OptionalLong.of(run.block().wallMs());
  }

  @Override
  public String kafkaTopic() {
    return run.fates().get(record).kafkaTopic();
  }

  @Override
  public RecordState state() {
    return asked().state();
  }

  @Override
  public Optional<? extends MessageFacts> message() {
    return Optional.ofNullable(asked().message());
  }

  private RecordReader.RecordResult asked() {
    RecordReader.RecordResult fate = run.fates().get(record);
    askedForOpenState |= fate.state().isOpen();
    return fate;
  }
}
