// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A body whose length is not known before, as chunks (RFC 9112, section 7.1) or as it is. It keeps
 * at most one chunk, and writes no more than that at once, so that each write shows whether the
 * client still reads. Not thread-safe.
 */
final class BodyOutput extends OutputStream {
  private static final int CHUNK_BYTES = 8192;

  // The length of a chunk in hexadecimal, and CRLF.
  private static final int FRONT_BYTES = 6;
  private static final int END_BYTES = 2;

  private final OutputStream out;
  private final boolean chunked;
  private final byte[] buffer = new byte[FRONT_BYTES + CHUNK_BYTES + END_BYTES];
  private int length;

  BodyOutput(OutputStream out, boolean chunked) {
    this.out = out;
    this.chunked = chunked;
  }

  @Override
  public void write(int value) throws IOException {
    if (length == CHUNK_BYTES) {
      writeChunk();
    }
    buffer[FRONT_BYTES + length++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    int from = offset;
    int left = count;
    while (left > 0) {
      if (length == CHUNK_BYTES) {
        writeChunk();
      }
      int some = Math.min(left, CHUNK_BYTES - length);
      System.arraycopy(bytes, from, buffer, FRONT_BYTES + length, some);
      length += some;
      from += some;
      left -= some;
    }
  }

  /** Sends what is kept. */
  @Override
  public void flush() throws IOException {
    // A chunk of no bytes would end the body.
    if (length > 0) {
      writeChunk();
    }
  }

  /** Sends what is kept, and the end. */
  void finish() throws IOException {
    flush();
    if (chunked) {
      byte[] end = "0\r\n\r\n".getBytes(US_ASCII);
      out.write(end, 0, end.length);
    }
  }

  private void writeChunk() throws IOException {
    int bytes = length;
    length = 0;
    if (!chunked) {
      out.write(buffer, FRONT_BYTES, bytes);
      return;
    }
    byte[] front = (Integer.toHexString(bytes) + "\r\n").getBytes(US_ASCII);
    int start = FRONT_BYTES - front.length;
    System.arraycopy(front, 0, buffer, start, front.length);
    buffer[FRONT_BYTES + bytes] = '\r';
    buffer[FRONT_BYTES + bytes + 1] = '\n';
    out.write(buffer, start, front.length + bytes + END_BYTES);
  }
}
