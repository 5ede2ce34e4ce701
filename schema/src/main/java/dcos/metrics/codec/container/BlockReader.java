// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.Varint;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of the object containers of a stream, of any schema, and goes on behind those
 * that are damaged: it looks for the next sync marker of the same container. Directly after a
 * marker another container may begin, as {@code cat} makes them. What ends within a block or header
 * may still grow, so the end is no error: {@link #next} looks again each time. Holds at most a
 * block as it is stored and one as it was before compression. Not thread-safe.
 */
public final class BlockReader implements Closeable {
  private final InputStream in;
  private final int maxHeaderBytes;
  private final int maxBlockBytes;
  private final ContainerPositions containers;
  private ContainerPositions.Head head;

  // What was read and not consumed: buffer[pos..limit), the first of them at base + pos.
  private byte[] buffer = new byte[1 << 16];
  private int pos;
  private int limit;
  private long base;
  // What was before here is damaged: the next block begins behind the next marker.
  private boolean lost;
  private long lostFrom;

  private long blockOffset;
  private long skippedBlocks;

  /**
   * Reads the first header.
   *
   * @param maxHeaderBytes the largest header
   * @param maxBlockBytes the largest block, before and after decompression; a larger one counts as
   *     damaged
   * @throws MalformedContainerException if it is no header of a container
   */
  public BlockReader(InputStream in, int maxHeaderBytes, int maxBlockBytes) throws IOException {
    this(in, maxHeaderBytes, maxBlockBytes, new ContainerPositions());
  }

  /**
   * As {@link #BlockReader(InputStream, int, int)}, of a file of which others know where containers
   * begin.
   *
   * @param containers those that were found; those that are found by this are added
   */
  public BlockReader(
      InputStream in, int maxHeaderBytes, int maxBlockBytes, ContainerPositions containers)
      throws IOException {
    this.in = in;
    this.maxHeaderBytes = maxHeaderBytes;
    this.maxBlockBytes = maxBlockBytes;
    this.containers = containers;
    this.head = readHead(new Ahead());
    blockOffset = offset();
  }

  /**
   * Opens a file, in which {@link #seek} works.
   *
   * @throws IOException as {@link #BlockReader}; the file is closed then
   */
  public static BlockReader open(Path file, int maxHeaderBytes, int maxBlockBytes)
      throws IOException {
    return open(file, maxHeaderBytes, maxBlockBytes, new ContainerPositions());
  }

  /**
   * Opens a file, in which {@link #seek} works.
   *
   * @param containers as of {@link #BlockReader}
   * @throws IOException as {@link #BlockReader}; the file is closed then
   */
  public static BlockReader open(
      Path file, int maxHeaderBytes, int maxBlockBytes, ContainerPositions containers)
      throws IOException {
    var in = new FileInputStream(file.toFile());
    try {
      return new BlockReader(in, maxHeaderBytes, maxBlockBytes, containers);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Of the header that was read last: JSON, as it was written. */
  public String schema() {
    return head.header().schema();
  }

  /** Where the header begins that was read last. */
  public long containerOffset() {
    return head.offset();
  }

  /**
   * The next block that is whole, before it was compressed, as an array of its own; null if there
   * is none yet.
   *
   * @throws MalformedContainerException if another container begins and its header is invalid
   */
  public byte @Nullable [] next() throws IOException {
    while (true) {
      if (lost && !findMarker()) {
        return null;
      }
      int magicBytes = magicBytes();
      boolean isHeader = magicBytes == ContainerFormat.MAGIC_BYTES;
      boolean mayBecomeHeader = magicBytes > 0 && limit - pos == magicBytes;
      if (isHeader ? !readNextHead() : mayBecomeHeader) {
        return null;
      }
      byte[] stored = nextStored();
      if (stored == null && !lost) {
        return null;
      }
      if (stored != null) {
        byte[] bytes = decompress(stored);
        if (bytes != null) {
          return bytes;
        }
        skippedBlocks++; // its frame is right, so the next one follows it
      }
    }
  }

  /** Where the block begins that {@link #next} returned last. */
  public long blockOffset() {
    return blockOffset;
  }

  /** How many bytes were consumed. */
  public long offset() {
    return base + pos;
  }

  /** How many damaged places were passed over; each is a block, or several behind one another. */
  public long skippedBlocks() {
    return skippedBlocks;
  }

  /** Counts the last block as skipped, because its records are damaged. */
  public void countDamaged() {
    skippedBlocks++;
  }

  /** How many bytes follow the last whole block, once {@link #next} has returned null. */
  public long bytesLeft() {
    return base + limit - (lost ? lostFrom : offset());
  }

  /**
   * Where what is damaged begins, if no marker of its container follows: all of the rest is passed
   * over, whatever it is. Once {@link #next} has returned null.
   */
  public OptionalLong lostFrom() {
    return lost ? OptionalLong.of(lostFrom) : OptionalLong.empty();
  }

  /**
   * Goes to where a block begins, in a container that was found before.
   *
   * @param offset as {@link #blockOffset} said
   * @throws IllegalStateException if this does not read a file
   */
  public void seek(long offset) throws IOException {
    if (!(in instanceof FileInputStream file)) {
      throw new IllegalStateException("a stream can not be read from " + offset);
    }
    file.getChannel().position(offset);
    base = offset;
    pos = 0;
    limit = 0;
    lost = false;
    head = containers.at(offset);
  }

  /** How many bytes of the magic follow; four of them begin a header. */
  private int magicBytes() throws IOException {
    int count = 0;
    while (count < ContainerFormat.MAGIC_BYTES
        && fill(count + 1)
        && buffer[pos + count] == ContainerFormat.magicByte(count)) {
      count++;
    }
    return count;
  }

  /** Reads the header of another container; false if it is not all there. */
  private boolean readNextHead() throws IOException {
    var ahead = new Ahead();
    try {
      head = readHead(ahead);
      return true;
    } catch (MalformedContainerException e) {
      if (ahead.reachedEnd) {
        return false;
      }
      throw e;
    }
  }

  private ContainerPositions.Head readHead(Ahead ahead) throws IOException {
    var input = new CountingInput(ahead);
    input.beginHeader(ArrivalMemory.UNLIMITED);
    try {
      HeaderReader.ParsedHeader header = new HeaderReader(input, maxHeaderBytes).read();
      var found = new ContainerPositions.Head(offset(), header);
      if (in instanceof FileInputStream) {
        containers.add(found); // nobody can go back in another stream
      }
      pos += header.lengthBytes();
      return found;
    } catch (MalformedContainerException e) {
      throw new MalformedContainerException(offset() + e.offset(), e.reason());
    }
  }

  /** The body of the next block; null if it is not all there, or lost where it is none. */
  private byte @Nullable [] nextStored() throws IOException {
    int front = 0;
    if (!fill(front + 1)) {
      return null;
    }
    long[] numbers = new long[2];
    for (int i = 0; i < numbers.length; i++) {
      long bits = 0;
      int shift = 0;
      byte b;
      do {
        if (!fill(front + 1)) {
          return null;
        }
        b = buffer[pos + front++];
        bits |= (b & 0x7fL) << shift;
        shift += 7;
      } while (b < 0 && shift < 7 * Varint.MAX_BYTES);
      numbers[i] = b < 0 ? -1 : Varint.decode(bits);
    }
    long count = numbers[0];
    long size = numbers[1];
    if (count < 0 || count > Integer.MAX_VALUE || size < 0 || size > maxBlockBytes) {
      lose();
      return null;
    }
    int end = front + (int) size;
    if (!fill(end + ContainerFormat.SYNC_BYTES)) {
      // It may be cut, or still grow, or its size is wrong: then its marker is already here.
      if (markerFrom(pos) >= 0) {
        lose();
      }
      return null;
    }
    if (!isMarker(pos + end)) {
      lose();
      return null;
    }
    byte[] stored = Arrays.copyOfRange(buffer, pos + front, pos + end);
    blockOffset = base + pos;
    pos += end + ContainerFormat.SYNC_BYTES;
    return stored;
  }

  private byte @Nullable [] decompress(byte[] stored) {
    try {
      DecompressedBlock decompressed = head.header().codec().decompress(stored, maxBlockBytes);
      // Its records are not known here, and so neither is whether it is complete.
      return decompressed.unfinished() ? null : decompressed.bytes();
    } catch (DataFormatException _) {
      return null;
    }
  }

  private void lose() {
    skippedBlocks++;
    lost = true;
    lostFrom = offset();
  }

  /** Goes behind the next marker; where there is none yet, keeps what may be its beginning. */
  private boolean findMarker() throws IOException {
    while (true) {
      int at = markerFrom(pos);
      if (at >= 0) {
        pos = at + ContainerFormat.SYNC_BYTES;
        lost = false;
        return true;
      }
      pos = Math.max(pos, limit - ContainerFormat.SYNC_BYTES + 1);
      if (!fill(limit - pos + 1)) {
        return false;
      }
    }
  }

  private int markerFrom(int from) {
    byte first = head.header().sync()[0];
    for (int at = from; at <= limit - ContainerFormat.SYNC_BYTES; at++) {
      if (buffer[at] == first && isMarker(at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isMarker(int at) {
    return Arrays.equals(
        buffer,
        at,
        at + ContainerFormat.SYNC_BYTES,
        head.header().sync(),
        0,
        ContainerFormat.SYNC_BYTES);
  }

  /** Reads until this many bytes follow the position; false at the end. */
  private boolean fill(int needed) throws IOException {
    if (needed > buffer.length - pos) {
      // Grows with the bytes that arrive, not to the declared size.
      base += pos;
      byte[] to = buffer;
      if (limit - pos > buffer.length / 2) {
        to = new byte[(int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8)];
      }
      System.arraycopy(buffer, pos, to, 0, limit - pos);
      buffer = to;
      limit -= pos;
      pos = 0;
    }
    while (limit - pos < needed) {
      if (limit == buffer.length) {
        return fill(needed);
      }
      int got = in.read(buffer, limit, buffer.length - limit);
      if (got <= 0) {
        return false;
      }
      limit += got;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** What follows, without consuming it. */
  private final class Ahead extends InputStream {
    private int taken;
    private boolean reachedEnd;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (!fill(taken + 1)) {
        reachedEnd = true;
        return -1;
      }
      int got = Math.min(length, limit - pos - taken);
      System.arraycopy(buffer, pos + taken, to, offset, got);
      taken += got;
      return got;
    }
  }
}
