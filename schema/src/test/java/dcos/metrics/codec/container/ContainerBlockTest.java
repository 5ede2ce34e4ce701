// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContainerBlockTest {
  private static final ContainerLimits SMALL = new ContainerLimits(4096, 1000);
  private static final int HEADER = BinaryWriter.header().toBytes().length;

  @Test
  void readsBlocksAsTheyAre() throws IOException {
    byte[] two =
        new BinaryWriter()
            .bytes(BinaryWriter.record("a"))
            .bytes(BinaryWriter.record("b"))
            .toBytes();
    byte[] container =
        BinaryWriter.header().block(2, two).block(1, BinaryWriter.record("c")).toBytes();

    List<RecordBlock> blocks = ContainerStreams.blocks(container);

    assertThat(blocks).hasSize(2);
    assertThat(blocks.get(0).bytes()).isEqualTo(two);
    assertThat(blocks.get(0).records()).isEqualTo(2);
    assertThat(blocks.get(1).bytes()).isEqualTo(BinaryWriter.record("c"));
  }

  @Test
  void announcesABlockBeforeItsBodyIsThere() throws IOException {
    var reader = reader(BinaryWriter.header().number(2).number(8).toBytes());
    reader.readHeader();

    assertThat(reader.nextBlockHeader()).isEqualTo(new BlockHeader(HEADER, 2, 8, 8));
    assertThat(reader.offset()).isEqualTo(HEADER + 2);
  }

  @Test
  void chargesACompressedBlockItsSizeAndTheLimit() throws IOException {
    var reader =
        reader(BinaryWriter.header(MetricListSchema.TEXT, "deflate").number(2).number(8).toBytes());
    reader.readHeader();

    assertThat(reader.nextBlockHeader()).extracting(BlockHeader::chargeBytes).isEqualTo(1008L);
  }

  @Test
  void handsTheHeaderAndEachBodyOverAsTheyWereSent() throws IOException {
    byte[] container = BinaryWriter.header().block(1, BinaryWriter.record("a")).toBytes();
    var sent = new ByteArrayOutputStream();

    try (var reader = reader(container)) {
      reader.readHeader(sent::writeBytes);
      BlockHeader blockHeader = Objects.requireNonNull(reader.nextBlockHeader());
      int head = (int) (reader.offset() - blockHeader.offset());
      sent.write(container, (int) blockHeader.offset(), head);
      reader.readBlock(blockHeader, ArrivalMemory.UNLIMITED, sent::writeBytes);
      sent.write(container, sent.size(), 16);
    }

    assertThat(sent.toByteArray()).isEqualTo(container);
  }

  @Test
  void takesBlocksOfNoRecords() throws IOException {
    for (String codec : List.of("null", "deflate", "snappy", "zstandard")) {
      byte[] container =
          BinaryWriter.header(MetricListSchema.TEXT, codec)
              .block(0, new byte[0])
              .block(0, new byte[0])
              .toBytes();

      assertThat(ContainerStreams.blocks(container))
          .extracting(RecordBlock::records)
          .containsExactly(0, 0);
    }
  }

  @Test
  void takesARecordOfExactlyTheLimitAndRefusesOneByteMore() throws IOException {
    byte[] largest = BinaryWriter.record("x".repeat(996));
    byte[] larger = BinaryWriter.record("x".repeat(997));

    assertThat(largest).hasSize(1000);
    assertThat(blocks(BinaryWriter.header().block(1, largest))).hasSize(1);
    refuses(
        BinaryWriter.header().block(1, larger),
        "block size 1001 not in 0..1000 at offset " + (HEADER + 1));
  }

  @Test
  void takesARecordOfMegabytes() throws IOException {
    byte[] record = BinaryWriter.record("x".repeat(4_000_000));

    byte[] container = BinaryWriter.header().block(1, record).toBytes();

    assertThat(ContainerStreams.recordBytes(container)).isEqualTo(record);
  }

  @Test
  void passesInvalidUtf8Unchanged() throws IOException {
    byte[] invalid = {(byte) 0xc3, 0x28, (byte) 0xff};
    byte[] record =
        new BinaryWriter()
            .text(invalid)
            .number(1)
            .text(invalid)
            .text(invalid)
            .number(0)
            .number(1)
            .text(invalid)
            .number(1)
            .real(Double.NaN)
            .number(0)
            .toBytes();

    assertThat(ContainerStreams.recordBytes(BinaryWriter.header().block(1, record).toBytes()))
        .isEqualTo(record);
  }

  @Test
  void givesWholeBlocksOrAnErrorWhereverAStreamIsCut() {
    byte[] first = BinaryWriter.record("first");
    byte[] container =
        BinaryWriter.header()
            .block(1, first)
            .block(0, new byte[0])
            .block(1, BinaryWriter.record("x"))
            .toBytes();
    int afterFirst = BinaryWriter.header().block(1, first).toBytes().length;
    int afterSecond = BinaryWriter.header().block(1, first).block(0, new byte[0]).toBytes().length;
    for (int length = HEADER; length <= container.length; length++) {
      List<RecordBlock> blocks = new ArrayList<>();
      byte[] cut = Arrays.copyOf(container, length);
      boolean clean = List.of(HEADER, afterFirst, afterSecond, container.length).contains(length);
      if (clean) {
        assertThat(reading(blocks, cut)).as("cut at %s", length).isNull();
      } else {
        assertThat(reading(blocks, cut))
            .as("cut at %s", length)
            .isInstanceOf(MalformedContainerException.class)
            .hasMessageStartingWith("truncated ");
      }
      int whole = length < afterFirst ? 0 : length < afterSecond ? 1 : 2;
      assertThat(blocks).hasSize(length == container.length ? 3 : whole);
    }
  }

  @Test
  void takesAStreamThatArrivesByteByByte() throws IOException {
    byte[] large = BinaryWriter.record("x".repeat(5000));
    byte[] container =
        BinaryWriter.header().block(1, large).block(1, BinaryWriter.record("b")).toBytes();

    List<RecordBlock> blocks =
        ContainerStreams.blocks(ContainerStreams.byteByByte(container), ContainerStreams.LIMITS);

    assertThat(blocks).hasSize(2);
    assertThat(blocks.get(0).bytes()).isEqualTo(large);
  }

  @Test
  void refusesABlockOfTwoGigabytes() {
    refuses(
        BinaryWriter.header().number(1).number(1L << 31),
        "block size 2147483648 not in 0..1000 at offset " + (HEADER + 1));
  }

  @Test
  void refusesANegativeBlockSize() {
    refuses(
        BinaryWriter.header().number(1).number(-1),
        "block size -1 not in 0..1000 at offset " + (HEADER + 1));
  }

  @Test
  void refusesANegativeNumberOfRecords() {
    refuses(
        BinaryWriter.header().number(-1).number(10),
        "corrupt number of records: -1 in a block of 10 bytes at offset " + HEADER);
  }

  @Test
  void refusesMoreRecordsThanTheBytesCanHold() {
    refuses(
        BinaryWriter.header().number(4).number(11),
        "corrupt number of records: 4 in a block of 11 bytes at offset " + HEADER);
    refuses(
        BinaryWriter.header(MetricListSchema.TEXT, "deflate").number(334).number(11),
        "corrupt number of records: 334 in a block of 11 bytes at offset "
            + BinaryWriter.header(MetricListSchema.TEXT, "deflate").toBytes().length);
  }

  @Test
  void refusesABlockThatEndsBeforeItsLastRecord() {
    byte[] two =
        new BinaryWriter()
            .bytes(BinaryWriter.record("aaaa"))
            .bytes(BinaryWriter.record("bbbb"))
            .toBytes();
    refuses(
        BinaryWriter.header().block(3, two),
        "corrupt number of records: 3 declared, 2 found at offset " + (HEADER + 2 + two.length));
  }

  @Test
  void refusesABlockThatContinuesBehindItsLastRecord() {
    byte[] two =
        new BinaryWriter()
            .bytes(BinaryWriter.record("a"))
            .bytes(BinaryWriter.record("b"))
            .toBytes();
    refuses(
        BinaryWriter.header().block(1, two),
        "corrupt number of records: 4 bytes behind the last of 1 at offset " + (HEADER + 2 + 4));
    refuses(
        BinaryWriter.header().block(0, BinaryWriter.record("a")),
        "corrupt number of records: 4 bytes behind the last of 0 at offset " + (HEADER + 2));
  }

  @Test
  void namesTheByteOfACorruptRecord() {
    byte[] body =
        new BinaryWriter().bytes(BinaryWriter.record("ok")).number(-7).raw(0, 0).toBytes();
    refuses(
        BinaryWriter.header().block(2, body),
        "corrupt length of topic: -7 at offset " + (HEADER + 2 + BinaryWriter.record("ok").length));
  }

  @Test
  void comparesTheSyncMarkerBeforeTheRecords() {
    refuses(
        BinaryWriter.header().number(1).number(4).raw(-1, -1, -1, -1).bytes(new byte[16]),
        "corrupt sync marker: found "
            + "00 ".repeat(16).strip()
            + " at offset "
            + (HEADER + 2 + 4));
  }

  @Test
  void reportsHowMuchOfABlockIsThere() {
    refuses(
        BinaryWriter.header().number(1).number(345).bytes(new byte[12]),
        "truncated block: 12 of 345 bytes at offset " + (HEADER + 3));
    refuses(
        BinaryWriter.header().number(1).number(4).bytes(BinaryWriter.record("a")).raw(1, 2),
        "truncated sync marker: 2 of 16 bytes at offset " + (HEADER + 2 + 4));
    refuses(BinaryWriter.header().raw(0x80), "truncated number of records at offset " + HEADER);
    refuses(BinaryWriter.header().number(1), "truncated block size at offset " + (HEADER + 1));
  }

  @Test
  void letsTheStreamsOwnErrorsThrough() throws IOException {
    var closed = InputStream.nullInputStream();
    closed.close();

    assertThatThrownBy(() -> new ContainerReader(closed, SMALL).readHeader())
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Stream closed");
  }

  @Test
  void isReadInTurn() throws IOException {
    var reader = reader(BinaryWriter.header().block(1, BinaryWriter.record("a")).toBytes());
    reader.readHeader();
    var blockHeader = reader.nextBlockHeader();
    assertThat(blockHeader).isNotNull();

    assertThatThrownBy(reader::nextBlockHeader)
        .hasMessage("the block at " + HEADER + " was not read");
    assertThatThrownBy(() -> reader.readBlock(new BlockHeader(7, 1, 3, 3)))
        .hasMessage("the block at 7 is not the next");
  }

  private static ContainerReader reader(byte[] bytes) {
    return new ContainerReader(new ByteArrayInputStream(bytes), SMALL);
  }

  private static List<RecordBlock> blocks(BinaryWriter wire) throws IOException {
    return ContainerStreams.blocks(new ByteArrayInputStream(wire.toBytes()), SMALL);
  }

  private static void refuses(BinaryWriter wire, String message) {
    assertThatThrownBy(() -> blocks(wire))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage(message);
  }

  private static @Nullable Throwable reading(List<RecordBlock> blocks, byte[] bytes) {
    return catchThrowable(
        () -> ContainerStreams.readInto(blocks, new ByteArrayInputStream(bytes), SMALL));
  }
}
