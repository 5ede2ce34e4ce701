// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.Varint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream read through a small buffer, which counts the bytes that were consumed. Small because
 * each connection has one; large reads go past it. A header is read as a whole into the buffer,
 * which grows for it. Not thread-safe.
 */
final class CountingInput {
  /** What a connection may hold without a reservation. */
  static final int BUFFER_BYTES = 2048;

  /** What is reserved for a body of which little has come. */
  private static final int FIRST_BODY_BYTES = 4096;

  /** What follows the last value of a header: the end of its map, and the marker. */
  private static final int AFTER_HEADER_BYTES = 1 + ContainerFormat.SYNC_BYTES;

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int pos;
  private int limit;
  // The offset of the buffer's first byte in the stream.
  private long base;
  // Within a header, whose bytes are all kept.
  private boolean keeping;
  private ArrivalMemory memory = ArrivalMemory.UNLIMITED;
  // What the large texts of the header take.
  private long textBytes;

  CountingInput(InputStream in) {
    this.in = in;
  }

  /** How many bytes were consumed, the first being at 0. */
  long offset() {
    return base + pos;
  }

  /**
   * Keeps all bytes that are consumed from now on.
   *
   * @param headerMemory for bytes that exceed the usual buffer
   */
  void beginHeader(ArrivalMemory headerMemory) {
    moveToFront();
    keeping = true;
    memory = headerMemory;
  }

  /** All bytes of the header have been read: its memory no longer depends on the sender. */
  void headerRead() throws IOException {
    memory.reserve(reserved(buffer.length), 0);
  }

  /**
   * Ends the header: consumed bytes are kept no longer.
   *
   * @param maxCopyBytes how many bytes the caller wants at most
   * @return all bytes of the header; empty if they are more
   */
  byte[] endHeader(int maxCopyBytes) throws IOException {
    byte[] header = {};
    if (pos <= maxCopyBytes) {
      if (pos > BUFFER_BYTES) {
        memory.reserve(reserved(buffer.length) + pos, 0);
      }
      header = Arrays.copyOf(buffer, pos);
    }
    textBytes = 0;
    keeping = false;
    memory = ArrivalMemory.UNLIMITED;
    if (buffer.length > BUFFER_BYTES) {
      moveToFront(new byte[Math.max(BUFFER_BYTES, limit - pos)]);
    }
    return header;
  }

  boolean hasBuffered() {
    return pos < limit;
  }

  /** Waits for a byte, without consuming it, and returns it; -1 at the end of the stream. */
  int peek() throws IOException {
    return hasNext() ? buffer[pos] & 0xff : -1;
  }

  /** Waits for a byte, without consuming it; false at the end of the stream. */
  boolean hasNext() throws IOException {
    return pos < limit || fill(1);
  }

  /** The next byte, or -1 at the end of the stream. */
  int read() throws IOException {
    return hasNext() ? buffer[pos++] & 0xff : -1;
  }

  /**
   * Fills the array, and returns how many bytes there were before the stream ended. Not for headers
   * longer than the usual buffer.
   */
  int read(byte[] to) throws IOException {
    return read(to, 0);
  }

  /**
   * A text of a header, in UTF-8.
   *
   * @param length in bytes
   * @return null if the stream ends before
   */
  @Nullable String text(int length) throws IOException {
    if (!awaitHeader(length)) {
      pos = limit;
      return null;
    }
    if (length > BUFFER_BYTES) {
      // A character takes two bytes as soon as one of them needs them.
      textBytes += 2L * length;
      memory.reserve(reserved(buffer.length), AFTER_HEADER_BYTES);
    }
    String text = new String(buffer, pos, length, StandardCharsets.UTF_8);
    pos += length;
    return text;
  }

  /** Passes over bytes of a header, or as many as there are; returns whether there were enough. */
  boolean skip(int length) throws IOException {
    boolean enough = awaitHeader(length);
    pos = enough ? pos + length : limit;
    return enough;
  }

