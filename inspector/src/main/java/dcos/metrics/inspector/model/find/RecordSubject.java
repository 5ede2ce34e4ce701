// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.find;

import dcos.metrics.codec.RecordCursor;
import dcos.metrics.codec.TagCursor;
import dcos.metrics.codec.Varint;
import dcos.metrics.collector.filter.DatapointPredicate;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.filter.NumberPredicate;
import dcos.metrics.collector.filter.Subject;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.Words;
import dcos.metrics.inspector.model.detail.RecordReader;
import dcos.metrics.inspector.model.series.AsciiText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * The record that a cursor is at, for a filter; moved from one to the next. Remembers whether a
 * value that may still change was used. Not thread-safe.
 */
final class RecordSubject implements Subject {
  private final RecordReader.Run run;
  private final byte[] bytes;
  private final ByteBuffer numbers;
  private final RecordCursor cursor;
  private final AsciiText text = new AsciiText();
  private int record = -1;
  private int pos;
  private boolean askedForFate;

  RecordSubject(RecordReader.Run run, byte[] bytes, RecordCursor cursor) {
    this.run = run;
    this.bytes = bytes;
    this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.cursor = cursor;
  }

  /** Moves to the next record; false behind the last. */
  boolean next() {
    record++;
    return record < run.fates().size() && cursor.next();
  }

  int record() {
    return record;
  }

  /** Whether an answer was given that may be another one later. */
  boolean askedForOpenFate() {
    return askedForFate;
  }

  private RecordReader.Fate fate() {
    RecordReader.Fate fate = run.fates().get(record);
    askedForFate |= fate.state().isOpen();
    return fate;
  }

  @Override
  public boolean anyText(Key key, Predicate<CharSequence> test) {
    return switch (key) {
      case TOPIC ->
          test.test(text.of(bytes, cursor.topicStart(), cursor.topicEnd()))
              || test.test(run.fates().get(record).kafkaTopic());
      case SOURCE -> test.test(run.source());
      case TAG -> anyTag(test);
      case OUTCOME -> Words.anyOutcome(fate().state(), test);
      case VERDICT -> Words.anyReason(Words.verdict(fate().state()), fate().state().why(), test);
      case STATE -> Words.anyState(fate().state(), test);
      case TRIGGER -> {
        CapturedDelivery message = fate().message();
        yield message != null && Words.subject(message).anyText(key, test);
      }
      default -> false;
    };
  }

  private boolean anyTag(Predicate<CharSequence> test) {
    TagCursor tags = cursor.tags();
    while (tags.next()) {
      if (test.test(tags.key()) || test.test(tags.value())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean anyTagValue(String tag, Predicate<CharSequence> test) {
    byte[] key = tag.getBytes(StandardCharsets.UTF_8);
    TagCursor tags = cursor.tags();
    while (tags.next()) {
      if (tags.keyIs(key) && test.test(tags.value())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean anyNumber(Key key, NumberPredicate test) {
    return switch (key) {
      case PARTITION ->
          fate().state().receipt().filter(at -> test.test(at.partition())).isPresent();
      case OFFSET -> fate().state().receipt().filter(at -> test.test(at.offset())).isPresent();
      case MESSAGE, RECORDS, MS -> {
        CapturedDelivery message = fate().message();
        yield message != null && Words.subject(message).anyNumber(key, test);
      }
      case BYTES -> test.test(cursor.end() - cursor.start());
      case TIME -> test.test(run.block().wallMs());
      default -> false;
    };
  }

  @Override
  public boolean anyDatapoint(DatapointPredicate test) {
    pos = cursor.tagsEnd();
    long _ = readLong(); // the zero that ends the tags
    for (long left = beginItems(); left > 0; left = beginItems()) {
      for (; left > 0; left--) {
        int length = (int) readLong();
        int start = pos;
        pos += length;
        long _ = readLong();
        double value = numbers.getDouble(pos);
        pos += Double.BYTES;
        if (test.test(text.of(bytes, start, start + length), value)) {
          return true;
        }
      }
    }
    return false;
  }

  private long beginItems() {
    long declared = readLong();
    if (declared >= 0) {
      return declared;
    }
    long _ = readLong(); // the block's size in bytes
    return -declared;
  }

  private long readLong() {
    long value = Varint.get(bytes, pos);
    pos = Varint.behind(bytes, pos);
    return value;
  }
}
