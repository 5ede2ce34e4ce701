// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import dcos.metrics.codec.container.BlockHeader;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.container.StreamBytes;
import dcos.metrics.codec.record.RecordBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;

/**
 * Turns a stored block of one stream back into records. Blocks of our own schema that are not
 * compressed are records already; others are read as a container of one block, under a header made
 * of what is known of the stream's. Immutable and thread-safe.
 */
public final class BlockDecoder {
  /** As much as the pipeline itself takes at its largest settings. */
  private static final int MAX_BLOCK_BYTES = 256 << 20;

  private static final BlockDecoder PLAIN = new BlockDecoder(true, new byte[0]);

  private final boolean plain;
  private final byte[] header;

  private BlockDecoder(boolean plain, byte[] header) {
    this.plain = plain;
    this.header = header;
  }

  /** Of blocks in our own encoding, uncompressed, such as those that the agent's answers become. */
  public static BlockDecoder plain() {
    return PLAIN;
  }

  /**
   * Of a stream's blocks.
   *
   * @param rewritten whether its schema is another than ours
   */
  public static BlockDecoder of(String codec, String writerSchema, boolean rewritten) {
    if (codec.equals("null") && !rewritten) {
      return PLAIN;
    }
    return new BlockDecoder(false, StreamBytes.header(writerSchema, codec));
  }

  /** Whether what is stored are the records themselves. */
  public boolean isPlain() {
    return plain;
  }

  /**
   * The block's records. Those of a plain block have not been walked: a cursor over them may still
   * find that they are none.
   *
   * @throws IOException if they are not what the stream says; one line, without an offset
   */
  public RecordBlock decode(byte[] stored, int records) throws IOException {
    if (plain) {
      return new RecordBlock(stored, 0, stored.length, records);
    }
    byte[] block = StreamBytes.block(records, stored, header);
    var container =
        new SequenceInputStream(new ByteArrayInputStream(header), new ByteArrayInputStream(block));
    var limits = new ContainerLimits(header.length, MAX_BLOCK_BYTES);
    try (var reader = new ContainerReader(container, limits)) {
      reader.readHeader();
      BlockHeader blockHeader = reader.nextBlockHeader();
      if (blockHeader == null) {
        throw new IllegalStateException("the block that was put behind the header is not there");
      }
      return reader.readBlock(blockHeader);
    } catch (MalformedContainerException e) {
      throw new IOException(e.reason(), e);
    }
  }
}