  /**
   * Reads the body of a block into an array that grows with the bytes that have come.
   *
   * @param length of the body, without the marker after it
   * @param wholeBytes what the block needs in all, once it has come: reserved at once where it has
   * @return shorter if the stream ends before
   */
  byte[] readBody(int length, long wholeBytes, ArrivalMemory bodyMemory) throws IOException {
    await(Math.min(length, BUFFER_BYTES));
    long unread = Math.max(0L, (long) length + ContainerFormat.SYNC_BYTES - (limit - pos));
    long here = limit - pos + available(unread);
    boolean whole = here >= (long) length + ContainerFormat.SYNC_BYTES;
    boolean trusted = bodyMemory.equals(ArrivalMemory.UNLIMITED);
    int capacity =
        whole || trusted ? length : (int) Math.min(length, Math.max(FIRST_BODY_BYTES, here));
    bodyMemory.reserve(whole ? wholeBytes : capacity, unread);
    byte[] bytes = new byte[capacity];
    int done = read(bytes, 0);
    while (done == bytes.length && done < length) {
      unread = (long) length + ContainerFormat.SYNC_BYTES - done;
      int larger = (int) Math.min(length, done + Math.max(done, available(unread)));
      bodyMemory.reserve((long) done + larger, unread);
      bytes = Arrays.copyOf(bytes, larger);
      bodyMemory.reserve(larger, unread);
      done = read(bytes, done);
    }
    return done < length ? Arrays.copyOf(bytes, done) : bytes;
  }

  /**
   * Reads a zig-zag varint of at most ten bytes.
   *
   * @param what names it in the message
   */
  long readLong(String what) throws IOException {
    long at = offset();
    long bits = 0;
    for (int shift = 0; shift < 7 * Varint.MAX_BYTES; shift += 7) {
      int b = read();
      if (b < 0) {
        throw new MalformedContainerException(at, "truncated " + what);
      }
      bits |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return Varint.decode(bits);
      }
    }
    throw new MalformedContainerException(at, "invalid " + what + ": a number above ten bytes");
  }

  /** Fills the array from an index on, and returns how far it is filled. */
  private int read(byte[] to, int from) throws IOException {
    int done = from;
    while (done < to.length) {
      int left = to.length - done;
      if (pos == limit && left >= BUFFER_BYTES && !keeping) {
        int got = in.read(to, done, left);
        if (got < 0) {
          return done;
        }
        base += got;
        done += got;
      } else if (!hasNext()) {
        return done;
      } else {
        int got = Math.min(left, limit - pos);
        System.arraycopy(buffer, pos, to, done, got);
        pos += got;
        done += got;
      }
    }
    return done;
  }

  /**
   * Waits until this many bytes are in the buffer or the stream ends; the buffer must hold them.
   */
  private void await(int bytes) throws IOException {
    if (pos + bytes > buffer.length) {
      moveToFront();
    }
    while (limit - pos < bytes && readMore()) {
      // one read after the other
    }
  }

  /** The bytes that were read and not consumed become the first of the buffer. */
  private void moveToFront() {
    moveToFront(buffer);
  }

  private void moveToFront(byte[] to) {
    System.arraycopy(buffer, pos, to, 0, limit - pos);
    buffer = to;
    base += pos;
    limit -= pos;
    pos = 0;
  }

  /** Waits until this many more bytes of the header are in the buffer; false if the stream ends. */
  private boolean awaitHeader(int bytes) throws IOException {
    while (limit - pos < bytes) {
      if (!fill(bytes)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads what has come into the buffer; false at the end of the stream.
   *
   * @param wanted how many bytes the header has at least, from here on
   */
  private boolean fill(int wanted) throws IOException {
    if (keeping && limit == buffer.length) {
      growHeader(wanted);
    } else if (!keeping) {
      base += limit;
      pos = 0;
      limit = 0;
    }
    return readMore();
  }

  private void growHeader(int wanted) throws IOException {
    int end = pos + wanted;
    long unread = (long) end - limit + AFTER_HEADER_BYTES;
    int capacity = limit + BUFFER_BYTES;
    if (capacity < end) {
      // With what follows the last value, so that this is the last time.
      long all = (long) end + AFTER_HEADER_BYTES;
      capacity = (int) Math.min(all, limit + Math.max(limit, available(unread)));
    }
    memory.reserve(reserved(buffer.length) + capacity, unread);
    buffer = Arrays.copyOf(buffer, capacity);
    memory.reserve(reserved(capacity), unread);
  }

  private boolean readMore() throws IOException {
    int got = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(got, 0);
    return got > 0;
  }

  /** How many bytes can be read without waiting, up to a number. */
  private long available(long most) throws IOException {
    return most == 0 ? 0 : Math.min(most, in.available());
  }

  /** What the header needs with such a buffer; the usual buffer needs no reservation. */
  private long reserved(int bufferBytes) {
    return textBytes + (bufferBytes > BUFFER_BYTES ? bufferBytes : 0);
  }
}
