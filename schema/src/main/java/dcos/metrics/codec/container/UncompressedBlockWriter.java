// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.EncodedBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes an uncompressed object container of any schema. The body of a block is written by the
 * caller, in as many writes as it likes, so that a large block needs no buffer of its size. Not
 * thread-safe.
 */
public final class UncompressedBlockWriter {
  private final OutputStream out;
  private final String schema;
  private final byte[] sync = new byte[ContainerFormat.SYNC_BYTES];
  private final EncodedBytes front = new EncodedBytes();

  /** Writes nothing yet. */
  public UncompressedBlockWriter(OutputStream out, String schema) {
    this.out = out;
    this.schema = schema;
    // Not a secret: it only must not occur in the data by chance.
    ThreadLocalRandom.current().nextBytes(sync);
  }

  /** Must be called first, once. */
  public void writeHeader() throws IOException {
    out.write(ContainerFormat.header(schema, CompressionCodec.NULL.avroName(), sync));
  }

  /**
   * Begins a block; the caller then writes its body to the stream, and calls {@link #endBlock}.
   *
   * @param records the number of records in the block, at least 1
   * @param bytes the exact length of the body
   */
  public void beginBlock(int records, long bytes) throws IOException {
    front.clear(Integer.MAX_VALUE);
    front.putLong(records);
    front.putLong(bytes);
    out.write(front.array(), 0, front.length());
  }

  /** Ends the block with the sync marker. */
  public void endBlock() throws IOException {
    out.write(sync);
  }
}
