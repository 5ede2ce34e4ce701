// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import dcos.metrics.codec.HeaderReader.Header;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Avro object container of {@code MetricList} off a stream, block by block, and checks
 * every declared length before it allocates. Follows the Avro 1.12 specification, "Object Container
 * Files". The caller may wait between {@link #nextFrame} and {@link #readBlock} until there is
 * memory for the block. After an exception it is of no use. Not thread-safe: one per connection.
 */
public final class ContainerReader implements AutoCloseable {
  private final StreamInput in;
  private final ContainerLimits limits;
  private final WriterSchemas schemas;
  private @Nullable Header header;
  private @Nullable WriterSchema schema;
  private @Nullable BlockFrame pending;

  public ContainerReader(InputStream in, ContainerLimits limits) {
    this(in, limits, WriterSchemas.shared());
  }

  ContainerReader(InputStream in, ContainerLimits limits, WriterSchemas schemas) {
    this.in = new StreamInput(in);
    this.limits = limits;
    this.schemas = schemas;
  }

  /**
   * Reads the header. Where the stream ended before its first byte, it is a truncated header and
   * {@link #offset} stays 0.
   *
   * @throws MalformedContainerException if it is no container, over the limit, of an unknown codec,
   *     of a schema that does not resolve to ours, or if the schemas of the open readers take too
   *     much memory together
   * @throws IllegalStateException if it was read before
   */
  public StreamHeader readHeader() throws IOException {
    if (header != null) {
      throw new IllegalStateException("the header was read before");
    }
    Header read = new HeaderReader(in, limits.headerBytes()).read();
    WriterSchema writer;
    try {
      writer = schemas.acquire(read.schema());
    } catch (UnusableSchemaException e) {
      throw new MalformedContainerException(read.schemaOffset(), e.reason());
    }
    header = read;
    schema = writer;
    return new StreamHeader(
        read.codec().avroName(), writer.text(), writer.isRewritten(), read.lengthBytes());
  }

  /**
   * As {@link #readHeader()}, and hands over every byte of it where it is good.
   *
   * @throws IOException as {@link #readHeader()}
   */
  public StreamHeader readHeader(Consumer<byte[]> raw) throws IOException {
    in.beginCopy();
    try {
      StreamHeader read = readHeader();
      raw.accept(in.endCopy());
      return read;
    } finally {
      in.endCopy();
    }
  }

  /** Reads the next block's count and size; null where the stream ended cleanly, between blocks. */
  public @Nullable BlockFrame nextFrame() throws IOException {
    Header head = header();
    if (pending != null) {
      throw new IllegalStateException("the block at " + pending.offset() + " was not read");
    }
    long at = in.offset();
    if (!in.hasNext()) {
      return null;
    }
    long records = in.readLong("number of records");
    long sizeAt = in.offset();
    long size = in.readLong("block size");
    if (size < 0 || size > limits.blockBytes()) {
      throw new MalformedContainerException(
          sizeAt, "block size " + size + " not in 0.." + limits.blockBytes());
    }
    // Every writer whose schema resolves to ours needs as many bytes for a record.
    long most = head.codec() == Codec.NULL ? size : size == 0 ? 0 : limits.blockBytes();
    if (records < 0 || records > most / OwnSchema.MIN_RECORD_BYTES) {
      throw new MalformedContainerException(
          at, "corrupt number of records: " + records + " in a block of " + size + " bytes");
    }
    long charge = size;
    if (head.codec() != Codec.NULL) {
      charge += limits.blockBytes();
    }
    if (schema().isRewritten()) {
      charge += limits.blockBytes();
    }
    pending = new BlockFrame(at, records, (int) size, charge);
    return pending;
  }

  /**
   * Waits until the body of the block that {@link #nextFrame} announced has begun to arrive, 2 KB
   * of it or all. Memory is to be asked for then: a sender that announces much and sends nothing is
   * given none.
   */
  public void awaitBody() throws IOException {
    if (pending != null) {
      in.await(pending.storedBytes());
    }
  }

  /**
   * Reads the body and the sync marker of the block that {@link #nextFrame} announced, whole or not
   * at all.
   *
   * @throws IllegalStateException if it was not the last to be announced
   */
  public RecordBlock readBlock(BlockFrame frame) throws IOException {
    return readBlock(frame, _ -> {});
  }

  /**
   * As {@link #readBlock(BlockFrame)}, and hands over the body as it was sent, which must not be
   * changed, where its records are good.
   */
  public RecordBlock readBlock(BlockFrame frame, Consumer<byte[]> stored) throws IOException {
    Header head = header();
    if (!frame.equals(pending)) {
      throw new IllegalStateException("the block at " + frame.offset() + " is not the next");
    }
    pending = null;
    long bodyAt = in.offset();
    byte[] body = new byte[frame.storedBytes()];
    int got = in.read(body);
    if (got < body.length) {
      throw new MalformedContainerException(
          bodyAt, "truncated block: " + got + " of " + body.length + " bytes");
    }
    readSync(head.sync());
    try {
      byte[] bytes = head.codec().decompress(body, limits.blockBytes());
      RecordBlock block = schema().toOurs(bytes, (int) frame.records(), limits.blockBytes());
      stored.accept(body);
      return block;
    } catch (DataFormatException e) {
      throw new MalformedContainerException(frame.offset(), String.valueOf(e.getMessage()));
    } catch (CorruptRecordException e) {
      throw head.codec() == Codec.NULL
          ? new MalformedContainerException(bodyAt + e.index(), e.reason())
          : new MalformedContainerException(
              frame.offset(), e.reason() + " at byte " + e.index() + " of the decompressed block");
    }
  }

  /** Whether bytes were read off the stream that belong to what comes next. */
  public boolean hasBuffered() {
    return in.hasBuffered();
  }

  /** How many bytes of the container were consumed; also right while a read waits for more. */
  public long offset() {
    return in.offset();
  }

  /** Gives back this reader's share of the writer schemas; the stream stays the caller's. */
  @Override
  public void close() {
    if (schema != null) {
      schemas.release(schema);
      schema = null;
    }
  }

  private void readSync(byte[] expected) throws IOException {
    long at = in.offset();
    byte[] sync = new byte[ContainerFormat.SYNC_BYTES];
    int got = in.read(sync);
    if (got < sync.length) {
      throw new MalformedContainerException(
          at, "truncated sync marker: " + got + " of " + sync.length + " bytes");
    }
    if (!Arrays.equals(sync, expected)) {
      String found = HexFormat.ofDelimiter(" ").formatHex(sync);
      throw new MalformedContainerException(at, "corrupt sync marker: found " + found);
    }
  }

  private Header header() {
    if (header == null) {
      throw new IllegalStateException("the header comes first");
    }
    return header;
  }

  private WriterSchema schema() {
    if (schema == null) {
      throw new IllegalStateException("the reader is closed");
    }
    return schema;
  }
}
