// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.Varint;
import dcos.metrics.codec.container.HeaderReader.ParsedHeader;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.resolve.SchemaMemory;
import dcos.metrics.codec.resolve.UnresolvableSchemaException;
import dcos.metrics.codec.resolve.WriterSchema;
import dcos.metrics.codec.resolve.WriterSchemaCache;
import dcos.metrics.codec.resolve.WriterSchemaCache.SchemaUse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Avro object containers of {@code MetricList} of a stream, one after the other and block
 * by block, and checks every declared length before it allocates. Follows the Avro 1.12
 * specification, "Object Container Files". That knows one container a stream; here another may
 * begin directly after a sync marker, with a codec, schema and marker of its own, as {@code cat
 * *.avro} makes them. {@link #nextBlock} reads them all. Who wants to know of headers calls {@link
 * #readHeader}, then {@link #nextBlockHeader} and {@link #readBlock} until the former returns null,
 * and all again while {@link #hasNextContainer}. After an exception it is of no use. Not
 * thread-safe: one per connection.
 */
public final class ContainerReader implements AutoCloseable {
  /** The first byte of a header, read as the size of a block. */
  private static final long HEADER_AS_SIZE = Varint.decode(ContainerFormat.FIRST_BYTE);

  private final CountingInput in;
  private final ContainerLimits limits;
  private final WriterSchemaCache schemas;
  private final Runnable onSchemaDropped;
  private @Nullable Content content;
  private @Nullable BlockHeader pending;
  private boolean nextContainer;
  private boolean closed;

  /** How blocks are read; the schema's text is held once for all readers. */
  @SuppressWarnings("ArrayRecordComponent") // read by this reader only
  private record Content(CompressionCodec codec, byte[] sync, SchemaUse schema) {}

  public ContainerReader(InputStream in, ContainerLimits limits) {
    this(in, limits, () -> {});
  }

  /**
   * For a stream that others compete with.
   *
   * @param onSchemaDropped called once, by another thread, where the memory for foreign schemas is
   *     used up and this reader has not read a block lately: its stream is to be ended
   */
  public ContainerReader(InputStream in, ContainerLimits limits, Runnable onSchemaDropped) {
    this(in, limits, WriterSchemaCache.shared(), onSchemaDropped);
  }

  public ContainerReader(
      InputStream in, ContainerLimits limits, WriterSchemaCache schemas, Runnable onSchemaDropped) {
    this.in = new CountingInput(in);
    this.limits = limits;
    this.schemas = schemas;
    this.onSchemaDropped = onSchemaDropped;
  }

  /** The memory for foreign schemas, of all readers of this process. */
  public static SchemaMemory schemaMemory() {
    return WriterSchemaCache.shared().memory();
  }

  /**
   * Reads the header of the first container, or of the next. Where the stream ended before its
   * first byte, it is a truncated header and {@link #offset} stays 0.
   *
   * @throws MalformedContainerException if it is not a container, over the limit, of an unknown
   *     codec, of a schema that does not resolve to ours, or if the schemas of the open readers
   *     take too much memory together
   * @throws IllegalStateException if it was read before, and the container has not ended
   */
  public StreamHeader readHeader() throws IOException {
    return readHeader(ArrivalMemory.UNLIMITED, 0, _ -> {});
  }

  /**
   * As {@link #readHeader()}, and hands over all bytes of a valid header.
   *
   * @throws IOException as {@link #readHeader()}
   */
  public StreamHeader readHeader(Consumer<byte[]> raw) throws IOException {
    return readHeader(ArrivalMemory.UNLIMITED, limits.headerBytes(), raw);
  }

  /**
   * As {@link #readHeader()}, for a stream that others compete with.
   *
   * @param memory for bytes above 2 KB; the caller releases it when this returns
   * @param maxRawBytes how many bytes the caller wants at most
   * @param raw is given all bytes of a valid header, none if they are more
   * @throws IOException as {@link #readHeader()}
   */
  public StreamHeader readHeader(ArrivalMemory memory, int maxRawBytes, Consumer<byte[]> raw)
      throws IOException {
    if (content != null && !nextContainer) {
      throw new IllegalStateException("the header was read before");
    }
    nextContainer = false;
    long offset = in.offset();
    in.beginHeader(memory);
    ParsedHeader header = new HeaderReader(in, limits.headerBytes()).read();
    in.headerRead();
    SchemaUse use = acquire(header);
    content = new Content(header.codec(), header.sync(), use);
    raw.accept(in.endHeader(maxRawBytes));
    WriterSchema writer = use.schema();
    return new StreamHeader(
        header.codec().avroName(),
        writer.text(),
        writer.isRewritten(),
        header.lengthBytes(),
        offset);
  }

  /**
   * Reads the next block's count and size; null where the container ended cleanly, between blocks:
   * with the stream, or because another one begins.
   */
  public @Nullable BlockHeader nextBlockHeader() throws IOException {
    Content head = content();
    if (pending != null) {
      throw new IllegalStateException("the block at " + pending.offset() + " was not read");
    }
    head.schema().awaitSender();
    long at = in.offset();
    int first = in.peek();
    nextContainer = first == ContainerFormat.FIRST_BYTE;
    if (first < 0 || nextContainer) {
      return null;
    }
    long records = in.readLong("number of records");
    long sizeAt = in.offset();
    long size = in.readLong("block size");
    if (size < 0 || size > limits.blockBytes()) {
      String hint =
          size == HEADER_AS_SIZE ? "; a header begins there, after bytes of no container" : "";
      throw new MalformedContainerException(
          sizeAt, "block size " + size + " not in 0.." + limits.blockBytes() + hint);
    }
    // Every writer whose schema resolves to ours needs as many bytes for a record.
    long most = head.codec() == CompressionCodec.NULL ? size : size == 0 ? 0 : limits.blockBytes();
    if (records < 0 || records > most / MetricListSchema.MIN_RECORD_BYTES) {
      throw new MalformedContainerException(
          at, "corrupt number of records: " + records + " in a block of " + size + " bytes");
    }
    long charge = size;
    if (head.codec() != CompressionCodec.NULL) {
      charge += limits.blockBytes();
    }
    if (head.schema().schema().isRewritten()) {
      charge += limits.blockBytes();
    }
    pending = new BlockHeader(at, records, (int) size, charge);
    return pending;
  }

  /**
   * Whether another container begins where {@link #nextBlockHeader} returned null. Its header comes
   * next; where it is none that can be read, the offset of the exception is in the stream.
   */
  public boolean hasNextContainer() {
    return nextContainer;
  }

  /**
   * Reads the body and the sync marker of the block that {@link #nextBlockHeader} announced, whole
   * or not at all.
   *
   * @throws IllegalStateException if it was not the last to be announced
   */
  public RecordBlock readBlock(BlockHeader blockHeader) throws IOException {
    return readBlock(blockHeader, ArrivalMemory.UNLIMITED, _ -> {});
  }

  /**
   * As {@link #readBlock(BlockHeader)}, for a stream that others compete with. Memory is asked for
   * when 2 KB of the body have come, or all of it: a sender that announces much and sends nothing
   * is given none.
   *
   * @param memory for the body as it arrives, and {@link BlockHeader#chargeBytes} once it has; not
   *     released here
   * @param stored is given the body as it was sent, which must not be changed, where its records
   *     are valid
   */
  public RecordBlock readBlock(
      BlockHeader blockHeader, ArrivalMemory memory, Consumer<byte[]> stored) throws IOException {
    Content head = content();
    if (!blockHeader.equals(pending)) {
      throw new IllegalStateException("the block at " + blockHeader.offset() + " is not the next");
    }
    pending = null;
    long bodyAt = in.offset();
    byte[] body =
        in.readBody(
            blockHeader.storedBytes(), blockHeader.chargeBytes(), whileKept(head.schema(), memory));
    if (body.length < blockHeader.storedBytes()) {
      throw new MalformedContainerException(
          bodyAt,
          "truncated block: " + body.length + " of " + blockHeader.storedBytes() + " bytes");
    }
    readSync(head.sync());
    head.schema().keep();
    memory.reserve(blockHeader.chargeBytes(), 0);
    try {
      RecordBlock block = toOurs(head, body, (int) blockHeader.records());
      head.schema().blockRead();
      stored.accept(body);
      return block;
    } catch (DataFormatException e) {
      throw new MalformedContainerException(blockHeader.offset(), String.valueOf(e.getMessage()));
    } catch (CorruptRecordException e) {
      throw head.codec() == CompressionCodec.NULL
          ? new MalformedContainerException(bodyAt + e.index(), e.reason())
          : new MalformedContainerException(
              blockHeader.offset(),
              e.reason() + " at byte " + e.index() + " of the decompressed block");
    }
  }

  private RecordBlock toOurs(Content head, byte[] body, int records) throws DataFormatException {
    DecompressedBlock decompressed = head.codec().decompress(body, limits.blockBytes());
    try {
      return head.schema().schema().toOurs(decompressed.bytes(), records, limits.blockBytes());
    } catch (CorruptRecordException e) {
      if (decompressed.unfinished()) {
        throw new DataFormatException(head.codec().endsTooEarly());
      }
      throw e;
    }
  }

  /**
   * Reads the next block, and the headers before it; null at the end of the stream.
   *
   * @throws IOException as {@link #readHeader()} and {@link #readBlock(BlockHeader)}
   */
  public @Nullable RecordBlock nextBlock() throws IOException {
    BlockHeader blockHeader = content == null ? null : nextBlockHeader();
    while (blockHeader == null && (content == null || nextContainer)) {
      readHeader();
      blockHeader = nextBlockHeader();
    }
    return blockHeader == null ? null : readBlock(blockHeader);
  }

  /** Whether bytes were read off the stream that belong to the next block. */
  public boolean hasBuffered() {
    return in.hasBuffered();
  }

  /** How many bytes of the stream were consumed; also right while a read waits for more. */
  public long offset() {
    return in.offset();
  }

  /** Releases this reader's share of the writer schemas; the stream stays the caller's. */
  @Override
  public void close() {
    closed = true;
    if (content != null) {
      content.schema().close();
    }
  }

  /** The sender is not to blame while its block waits for memory. */
  private static ArrivalMemory whileKept(SchemaUse schema, ArrivalMemory memory) {
    if (memory.equals(ArrivalMemory.UNLIMITED)) {
      return memory;
    }
    return (bytes, unreadBytes) -> {
      schema.keep();
      memory.reserve(bytes, unreadBytes);
      schema.awaitSender();
    };
  }

  /** The schema in use, if it is the same; otherwise it makes room for the new one first. */
  private SchemaUse acquire(ParsedHeader header) throws MalformedContainerException {
    if (content != null) {
      SchemaUse before = content.schema();
      if (before.schema().text().equals(header.schema())) {
        return before;
      }
      content = null;
      before.close();
    }
    try {
      return schemas.acquire(header.schema(), onSchemaDropped);
    } catch (UnresolvableSchemaException e) {
      throw new MalformedContainerException(header.schemaOffset(), e.reason());
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

  private Content content() {
    if (content == null) {
      throw new IllegalStateException("the header comes first");
    }
    if (closed) {
      throw new IllegalStateException("the reader is closed");
    }
    return content;
  }
}
