// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

import dcos.metrics.codec.BlockFrame;
import dcos.metrics.codec.ContainerLimits;
import dcos.metrics.codec.ContainerReader;
import dcos.metrics.codec.MalformedContainerException;
import dcos.metrics.codec.RecordBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Turns a stored block of one stream back into records. Blocks of our own schema that are not
 * compressed are records already; others are read as a container of one block, under a header made
 * of what is known of the stream's. Immutable and thread-safe.
 */
final class StreamDecoder {
  /** As much as the pipeline itself takes at its largest settings. */
  private static final int MAX_BLOCK_BYTES = 256 << 20;

  private static final int MAX_VARINT_BYTES = 10;
  private static final byte[] SYNC = "inspector's sync".getBytes(StandardCharsets.US_ASCII);
  private static final StreamDecoder PLAIN = new StreamDecoder(true, new byte[0]);

  private final boolean plain;
  private final byte[] header;

  private StreamDecoder(boolean plain, byte[] header) {
    this.plain = plain;
    this.header = header;
  }

  /** Of blocks in our own encoding, uncompressed, such as those that the agent's answers become. */
  static StreamDecoder plain() {
    return PLAIN;
  }

  static StreamDecoder of(String codec, String writerSchema, boolean rewritten) {
    if (codec.equals("null") && !rewritten) {
      return PLAIN;
    }
    var head = new ByteArrayOutputStream();
    head.writeBytes(new byte[] {'O', 'b', 'j', 1});
    putLong(head, 2);
    putText(head, "avro.schema");
    putText(head, writerSchema);
    putText(head, "avro.codec");
    putText(head, codec);
    putLong(head, 0);
    head.writeBytes(SYNC);
    return new StreamDecoder(false, head.toByteArray());
  }

  /** Whether what is stored are the records themselves. */
  boolean isPlain() {
    return plain;
  }

  /**
   * The block's records. Those of a plain block have not been walked: a cursor over them may still
   * find that they are none.
   *
   * @throws IOException if they are not what the stream says; one line, without an offset
   */
  RecordBlock decode(byte[] stored, int records) throws IOException {
    if (plain) {
      return new RecordBlock(stored, 0, stored.length, records);
    }
    var container =
        new ByteArrayOutputStream(
            header.length + stored.length + 2 * MAX_VARINT_BYTES + SYNC.length);
    container.writeBytes(header);
    putLong(container, records);
    putLong(container, stored.length);
    container.writeBytes(stored);
    container.writeBytes(SYNC);
    var limits = new ContainerLimits(header.length, MAX_BLOCK_BYTES);
    try (var reader =
        new ContainerReader(new ByteArrayInputStream(container.toByteArray()), limits)) {
      reader.readHeader();
      BlockFrame frame = reader.nextFrame();
      if (frame == null) {
        throw new IllegalStateException("the block that was put behind the header is not there");
      }
      return reader.readBlock(frame);
    } catch (MalformedContainerException e) {
      throw new IOException(e.reason(), e);
    }
  }

  private static void putText(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putLong(out, utf8.length);
    out.writeBytes(utf8);
  }

  private static void putLong(ByteArrayOutputStream out, long value) {
    long bits = (value << 1) ^ (value >> 63);
    while ((bits & ~0x7fL) != 0) {
      out.write((int) ((bits & 0x7f) | 0x80));
      bits >>>= 7;
    }
    out.write((int) bits);
  }
}
