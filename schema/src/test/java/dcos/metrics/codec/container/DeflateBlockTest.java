// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deflate as other writers write it. */
class DeflateBlockTest {
  private static final int LIMIT = 1 << 20;
  private static final byte[] RECORDS =
      new BinaryWriter()
          .bytes(BinaryWriter.record("one"))
          .bytes(BinaryWriter.record("two"))
          .toBytes();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void someBytesOfTheChecksumMayFollow(int bytes) throws Exception {
    byte[] stored = withChecksum(deflated(RECORDS, Deflater.NO_FLUSH), bytes);

    assertThat(ContainerStreams.blocks(container(2, stored)))
        .singleElement()
        .satisfies(block -> assertThat(block.records()).isEqualTo(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void refusesBytesThatAreNotOfTheChecksum(int bytes) throws Exception {
    byte[] stored = withChecksum(deflated(RECORDS, Deflater.NO_FLUSH), bytes);
    stored[stored.length - 1] ^= 1;

    refuses(2, stored, bytes + " bytes after its end, not of its checksum");
  }

  @Test
  void refusesMoreBytesThanAChecksumHas() throws Exception {
    byte[] stored = withChecksum(deflated(RECORDS, Deflater.NO_FLUSH), 4);

    refuses(2, Arrays.copyOf(stored, stored.length + 1), "5 bytes after its end");
  }

  @ParameterizedTest
  @ValueSource(ints = {Deflater.SYNC_FLUSH, Deflater.FULL_FLUSH})
  void readsUnfinishedDataThatHoldExactlyTheRecords(int flush) throws Exception {
    byte[] stored = deflated(RECORDS, flush);
    assertThat(CompressionCodec.DEFLATE.decompress(stored, LIMIT).unfinished()).isTrue();

    assertThat(ContainerStreams.blocks(container(2, stored))).hasSize(1);
  }

  @Test
  void refusesUnfinishedDataOfFewerOrMoreRecords() throws Exception {
    byte[] stored = deflated(RECORDS, Deflater.SYNC_FLUSH);

    refuses(3, stored, "ends too early");
    refuses(1, stored, "ends too early");
  }

  @Test
  void refusesUnfinishedDataThatEndWithinARecord() throws Exception {
    byte[] cut = Arrays.copyOf(RECORDS, RECORDS.length - 1);

    refuses(2, deflated(cut, Deflater.SYNC_FLUSH), "ends too early");
  }

  @Test
  void refusesAllDataThatAreCutBeforeTheirLastRecord() throws Exception {
    byte[] records = new BinaryWriter().bytes(BinaryWriter.record("x".repeat(500))).toBytes();
    byte[] stored = deflated(records, Deflater.NO_FLUSH);
    int read = 0;
    for (int length = 1; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      if (isRead(cut, records)) {
        read++; // only the mark of the end is missing
      }
    }
    assertThat(read).isLessThanOrEqualTo(2);
  }

  @Test
  void boundsTheSizeOfUnfinishedData() throws Exception {
    byte[] stored = deflated(new byte[LIMIT + 1], Deflater.SYNC_FLUSH);

    assertThatThrownBy(() -> CompressionCodec.DEFLATE.decompress(stored, LIMIT))
        .isInstanceOf(DataFormatException.class)
        .hasMessage("block above 1048576 bytes when decompressed");
  }

  @Test
  void refusesTheZlibFormat() {
    var deflater = new Deflater();
    deflater.setInput(RECORDS);
    deflater.finish();

    refuses(2, all(deflater, Deflater.NO_FLUSH), "invalid");
  }

  @Test
  void refusesTextThatWasNeverCompressed() {
    refuses(2, "not compressed at all".getBytes(US_ASCII), "");
  }

  private static boolean isRead(byte[] stored, byte[] records) throws IOException {
    try {
      ContainerStreams.blocks(container(1, stored));
      return Arrays.equals(CompressionCodec.DEFLATE.decompress(stored, LIMIT).bytes(), records);
    } catch (MalformedContainerException e) {
      assertThat(e.reason()).startsWith("corrupt deflate data: ");
      return false;
    } catch (DataFormatException e) {
      throw new AssertionError("read as a container", e);
    }
  }

  private static void refuses(int records, byte[] stored, String reason) {
    assertThatThrownBy(() -> ContainerStreams.blocks(container(records, stored)))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessageStartingWith("corrupt deflate data: " + reason);
  }

  private static byte[] container(int records, byte[] stored) {
    return BinaryWriter.header(MetricListSchema.TEXT, "deflate").block(records, stored).toBytes();
  }

  /** As Python's Avro libraries do, which leave some bytes of the zlib format's checksum. */
  private static byte[] withChecksum(byte[] stored, int bytes) {
    var checksum = new Adler32();
    checksum.update(RECORDS);
    byte[] longer = Arrays.copyOf(stored, stored.length + bytes);
    for (int i = 0; i < bytes; i++) {
      longer[stored.length + i] = (byte) (checksum.getValue() >>> (8 * (3 - i)));
    }
    return longer;
  }

  /** Finished where the flush is none. */
  private static byte[] deflated(byte[] bytes, int flush) {
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(bytes);
    if (flush == Deflater.NO_FLUSH) {
      deflater.finish();
    }
    return all(deflater, flush);
  }

  private static byte[] all(Deflater deflater, int flush) {
    byte[] out = new byte[2 * LIMIT];
    int length = deflater.deflate(out, 0, out.length, flush);
    deflater.end();
    return Arrays.copyOf(out, length);
  }
}
