// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory that a reader reserves while a header or block arrives in parts. */
class ArrivalMemoryTest {
  private static final int BUFFER = 2048;
  private static final byte[] NO_RECORDS = new byte[0];

  private final List<Reserved> reserved = new ArrayList<>();

  private record Reserved(long bytes, long unreadBytes) {}

  @Test
  void aHeaderOfOurSchemaReservesNothing() throws IOException {
    readHeader(BinaryWriter.header().toBytes(), 1);

    assertThat(reserved).containsOnly(new Reserved(0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1_000, 10_000, 100_000})
  void aHeaderReservesWhatFollowsTheBytesThatHaveCome(int part) throws IOException {
    byte[] header = header(40_000);

    StreamHeader read = readHeader(header, part);

    assertThat(read.lengthBytes()).isEqualTo(header.length);
    assertThat(reserved).isNotEmpty();
    long largest = reserved.stream().mapToLong(Reserved::bytes).max().orElseThrow();
    assertThat(largest).isLessThanOrEqualTo(3L * header.length + 2 * BUFFER);
  }

  @Test
  void aHeaderOfWhichLittleHasComeReservesLittle() {
    byte[] begun = Arrays.copyOf(header(60_000), 5_000);

    assertThatThrownBy(() -> readHeader(begun, 500))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessageContaining("truncated header")
        .hasMessageContaining("5000");
    assertThat(reserved).extracting(Reserved::bytes).allMatch(bytes -> bytes <= 4 * 5_000);
    // What is missing is known as soon as the schema's length is.
    assertThat(reserved).extracting(Reserved::unreadBytes).allMatch(unread -> unread > 55_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 2_048, 2_049, 5_000, 100_000})
  void whatFollowsALargeHeaderIsReadWhole(int part) throws IOException {
    for (int doc : new int[] {300, 500, 600, 2_500, 4_000, 20_000}) {
      byte[] container =
          new BinaryWriter()
              .bytes(header(doc))
              .block(2, records(2))
              .block(100, records(100))
              .block(1, records(1))
              .toBytes();
      List<RecordBlock> blocks =
          ContainerStreams.blocks(
              ContainerStreams.inParts(container, part), ContainerStreams.LIMITS);
      assertThat(blocks).extracting(RecordBlock::records).containsExactly(2, 100, 1);
    }
  }

  @Test
  void handsOverALargeHeaderIfItIsWanted() throws IOException {
    byte[] header = header(10_000);
    for (int most : new int[] {0, header.length - 1, header.length}) {
      List<byte[]> raw = new ArrayList<>();
      try (var reader =
          new ContainerReader(ContainerStreams.inParts(header, 3_000), ContainerStreams.LIMITS)) {
        reader.readHeader(this::reserve, most, raw::add);
      }
      assertThat(raw).containsExactly(most < header.length ? NO_RECORDS : header);
    }
  }

  @Test
  void aBlockThatHasComeReservesAllAtOnce() throws IOException {
    byte[] body = records(3_000);

    readBlock(body, 1 << 20);

    assertThat(reserved).extracting(Reserved::bytes).containsOnly((long) body.length);
    assertThat(reserved.getLast().unreadBytes()).isZero();
  }

  @Test
  void aBlockThatHasComeReservesItsRewrittenCopyAtOnce() throws IOException {
    byte[] body = records(3_000);
    String renamed = MetricListSchema.TEXT.replace("dcos.metrics.Tag", "dcos.metrics.Gat");

    readBlock(BinaryWriter.header(renamed, ""), body, 1 << 20);

    long all = (long) body.length + ContainerStreams.LIMITS.blockBytes();
    assertThat(reserved).extracting(Reserved::bytes).containsOnly(all);
  }

  @Test
  void aBlockReservesTwiceTheBytesThatHaveComeAtMost() throws IOException {
    byte[] body = records(20_000);

    readBlock(body, 1_000);

    assertThat(reserved.getFirst().bytes()).isLessThanOrEqualTo(4_096);
    for (int i = 1; i < reserved.size(); i++) {
      long before = reserved.get(i - 1).bytes();
      // The shorter array is there until the longer one is filled.
      assertThat(reserved.get(i).bytes()).isLessThanOrEqualTo(3 * before);
      long come = body.length + BinaryWriter.SYNC.length - reserved.get(i).unreadBytes();
      assertThat(reserved.get(i).bytes()).isLessThanOrEqualTo(Math.max(4_096, 3 * come));
    }
    for (int i = 1; i < reserved.size() - 1; i += 2) {
      long shorter = reserved.get(i - 1).bytes();
      assertThat(reserved.get(i + 1).bytes()).isEqualTo(reserved.get(i).bytes() - shorter);
    }
    assertThat(reserved.getLast()).isEqualTo(new Reserved(body.length, 0));
  }

  @Test
  void aHeaderReleasesTheShorterArrayWhenItHasGrown() throws IOException {
    readHeader(header(40_000), 1_000);

    long releases = 0;
    for (int i = 1; i < reserved.size(); i++) {
      releases += reserved.get(i).bytes() < reserved.get(i - 1).bytes() ? 1 : 0;
    }
    // From 4 KB to 8, 16, 32 and 42.
    assertThat(releases).isGreaterThanOrEqualTo(4);
  }

  @Test
  void aBlockIsNotCompleteWithoutItsMarker() throws IOException {
    byte[] body = records(3_000);
    byte[] cut =
        new BinaryWriter().bytes(BinaryWriter.header().toBytes()).block(3_000, body).toBytes();
    byte[] withoutMarker = Arrays.copyOf(cut, cut.length - 1);

    var in = new ByteArrayInputStream(withoutMarker);
    List<Long> missing = new ArrayList<>();
    try (var reader = new ContainerReader(in, ContainerStreams.LIMITS)) {
      reader.readHeader();
      BlockHeader blockHeader = Objects.requireNonNull(reader.nextBlockHeader());
      assertThatThrownBy(
              () ->
                  reader.readBlock(
                      blockHeader, (_, unread) -> missing.add(unread - in.available()), _ -> {}))
          .isInstanceOf(MalformedContainerException.class)
          .hasMessageContaining("truncated sync marker");
    }
    assertThat(missing).containsExactly(1L);
  }

  @Test
  void nothingIsAllocatedThatWasRefused() {
    byte[] container =
        new BinaryWriter()
            .bytes(BinaryWriter.header().toBytes())
            .block(3_000, records(3_000))
            .toBytes();
    var refusal = new IOException("no memory");

    try (var reader =
        new ContainerReader(ContainerStreams.inParts(container, 3_000), ContainerStreams.LIMITS)) {
      reader.readHeader();
      BlockHeader blockHeader = Objects.requireNonNull(reader.nextBlockHeader());
      assertThatThrownBy(
              () ->
                  reader.readBlock(
                      blockHeader,
                      (_, _) -> {
                        throw refusal;
                      },
                      _ -> {}))
          .isSameAs(refusal);
    } catch (IOException e) {
      throw new AssertionError("the header is valid", e);
    }
  }

  private StreamHeader readHeader(byte[] header, int part) throws IOException {
    try (var reader =
        new ContainerReader(ContainerStreams.inParts(header, part), ContainerStreams.LIMITS)) {
      return reader.readHeader(this::reserve, 0, _ -> {});
    }
  }

  private void readBlock(byte[] body, int part) throws IOException {
    readBlock(BinaryWriter.header(), body, part);
  }

  private void readBlock(BinaryWriter header, byte[] body, int part) throws IOException {
    int records = body.length / records(1).length;
    byte[] container = header.block(records, body).toBytes();
    try (var reader =
        new ContainerReader(ContainerStreams.inParts(container, part), ContainerStreams.LIMITS)) {
      reader.readHeader();
      BlockHeader blockHeader = Objects.requireNonNull(reader.nextBlockHeader());
      reader.readBlock(blockHeader, this::reserve, _ -> {});
    }
  }

  private void reserve(long bytes, long unreadBytes) {
    reserved.add(new Reserved(bytes, unreadBytes));
  }

  /** Our header, with a doc text of this length more. */
  private static byte[] header(int docLength) {
    String doc = "\"doc\":\"" + "x".repeat(docLength) + "\",\"fields\"";
    return BinaryWriter.header(MetricListSchema.TEXT.replaceFirst("\"fields\"", doc), "").toBytes();
  }

  private static byte[] records(int count) {
    var wire = new BinaryWriter();
    for (int i = 0; i < count; i++) {
      wire.bytes(BinaryWriter.record("a topic of some length"));
    }
    return wire.toBytes();
  }
}
