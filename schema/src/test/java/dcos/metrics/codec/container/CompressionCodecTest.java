// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

class CompressionCodecTest {
  private static final int LIMIT = 1 << 20;

  @ParameterizedTest
  @EnumSource(names = {"DEFLATE", "SNAPPY", "ZSTANDARD"})
  void undoesCompressionOfAnySize(CompressionCodec codec) throws Exception {
    for (int size : new int[] {1, 2, 100, 4096, 70_000, LIMIT / 2 + 1, LIMIT - 1, LIMIT}) {
      byte[] zeros = new byte[size];
      byte[] noise = new byte[size];
      new Random(size).nextBytes(noise);

      assertThat(codec.decompress(compress(codec, zeros), LIMIT).bytes()).isEqualTo(zeros);
      assertThat(codec.decompress(compress(codec, noise), LIMIT).bytes()).isEqualTo(noise);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFLATE", "SNAPPY", "ZSTANDARD"})
  void refusesWhatExceedsTheLimitByOneByte(CompressionCodec codec) throws Exception {
    byte[] stored = compress(codec, new byte[LIMIT + 1]);

    refuses(codec, stored, "block above 1048576 bytes when decompressed");
  }

  @ParameterizedTest
  @EnumSource(names = {"SNAPPY", "ZSTANDARD"})
  void refusesDataCutAnywhere(CompressionCodec codec) throws Exception {
    byte[] stored =
        compress(codec, "some text, some text, some text".getBytes(StandardCharsets.US_ASCII));
    for (int length = 1; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      assertThatThrownBy(() -> codec.decompress(cut, LIMIT))
          .as("cut at %s", length)
          .isInstanceOf(DataFormatException.class)
          .hasMessageStartingWith("corrupt " + codec.avroName() + " data: ");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DEFLATE", "SNAPPY", "ZSTANDARD"})
  void refusesBytesBehindTheData(CompressionCodec codec) throws Exception {
    byte[] stored = compress(codec, new byte[100]);
    byte[] longer = Arrays.copyOf(stored, stored.length + 5);

    assertThatThrownBy(() -> codec.decompress(longer, LIMIT))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith("corrupt " + codec.avroName() + " data: ");
  }

  @Test
  void refusesASnappyChecksumThatIsNotThatOfTheBytes() throws Exception {
    byte[] stored = compress(CompressionCodec.SNAPPY, new byte[] {1, 2, 3});
    stored[stored.length - 1] ^= 1;

    refuses(
        CompressionCodec.SNAPPY,
        stored,
        "corrupt snappy data: checksum 55bc801c where the bytes have 55bc801d");
  }

  @Test
  void refusesASnappySizeOfTwoGigabytesBeforeItAllocates() {
    byte[] stored = {-1, -1, -1, -1, 7, 0, 0, 0, 0, 0};

    assertThatThrownBy(() -> CompressionCodec.SNAPPY.decompress(stored, LIMIT))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith("corrupt snappy data: ");
  }

  @Test
  void doesNotBelieveTheSizeThatAZstandardFrameDeclares() throws Exception {
    byte[] stored = Zstd.compress(new byte[70_000]);
    assertThat(Zstd.getFrameContentSize(stored)).isEqualTo(70_000);
    for (int forged : new int[] {65_536, 70_001, LIMIT, Integer.MAX_VALUE}) {
      // Of a frame with one segment the size stands in four bytes behind the descriptor.
      ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).putInt(5, forged);
      assertThatThrownBy(() -> CompressionCodec.ZSTANDARD.decompress(stored, LIMIT))
          .as("a size of %s", forged)
          .isInstanceOf(DataFormatException.class);
    }
  }

  @Test
  void takesZstandardFramesThatDoNotDeclareTheirSize() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    var out = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(out)) {
      zstd.write(bytes, 0, 1000);
      zstd.flush();
      zstd.write(bytes, 1000, bytes.length - 1000);
    }

    assertThat(CompressionCodec.ZSTANDARD.decompress(out.toByteArray(), LIMIT).bytes())
        .isEqualTo(bytes);
  }

  @Test
  void takesSeveralZstandardFrames() throws Exception {
    byte[] frame = Zstd.compress(new byte[50_000]);
    byte[] two = Arrays.copyOf(frame, 2 * frame.length);
    System.arraycopy(frame, 0, two, frame.length, frame.length);

    assertThat(CompressionCodec.ZSTANDARD.decompress(two, LIMIT).bytes())
        .isEqualTo(new byte[100_000]);
  }

  @Test
  void decompressesAtTheLimitWhateverTheLimit() throws Exception {
    for (int limit = 1; limit < 40; limit++) {
      for (int size = 1; size <= limit; size++) {
        for (CompressionCodec codec :
            new CompressionCodec[] {
              CompressionCodec.DEFLATE, CompressionCodec.ZSTANDARD, CompressionCodec.SNAPPY
            }) {
          byte[] bytes = new byte[size];
          assertThat(codec.decompress(compress(codec, bytes), limit).bytes()).isEqualTo(bytes);
        }
      }
    }
  }

  @Test
  void namesABlockAndAByteOfItWhereRecordsAreCompressed() throws Exception {
    byte[] body =
        new BinaryWriter().bytes(BinaryWriter.record("ok")).number(-7).raw(0, 0).toBytes();
    BinaryWriter header = BinaryWriter.header(MetricListSchema.TEXT, "deflate");
    int offset = header.toBytes().length;
    byte[] container = header.block(2, compress(CompressionCodec.DEFLATE, body)).toBytes();

    assertThatThrownBy(() -> ContainerStreams.blocks(container))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage(
            "corrupt length of topic: -7 at byte 5 of the decompressed block at offset " + offset);
  }

  @Test
  void namesABlockThatDoesNotDecompress() {
    BinaryWriter header = BinaryWriter.header(MetricListSchema.TEXT, "deflate");
    int offset = header.toBytes().length;
    byte[] container = header.block(1, new byte[] {7, 7, 7}).toBytes();

    assertThatThrownBy(
            () ->
                ContainerStreams.blocks(
                    new ByteArrayInputStream(container), ContainerStreams.LIMITS))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage("corrupt deflate data: invalid block type at offset " + offset);
  }

  private static void refuses(CompressionCodec codec, byte[] stored, String message) {
    assertThatThrownBy(() -> codec.decompress(stored, LIMIT))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(message);
  }

  static byte[] compress(CompressionCodec codec, byte[] bytes) throws IOException {
    return switch (codec) {
      case NULL -> bytes;
      case DEFLATE -> {
        var deflater = new Deflater(9, true);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + bytes.length / 100 + 100];
        int length = deflater.deflate(out);
        deflater.end();
        yield Arrays.copyOf(out, length);
      }
      case SNAPPY -> {
        var checksum = new CRC32();
        checksum.update(bytes);
        int crc = (int) checksum.getValue();
        yield new BinaryWriter()
            .bytes(Snappy.compress(bytes))
            .raw(crc >>> 24, crc >>> 16, crc >>> 8, crc)
            .toBytes();
      }
      case ZSTANDARD -> Zstd.compress(bytes);
    };
  }
}
