// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.testing.BinaryWriter;
import org.junit.jupiter.api.Test;

class RecordCursorTest {
  @Test
  void stepsThroughRecordsAndNamesTheirPlaces() {
    byte[] bytes =
        new BinaryWriter()
            .text("ab")
            .number(1)
            .text("k")
            .text("v")
            .number(0)
            .number(0)
            .bytes(BinaryWriter.record("c"))
            .toBytes();
    var cursor = new RecordCursor(bytes, 0, bytes.length);

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.start()).isZero();
    assertThat(cursor.topicStart()).isEqualTo(1);
    assertThat(cursor.topicEnd()).isEqualTo(3);
    assertThat(cursor.tagsStart()).isEqualTo(3);
    assertThat(cursor.tagsEnd()).isEqualTo(8);
    assertThat(cursor.end()).isEqualTo(10);
    assertThat(cursor.topicText()).isEqualTo("ab");

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.start()).isEqualTo(10);
    assertThat(cursor.topicText()).isEqualTo("c");
    assertThat(cursor.end()).isEqualTo(bytes.length);

    assertThat(cursor.next()).isFalse();
  }

  @Test
  void staysWithinItsPartOfTheArray() {
    byte[] bytes = new BinaryWriter().raw(99).bytes(BinaryWriter.record("t")).raw(99, 99).toBytes();
    var cursor = new RecordCursor(bytes, 1, bytes.length - 2);

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.start()).isEqualTo(1);
    assertThat(cursor.next()).isFalse();
    assertThatThrownBy(() -> new RecordCursor(bytes, 1, bytes.length + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void walksArraysInSeveralBlocksWithAndWithoutByteCounts() {
    byte[] tag = new BinaryWriter().text("k").text("v").toBytes();
    byte[] point = new BinaryWriter().text("n").number(1_700_000_000_000L).real(0.5).toBytes();
    byte[] bytes =
        new BinaryWriter()
            .text("t")
            .number(-2)
            .number(2L * tag.length)
            .bytes(tag)
            .bytes(tag)
            .number(1)
            .bytes(tag)
            .number(0)
            .number(1)
            .bytes(point)
            .number(-1)
            .number(point.length)
            .bytes(point)
            .number(0)
            .toBytes();
    var cursor = new RecordCursor(bytes, 0, bytes.length);

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.end()).isEqualTo(bytes.length);
    assertThat(cursor.tagsEnd()).isEqualTo(2 + 2 + 8 + 1 + 4);
    assertThat(cursor.next()).isFalse();
  }

  @Test
  void takesLongFormsOfShortNumbers() {
    // A topic of one byte and an end of tags, each as a number of ten bytes.
    byte[] one = {(byte) 0x82, -128, -128, -128, -128, -128, -128, -128, -128, 0};
    byte[] zero = {-128, -128, -128, -128, -128, -128, -128, -128, -128, 0};
    byte[] bytes = new BinaryWriter().bytes(one).raw('t').bytes(zero).number(0).toBytes();
    var cursor = new RecordCursor(bytes, 0, bytes.length);

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.topicText()).isEqualTo("t");
    assertThat(cursor.tagsEnd()).isEqualTo(11);
    assertThat(cursor.end()).isEqualTo(bytes.length);
  }

  @Test
  void hasNoTextForATopicThatIsNotUtf8() {
    byte[] bytes = new BinaryWriter().text(new byte[] {'a', (byte) 0xff}).raw(0, 0).toBytes();
    var cursor = new RecordCursor(bytes, 0, bytes.length);

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.topicText()).isNull();
  }

  @Test
  void decodesATopicBeyondAscii() {
    byte[] bytes = BinaryWriter.record("größe-指标");
    var cursor = new RecordCursor(bytes, 0, bytes.length);

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.topicText()).isEqualTo("größe-指标");
  }

  @Test
  void refusesATopicOfNegativeLength() {
    refuses(new BinaryWriter().number(-1).raw(0, 0), 0, "corrupt length of topic: -1");
  }

  @Test
  void refusesATopicLongerThanWhatIsLeft() {
    refuses(new BinaryWriter().number(5).raw('a', 'b', 0, 0), 0, "truncated topic: 4 of 5 bytes");
  }

  @Test
  void refusesALengthThatWouldOverflowAnIndex() {
    refuses(
        new BinaryWriter().number(Integer.MAX_VALUE).raw(0, 0),
        0,
        "truncated topic: 2 of 2147483647 bytes");
    refuses(
        new BinaryWriter().number(Long.MAX_VALUE).raw(0, 0),
        0,
        "truncated topic: 2 of 9223372036854775807 bytes");
  }

  @Test
  void refusesANumberAboveTenBytes() {
    int[] eleven = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0};
    refuses(new BinaryWriter().raw(eleven).raw(0, 0), 0, "invalid topic: a number above ten bytes");
  }

  @Test
  void refusesANumberThatEndsTooEarly() {
    refuses(new BinaryWriter().text("t").raw(0x80), 2, "truncated number of tags");
  }

  @Test
  void refusesARecordWithoutItsArrays() {
    refuses(new BinaryWriter().text("t"), 2, "truncated number of tags");
    refuses(new BinaryWriter().text("t").number(0), 3, "truncated number of datapoints");
  }

  @Test
  void refusesMoreTagsThanTheBytesCanHold() {
    refuses(
        new BinaryWriter().text("t").number(3).raw(0, 0, 0, 0, 0),
        2,
        "corrupt number of tags: 3 in 5 bytes");
  }

  @Test
  void refusesMoreDatapointsThanTheBytesCanHold() {
    refuses(
        new BinaryWriter().text("t").number(0).number(1L << 40).raw(0),
        3,
        "corrupt number of datapoints: 1099511627776 in 1 bytes");
  }

  @Test
  void refusesTheNumberOfItemsThatHasNoPositive() {
    refuses(
        new BinaryWriter().text("t").number(Long.MIN_VALUE).number(0).raw(0, 0),
        2,
        "corrupt number of tags: -9223372036854775808 in 2 bytes");
  }

  @Test
  void refusesATagKeyBeyondTheEnd() {
    refuses(
        new BinaryWriter().text("t").number(1).number(9).raw(1, 2),
        3,
        "truncated tag key: 2 of 9 bytes");
  }

  @Test
  void refusesATagValueBeyondTheEnd() {
    refuses(
        new BinaryWriter().text("t").number(1).text("k").number(9).raw(0, 0),
        5,
        "truncated tag value: 2 of 9 bytes");
  }

  @Test
  void refusesATagValueOfNegativeLength() {
    refuses(
        new BinaryWriter().text("t").number(1).text("k").number(-9).raw(0, 0),
        5,
        "corrupt length of tag value: -9");
  }

  @Test
  void refusesABlockSizeBelowItsItems() {
    refuses(
        new BinaryWriter().text("t").number(-1).number(3).text("k").text("v").raw(0, 0),
        8,
        "corrupt size of a block of tags: it is off by -1");
  }

  @Test
  void refusesABlockSizeAboveItsItems() {
    refuses(
        new BinaryWriter().text("t").number(-1).number(5).text("k").text("v").raw(0, 0),
        8,
        "corrupt size of a block of tags: it is off by 1");
  }

  @Test
  void refusesANegativeBlockSize() {
    refuses(
        new BinaryWriter().text("t").number(-1).number(-4).text("k").text("v").raw(0, 0),
        3,
        "corrupt size of a block of tags: -4 not in 0..6");
  }

  @Test
  void refusesABlockSizeBeyondTheEnd() {
    refuses(
        new BinaryWriter().text("t").number(-1).number(7).text("k").text("v").raw(0, 0),
        3,
        "corrupt size of a block of tags: 7 not in 0..6");
  }

  @Test
  void refusesABlockSizeOfDatapointsThatIsOff() {
    byte[] point = new BinaryWriter().text("n").number(1).real(1).toBytes();
    refuses(
        new BinaryWriter().text("t").number(0).number(-1).number(10).bytes(point).number(0),
        3 + 2 + 11,
        "corrupt size of a block of datapoints: it is off by -1");
  }

  @Test
  void refusesADatapointWithoutItsValue() {
    refuses(
        new BinaryWriter()
            .text("t")
            .number(0)
            .number(1)
            .text("name")
            .number(1)
            .raw(1, 2, 3, 4, 5, 6, 7),
        3 + 1 + 5 + 1,
        "truncated datapoint value");
  }

  private static void refuses(BinaryWriter wire, int index, String reason) {
    byte[] bytes = wire.toBytes();
    var cursor = new RecordCursor(bytes, 0, bytes.length);
    assertThatThrownBy(cursor::next)
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage(reason)
        .extracting(e -> ((CorruptRecordException) e).index())
        .isEqualTo(index);
  }
}
