// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dcos.metrics.codec.binary.ExactSizeBuffer;
import dcos.metrics.codec.binary.SingleLine;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * How the blocks of a container are compressed. What decompresses to more than a limit is refused
 * without holding more than that. Thread-safe.
 */
enum CompressionCodec {
  NULL("null") {
    @Override
    DecompressedBlock decompressAll(byte[] stored, int limit) {
      return new DecompressedBlock(stored, false);
    }
  },

  DEFLATE("deflate") {
    @Override
    @Nullable DecompressedBlock decompressAll(byte[] stored, int limit) throws DataFormatException {
      var deflate = new DeflateBlock(stored);
      byte[] bytes = ExactSizeBuffer.of(deflate::inflate, guess(stored, limit), limit);
      return bytes == null ? null : new DecompressedBlock(bytes, deflate.isUnfinished());
    }
  },

  SNAPPY("snappy") {
    @Override
    @Nullable DecompressedBlock decompressAll(byte[] stored, int limit) throws DataFormatException {
      try {
        return whole(unsnap(stored, limit));
      } catch (IOException e) {
        throw new DataFormatException(e.getMessage());
      }
    }
  },

  ZSTANDARD("zstandard") {
    @Override
    @Nullable DecompressedBlock decompressAll(byte[] stored, int limit) throws DataFormatException {
      // What the first frame says of itself is a good guess, and no more than that.
      long declared = Zstd.getFrameContentSize(stored);
      int guess = declared > 0 ? (int) Math.min(declared, limit) : guess(stored, limit);
      return whole(ExactSizeBuffer.of(into -> unzstd(stored, into), guess, limit));
    }
  };

  private static final int SNAPPY_CHECKSUM_BYTES = 4;

  private final String avroName;

  CompressionCodec(String avroName) {
    this.avroName = avroName;
  }

  /** As it stands in a header. */
  String avroName() {
    return avroName;
  }

  /** The codec of this name, or null if we know none. */
  static @Nullable CompressionCodec named(String avroName) {
    for (CompressionCodec codec : values()) {
      if (codec.avroName.equals(avroName)) {
        return codec;
      }
    }
    return null;
  }

  /** The names of all, as a message lists them. */
  static String names() {
    return Arrays.stream(values())
        .map(CompressionCodec::avroName)
        .collect(Collectors.joining(", "));
  }

  /**
   * The bytes as they were before compression; {@link #NULL} hands back the same array.
   *
   * @param limit the most bytes that they may be
   * @throws DataFormatException whose message names the error
   */
  DecompressedBlock decompress(byte[] stored, int limit) throws DataFormatException {
    if (stored.length == 0) {
      // A block of no records: not every writer runs its codec on nothing.
      return new DecompressedBlock(stored, false);
    }
    DecompressedBlock bytes;
    try {
      bytes = decompressAll(stored, limit);
    } catch (DataFormatException e) {
      throw new DataFormatException(corrupt(reason(e)));
    } catch (SnappyError | LinkageError e) {
      // The machine's fault, not the sender's, and no reason to lose the other connections.
      throw new DataFormatException(
          "unsupported codec " + avroName + " on this machine: its native library did not load");
    }
    if (bytes == null) {
      throw new DataFormatException("block above " + limit + " bytes when decompressed");
    }
    return bytes;
  }

  /** Null if there are more bytes than the limit. */
  abstract @Nullable DecompressedBlock decompressAll(byte[] stored, int limit)
      throws DataFormatException;

  /** The error of data that end before their codec says so. */
  String endsTooEarly() {
    return corrupt("ends too early");
  }

  private String corrupt(String reason) {
    return "corrupt " + avroName + " data: " + reason;
  }

  private static @Nullable DecompressedBlock whole(byte @Nullable [] bytes) {
    return bytes == null ? null : new DecompressedBlock(bytes, false);
  }

  /** Metrics compress well; at most half the limit, so that trimming needs no second run. */
  private static int guess(byte[] stored, int limit) {
    return (int) Math.min(16L * stored.length, limit / 2);
  }

  private static String reason(DataFormatException e) {
    String message = e.getMessage();
    return message == null ? "no valid stream" : SingleLine.of(message, 100);
  }

  private static byte @Nullable [] unsnap(byte[] stored, int limit)
      throws IOException, DataFormatException {
    int length = stored.length - SNAPPY_CHECKSUM_BYTES;
    if (length < 1) {
      throw new DataFormatException("ends too early");
    }
    int size = Snappy.uncompressedLength(stored, 0, length);
    if (size < 0 || size > limit) {
      return null;
    }
    byte[] bytes = new byte[size];
    int got = Snappy.uncompress(stored, 0, length, bytes, 0);
    if (got != size) {
      throw new DataFormatException(got + " bytes where " + size + " were declared");
    }
    var checksum = new CRC32();
    checksum.update(bytes);
    int declared = 0;
    for (int i = length; i < stored.length; i++) {
      declared = declared << 8 | (stored[i] & 0xff);
    }
    if (declared != (int) checksum.getValue()) {
      throw new DataFormatException(
          "checksum " + hex(declared) + " where the bytes have " + hex((int) checksum.getValue()));
    }
    return bytes;
  }

  private static String hex(int value) {
    return String.format("%08x", value);
  }

  private static int unzstd(byte[] stored, byte[] into) throws DataFormatException {
    try {
      // In one call, because streaming would take the window that a frame asks for: up to 128 MB.
      return (int) Zstd.decompressByteArray(into, 0, into.length, stored, 0, stored.length);
    } catch (ZstdException e) {
      if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        return -1;
      }
      throw new DataFormatException(e.getMessage());
    }
  }
}
