// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.codec.binary.AsciiText;
import dcos.metrics.codec.binary.Varint;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.codec.record.TagCursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The record that a cursor is at, for a filter. Moves with the cursor, and facts about the record
 * must move with it as well. Not thread-safe.
 */
public final class RecordSubject implements FilterSubject {
  private final byte[] bytes;
  private final ByteBuffer numbers;
  private final RecordCursor cursor;
  private final RecordFacts facts;
  private final AsciiText text = new AsciiText();
  private int pos;

  /**
   * @param bytes the array of the cursor, which is not changed
   * @param facts of the record that the cursor is at
   */
  public RecordSubject(byte[] bytes, RecordCursor cursor, RecordFacts facts) {
    this.bytes = bytes;
    this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.cursor = cursor;
    this.facts = facts;
  }

  @Override
  public boolean anyText(FilterKey key, Predicate<CharSequence> test) {
    return switch (key) {
      case TOPIC ->
          test.test(text.of(bytes, cursor.topicStart(), cursor.topicEnd()))
              || test.test(facts.kafkaTopic());
      case SOURCE -> test.test(facts.source());
      case TAG -> anyTag(test);
      case OUTCOME -> StateWords.anyOutcome(facts.state(), test);
      case VERDICT -> StateWords.anyDecision(facts.state(), test);
      case STATE -> StateWords.anyState(facts.state(), test);
      case TRIGGER ->
          facts
              .message()
              .filter(message -> FilterSubject.of(message).anyText(key, test))
              .isPresent();
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
  public boolean anyNumber(FilterKey key, NumberPredicate test) {
    return switch (key) {
      case PARTITION -> facts.state().receipt().filter(at -> test.test(at.partition())).isPresent();
      case OFFSET -> facts.state().receipt().filter(at -> test.test(at.offset())).isPresent();
      case MESSAGE, RECORDS, MS ->
          facts
              .message()
              .filter(message -> FilterSubject.of(message).anyNumber(key, test))
              .isPresent();
      case BYTES -> test.test(cursor.end() - cursor.start());
      case TIME -> {
        OptionalLong wallMs = facts.wallMs();
        yield wallMs.isPresent() && test.test(wallMs.getAsLong());
      }
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
