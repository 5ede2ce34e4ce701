// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContainerHeaderTest {
  private static final ContainerLimits SMALL = new ContainerLimits(1024, 1024);

  @Test
  void readsWhatAHeaderSays() throws IOException {
    byte[] header = BinaryWriter.header(MetricListSchema.TEXT, "deflate").toBytes();

    assertThat(read(header))
        .isEqualTo(new StreamHeader("deflate", MetricListSchema.TEXT, false, header.length, 0));
  }

  @Test
  void takesAHeaderWithoutACodecAsUncompressed() throws IOException {
    assertThat(read(BinaryWriter.header().toBytes()).codec()).isEqualTo("null");
  }

  @Test
  void takesMetadataInSeveralBlocksWithByteCounts() throws IOException {
    byte[] entry = new BinaryWriter().text("avro.schema").text(MetricListSchema.TEXT).toBytes();
    byte[] header =
        magic()
            .number(1)
            .text("some.key.that.nobody.knows")
            .text("x")
            .number(-1)
            .number(entry.length)
            .bytes(entry)
            .number(0)
            .bytes(BinaryWriter.SYNC)
            .toBytes();

    assertThat(read(header).writerSchema()).isEqualTo(MetricListSchema.TEXT);
  }

  @Test
  void takesAHeaderThatArrivesByteByByte() throws IOException {
    byte[] header = BinaryWriter.header(MetricListSchema.TEXT, "null").toBytes();
    var reader = new ContainerReader(ContainerStreams.byteByByte(header), SMALL);

    reader.readHeader();

    assertThat(reader.offset()).isEqualTo(header.length);
    assertThat(reader.hasBuffered()).isFalse();
    assertThat(reader.nextBlockHeader()).isNull();
  }

  @Test
  void knowsThatBytesOfABlockCameWithTheHeader() throws IOException {
    var reader =
        new ContainerReader(
            new ByteArrayInputStream(BinaryWriter.header().raw(2).toBytes()), SMALL);
    reader.readHeader();

    assertThat(reader.hasBuffered()).isTrue();
  }

  @Test
  void consumesNothingOfAStreamWithoutAByte() {
    var reader = new ContainerReader(new ByteArrayInputStream(new byte[0]), SMALL);

    assertThatThrownBy(reader::readHeader).hasMessage("truncated header at offset 0");
    assertThat(reader.offset()).isZero();
  }

  @Test
  void refusesAnythingThatIsNoContainer() {
    refuses(
        new BinaryWriter().raw('G', 'E', 'T', ' ', '/'),
        "invalid magic 47455420: an object container begins with 4f626a01 at offset 0");
  }

  @Test
  void refusesAHeaderCutAnywhere() {
    byte[] header = BinaryWriter.header(MetricListSchema.TEXT, "null").toBytes();
    for (int length = 0; length < header.length; length++) {
      byte[] cut = Arrays.copyOf(header, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut at %s", length)
          .isInstanceOf(MalformedContainerException.class)
          .hasMessageStartingWith("truncated header");
    }
  }

  @Test
  void refusesAHeaderWithoutASchema() {
    refuses(
        magic().number(0).bytes(BinaryWriter.SYNC),
        "invalid header: it has no avro.schema at offset 5");
  }

  @Test
  void refusesACodecThatItDoesNotKnow() {
    refuses(
        BinaryWriter.header(MetricListSchema.TEXT, "bzip2"),
        "unsupported codec bzip2 (allowed: null, deflate, snappy, zstandard) at offset "
            + magic()
                .number(2)
                .text("avro.schema")
                .text(MetricListSchema.TEXT)
                .text("avro.codec")
                .toBytes()
                .length);
  }

  @Test
  void namesAStrangeCodecInOneShortLine() {
    refuses(
        magic().number(1).text("avro.codec").text("a\nb\u0007" + "c".repeat(100)),
        "unsupported codec a b?"
            + "c".repeat(36)
            + "... (allowed: null, deflate, snappy, zstandard) at offset 16");
  }

  @Test
  void refusesANegativeKeyLength() {
    refuses(magic().number(1).number(-2), "corrupt length of a header key: -2 at offset 5");
  }

  @Test
  void refusesANegativeValueLength() {
    refuses(
        magic().number(1).text("avro.schema").number(-2),
        "corrupt length of a header value: -2 at offset 17");
  }

  @Test
  void refusesAValueAboveTheLimitBeforeItIsThere() {
    refuses(
        magic().number(1).text("avro.schema").number(2_147_483_647),
        "header above 1024 bytes: header value of 2147483647 at offset 17");
  }

  @Test
  void refusesAKeyAboveTheLimitBeforeItIsThere() {
    refuses(
        magic().number(1).number(1025), "header above 1024 bytes: header key of 1025 at offset 5");
  }

  @Test
  void refusesMoreEntriesThanTheLimitCanHold() {
    refuses(magic().number(1L << 40), "header above 1024 bytes: 1099511627776 entries at offset 4");
  }

  @Test
  void refusesTheNumberOfEntriesThatHasNoPositive() {
    refuses(
        magic().number(Long.MIN_VALUE).number(0),
        "header above 1024 bytes: -9223372036854775808 entries at offset 4");
  }

  @Test
  void refusesAByteCountThatIsNotThatOfItsEntries() {
    refuses(
        magic().number(-1).number(5).text("k").text("v").number(0).bytes(BinaryWriter.SYNC),
        "corrupt size of a header's block: it is off by 1 at offset 10");
  }

  @Test
  void refusesANegativeByteCount() {
    refuses(magic().number(-1).number(-5), "corrupt length of a block of entries: -5 at offset 5");
  }

  @Test
  void refusesManySmallEntriesThatExceedTheLimitTogether() {
    BinaryWriter wire = magic();
    for (int i = 0; i < 300; i++) {
      wire.number(1).text("k").text("v");
    }
    refuses(wire, "header above 1024 bytes: header's number of entries of 1 at offset 1024");
  }

  @Test
  void takesAHeaderOfExactlyTheLimitAndRefusesOneByteMore() throws IOException {
    byte[] header = BinaryWriter.header().toBytes();
    int length = header.length;
    var limit = new ContainerLimits(length, 1024);
    var below = new ContainerLimits(length - 1, 1024);

    assertThat(new ContainerReader(new ByteArrayInputStream(header), limit).readHeader())
        .isNotNull();
    assertThatThrownBy(
            () -> new ContainerReader(new ByteArrayInputStream(header), below).readHeader())
        .hasMessage(
            "header above "
                + (length - 1)
                + " bytes: sync marker of 16 at offset "
                + (length - 16));
  }

  @Test
  void isReadOnce() throws IOException {
    var reader =
        new ContainerReader(new ByteArrayInputStream(BinaryWriter.header().toBytes()), SMALL);

    assertThatThrownBy(reader::nextBlockHeader).hasMessage("the header comes first");
    reader.readHeader();
    assertThatThrownBy(reader::readHeader).hasMessage("the header was read before");
  }

  private static BinaryWriter magic() {
    return new BinaryWriter().raw('O', 'b', 'j', 1);
  }

  private static StreamHeader read(byte[] bytes) throws IOException {
    try (var reader = new ContainerReader(new ByteArrayInputStream(bytes), SMALL)) {
      return reader.readHeader();
    }
  }

  private static void refuses(BinaryWriter wire, String message) {
    assertThatThrownBy(() -> read(wire.toBytes()))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage(message);
  }
}
