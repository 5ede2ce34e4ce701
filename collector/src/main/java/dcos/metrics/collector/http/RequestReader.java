// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of one request. Bytes after the header are ignored: a connection carries one
 * request. Not thread-safe.
 */
final class RequestReader {
  /** The largest header, in bytes, the request line included. */
  static final int MAX_HEAD_BYTES = 8192;

  private static final int INITIAL_BYTES = 1024;

  private final InputStream in;
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  RequestReader(InputStream in) {
    this.in = in;
  }

  /**
   * Waits for the end of the header.
   *
   * @return null if the connection ends before
   */
  @Nullable HttpRequest read() throws IOException {
    int lineStart = 0;
    int headStart = -1;
    int at = 0;
    while (true) {
      while (at < length) {
        if (bytes[at++] != '\n') {
          continue;
        }
        boolean empty = at - lineStart == 1 || (at - lineStart == 2 && bytes[lineStart] == '\r');
        if (!empty && headStart < 0) {
          headStart = lineStart;
        } else if (empty && headStart >= 0) {
          return HttpRequest.parse(new String(bytes, headStart, lineStart - headStart, ISO_8859_1));
        }
        // RFC 9112, section 2.2: empty lines before the request line are skipped.
        lineStart = at;
      }
      if (!readMore(headStart)) {
        return null;
      }
    }
  }

  private boolean readMore(int headStart) throws IOException {
    if (length == MAX_HEAD_BYTES) {
      throw headStart < 0
          ? new MalformedRequestException(414, "the request line exceeds the limit")
          : new MalformedRequestException(431, "the header exceeds " + MAX_HEAD_BYTES + " bytes");
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(2 * length, MAX_HEAD_BYTES));
    }
    int read = in.read(bytes, length, bytes.length - length);
    length += Math.max(0, read);
    return read >= 0;
  }
}
