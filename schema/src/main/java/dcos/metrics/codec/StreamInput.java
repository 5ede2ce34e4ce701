// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream read through a small buffer, which knows how far it is. Small because there is one for
 * every connection; large reads go past it. Not thread-safe.
 */
final class StreamInput {
  private static final int BUFFER_BYTES = 2048;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int pos;
  private int limit;
  // Where in the stream the buffer begins.
  private long base;
  private @Nullable ByteArrayOutputStream copy;

  StreamInput(InputStream in) {
    this.in = in;
  }

  /** How many bytes were consumed, the first being at 0. */
  long offset() {
    return base + pos;
  }

  /** From now on keeps a copy of all that is consumed. */
  void beginCopy() {
    copy = new ByteArrayOutputStream();
  }

  /** What was consumed since {@link #beginCopy}; nothing is kept any more. */
  byte[] endCopy() {
    byte[] consumed = copy == null ? new byte[0] : copy.toByteArray();
    copy = null;
    return consumed;
  }

  /** Hands over what was read and not consumed; returns how many bytes. */
  int takeBuffered(byte[] to) {
    int left = limit - pos;
    System.arraycopy(buffer, pos, to, 0, left);
    pos = limit;
    return left;
  }

  boolean hasBuffered() {
    return pos < limit;
  }

  /** Waits for a byte, without consuming it; false at the end of the stream. */
  boolean hasNext() throws IOException {
    return pos < limit || fill();
  }

  /** The next byte, or -1 at the end of the stream. */
  int read() throws IOException {
    if (!hasNext()) {
      return -1;
    }
    keep(buffer, pos, 1);
    return buffer[pos++] & 0xff;
  }

  /**
   * Fills the array from here on, and returns how many bytes there were before the stream ended.
   */
  int read(byte[] to) throws IOException {
    int done = 0;
    while (done < to.length) {
      int left = to.length - done;
      if (pos == limit && left >= BUFFER_BYTES) {
        int got = in.read(to, done, left);
        if (got < 0) {
          return done;
        }
        keep(to, done, got);
        base += got;
        done += got;
      } else if (!hasNext()) {
        return done;
      } else {
        int got = Math.min(left, limit - pos);
        System.arraycopy(buffer, pos, to, done, got);
        keep(buffer, pos, got);
        pos += got;
        done += got;
      }
    }
    return done;
  }

  /** Waits until so many bytes are here, or as many as the buffer holds, or the stream ends. */
  void await(int bytes) throws IOException {
    int wanted = Math.min(bytes, BUFFER_BYTES);
    if (pos + wanted > BUFFER_BYTES) {
      System.arraycopy(buffer, pos, buffer, 0, limit - pos);
      base += pos;
      limit -= pos;
      pos = 0;
    }
    while (limit - pos < wanted) {
      int got = in.read(buffer, limit, BUFFER_BYTES - limit);
      if (got < 0) {
        return;
      }
      limit += got;
    }
  }

  /** Passes over so many bytes, or as many as there are; says whether there were enough. */
  boolean skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      if (!hasNext()) {
        return false;
      }
      int got = (int) Math.min(left, limit - pos);
      keep(buffer, pos, got);
      pos += got;
      left -= got;
    }
    return true;
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

  private void keep(byte[] bytes, int offset, int length) {
    if (copy != null) {
      copy.write(bytes, offset, length);
    }
  }

  private boolean fill() throws IOException {
    base += limit;
    pos = 0;
    limit = 0;
    int got = in.read(buffer);
    limit = Math.max(got, 0);
    return got > 0;
  }
}
