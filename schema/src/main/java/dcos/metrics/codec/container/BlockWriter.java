// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dcos.metrics.codec.binary.Varint;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes an object container of any schema, block by block, compressed with zstandard. A block is
 * one write, so that what is on disk is whole blocks, and at most one that is cut. Not thread-safe.
 */
public final class BlockWriter implements Closeable {
  /** A larger buffer than this is let go after the block that needed it. */
  private static final int KEPT_BYTES = 512 * 1024;

  // Before a block's body: two numbers.
  private static final int FRONT_BYTES = 2 * Varint.MAX_BYTES;

  private final OutputStream out;
  private final byte[] header;
  private final byte[] sync = new byte[ContainerFormat.SYNC_BYTES];
  private final ZstdCompressCtx compressor;
  private byte[] buffer = new byte[0];
  private long bytesWritten;

  /**
   * Writes nothing yet.
   *
   * @param level of zstandard; negative is faster
   */
  public BlockWriter(OutputStream out, String schema, int level) {
    this.out = out;
    // Not a secret: it only must not stand in the data by chance.
    ThreadLocalRandom.current().nextBytes(sync);
    header = ContainerFormat.header(schema, CompressionCodec.ZSTANDARD.avroName(), sync);
    compressor = new ZstdCompressCtx().setLevel(level).setChecksum(true);
  }

  /** Comes first, once. */
  public void writeHeader() throws IOException {
    out.write(header);
    bytesWritten += header.length;
  }

  /**
   * Writes the first so many bytes of the array, which hold so many records.
   *
   * @throws ArithmeticException if they exceed 2 GB
   */
  public void writeBlock(int records, byte[] bytes, int length) throws IOException {
    int most = Math.toIntExact(Zstd.compressBound(length));
    int needed = Math.addExact(FRONT_BYTES + ContainerFormat.SYNC_BYTES, most);
    if (buffer.length < needed) {
      buffer = new byte[needed];
    }
    int stored = compressor.compressByteArray(buffer, FRONT_BYTES, most, bytes, 0, length);
    int start = FRONT_BYTES - Varint.length(records) - Varint.length(stored);
    Varint.put(buffer, Varint.put(buffer, start, records), stored);
    int end = FRONT_BYTES + stored;
    System.arraycopy(sync, 0, buffer, end, sync.length);
    end += sync.length;
    out.write(buffer, start, end - start);
    bytesWritten += end - start;
    if (buffer.length > KEPT_BYTES) {
      buffer = new byte[0];
    }
  }

  /** Hands on what the stream below keeps back. */
  public void flush() throws IOException {
    out.flush();
  }

  /** How many bytes were written so far. */
  public long bytesWritten() {
    return bytesWritten;
  }

  /** Closes the stream below too. */
  @Override
  public void close() throws IOException {
    compressor.close();
    out.close();
  }
}
