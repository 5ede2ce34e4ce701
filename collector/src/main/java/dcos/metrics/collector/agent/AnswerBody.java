// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads what should be JSON as text: gzip is recognised by its first bytes, not by a header, since
 * proxies change the one without the other and test files have none. An HTML page and an empty
 * answer are named as such. At most {@link #MAX_BYTES} are read, after decompression: a small gzip
 * file may hold an endless text.
 */
final class AnswerBody {
  /** The state of a large agent has some tens of MB. */
  static final long MAX_BYTES = 128L << 20;

  private static final int HEAD_BYTES = 256;

  private AnswerBody() {}

  /** Reads the beginning of the stream; to be closed, which closes the stream. */
  static InputStream open(InputStream in) throws IOException {
    byte[] head = in.readNBytes(2);
    InputStream whole = joined(head, in);
    boolean gzip = head.length == 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    InputStream text = new Bounded(gzip ? new Gunzipped(whole) : whole, MAX_BYTES);
    try {
      byte[] begin = text.readNBytes(HEAD_BYTES);
      requireJson(new String(begin, StandardCharsets.UTF_8), begin.length < HEAD_BYTES);
      return joined(begin, text);
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  private static InputStream joined(byte[] head, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(head), rest);
  }

  private static void requireJson(String begin, boolean all) throws UnusableAnswerException {
    String text = (begin.startsWith("\ufeff") ? begin.substring(1) : begin).strip();
    if (text.isEmpty() && all) {
      throw new UnusableAnswerException("got an empty answer, must be JSON");
    }
    if (text.startsWith("<")) {
      String lower = text.toLowerCase(Locale.ROOT);
      boolean html =
          lower.startsWith("<!doctype html")
              || lower.contains("<html")
              || lower.contains("<head")
              || lower.contains("<body");
      throw new UnusableAnswerException(
          "got " + (html ? "an HTML page" : "XML or HTML") + ", must be JSON");
    }
  }

  /** Names what is wrong with gzip, which its own exceptions do not. */
  private static final class Gunzipped extends InputStream {
    private final InputStream compressed;
    private final InputStream in;

    private Gunzipped(InputStream compressed) throws IOException {
      this.compressed = compressed;
      try {
        this.in = new GZIPInputStream(compressed);
      } catch (EOFException | ZipException e) {
        throw named(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (EOFException | ZipException e) {
        throw named(e);
      }
    }

    @Override
    public void close() throws IOException {
      try (compressed) {
        in.close();
      }
    }

    private static UnusableAnswerException named(IOException e) {
      return new UnusableAnswerException(
          e instanceof EOFException
              ? "got gzip that ends early, must be complete"
              : "got corrupt gzip (" + FailureText.of(String.valueOf(e.getMessage())) + ")");
    }
  }

  /** Refuses to read beyond a number of bytes. */
  private static final class Bounded extends FilterInputStream {
    private final long limit;
    private long left;

    private Bounded(InputStream in, long limit) {
      super(in);
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      count(n);
      return n;
    }

    private void count(int n) throws UnusableAnswerException {
      left -= Math.max(n, 0);
      if (left < 0) {
        throw new UnusableAnswerException(
            "got more than " + (limit >> 20) + " MB, must be at most that");
      }
    }
  }
}
