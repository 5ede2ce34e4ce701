// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.ValueReader;
import dcos.metrics.codec.resolve.BlockConverter;
import dcos.metrics.collector.event.Event;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** The events of one block of a recording. Not thread-safe. */
abstract sealed class EventBlock {
  /** How many bytes the body of the last block event had, whether it was kept or not. */
  private int bodyBytes;

  abstract boolean hasNext();

  /**
   * The next event; null if it is one of a later version that this one does not know.
   *
   * @throws CorruptRecordException if the bytes are not valid by the schema
   * @throws DataFormatException if the event exceeds the largest block
   */
  abstract @Nullable Event next() throws DataFormatException;

  int bodyBytes() {
    return bodyBytes;
  }

  final Event decode(EventDecoder decoder) {
    Event event = decoder.next();
    bodyBytes = decoder.bodyBytes();
    return event;
  }

  /** Written by this version. */
  static final class Own extends EventBlock {
    private final EventDecoder events;

    Own(byte[] bytes, boolean withBodies) {
      this.events = new EventDecoder(new ValueReader(bytes), withBodies);
    }

    @Override
    boolean hasNext() {
      return events.hasNext();
    }

    @Override
    Event next() {
      return decode(events);
    }
  }

  /** Written by another version: each event is converted before it is decoded. */
  static final class Converted extends EventBlock {
    private final BlockConverter converter;
    private final boolean withBodies;

    Converted(BlockConverter converter, boolean withBodies) {
      this.converter = converter;
      this.withBodies = withBodies;
    }

    @Override
    boolean hasNext() {
      return converter.hasNext();
    }

    @Override
    @Nullable Event next() throws DataFormatException {
      return converter.convertNext()
          ? decode(new EventDecoder(converter.value(), withBodies))
          : null;
    }
  }
}
