// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of an object container of any schema, and goes on behind those that are damaged:
 * it looks for the next sync marker. What ends within a block may still grow, so the end is no
 * error: {@link #next} looks again each time. Holds at most a block as it is stored and one as it
 * was before compression. Not thread-safe.
 */
public final class BlockReader implements Closeable {
  private final InputStream in;
  private final int maxBlockBytes;
  private final HeaderReader.Header header;
  private final long firstBlock;

  // What was read and not consumed: buffer[pos..limit), the first of them at base + pos.
  private byte[] buffer = new byte[1 << 16];
  private int pos;
  private int limit;
  private long base;
  // What was before here is damaged: the next block begins behind the next marker.
  private boolean lost;

  private long blockOffset;
  private int records;
  private long skippedBlocks;

  /**
   * Reads the header.
   *
   * @param maxHeaderBytes the largest header
   * @param maxBlockBytes the largest block, before and after decompression; a larger one counts as
   *     damaged
   * @throws MalformedContainerException if it is no container
   */
  public BlockReader(InputStream in, int maxHeaderBytes, int maxBlockBytes) throws IOException {
    this.in = in;
    this.maxBlockBytes = maxBlockBytes;
    var input = new StreamInput(in);
    input.beginHeader(ArrivalMemory.UNLIMITED);
    header = new HeaderReader(input, maxHeaderBytes).read();
    input.endHeader(0);
    firstBlock = input.offset();
    base = firstBlock;
    blockOffset = firstBlock;
    limit = input.takeBuffered(buffer);
  }

  /**
   * Opens a file, in which {@link #seek} works.
   *
   * @throws IOException as {@link #BlockReader}; the file is closed then
   */
  public static BlockReader open(Path file, int maxHeaderBytes, int maxBlockBytes)
      throws IOException {
    var in = new FileInputStream(file.toFile());
    try {
      return new BlockReader(in, maxHeaderBytes, maxBlockBytes);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** JSON, as it was written. */
  public String schema() {
    return header.schema();
  }

  /** As Avro names it. */
  public String codec() {
    return header.codec().avroName();
  }

  /**
   * The next block that is whole, before it was compressed, as an array of its own; null if there
   * is none yet.
   */
  public byte @Nullable [] next() throws IOException {
    while (true) {
      if (lost && !findMarker()) {
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

  /** How many records the last block declares. */
  public int records() {
    return records;
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
  public int bytesLeft() {
    return limit - pos;
  }

  /** Where the first block begins. */
  public long firstBlock() {
    return firstBlock;
  }

  /**
   * Goes to where a block begins.
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
  }

  /**
   * Goes to the first block that begins at least 16 bytes behind an offset.
   *
   * @throws IllegalStateException if this does not read a file
   */
  public void seekNear(long offset) throws IOException {
    seek(Math.max(firstBlock - ContainerFormat.SYNC_BYTES, offset));
    lost = true;
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
    records = (int) count;
    pos += end + ContainerFormat.SYNC_BYTES;
    return stored;
  }

  private byte @Nullable [] decompress(byte[] stored) {
    try {
      Decompressed decompressed = header.codec().decompress(stored, maxBlockBytes);
      // Its records are not known here, and so neither is whether it is complete.
      return decompressed.unfinished() ? null : decompressed.bytes();
    } catch (DataFormatException _) {
      return null;
    }
  }

  private void lose() {
    skippedBlocks++;
    lost = true;
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
    byte first = header.sync()[0];
    for (int at = from; at <= limit - ContainerFormat.SYNC_BYTES; at++) {
      if (buffer[at] == first && isMarker(at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isMarker(int at) {
    return Arrays.equals(
        buffer, at, at + ContainerFormat.SYNC_BYTES, header.sync(), 0, ContainerFormat.SYNC_BYTES);
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
}
