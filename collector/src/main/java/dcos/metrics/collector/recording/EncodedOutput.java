// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.binary.Varint;

/** Takes values in Avro's binary encoding, one after another. */
interface EncodedOutput {
  void putByte(int value);

  /** Zig-zag, as Avro's int and long. */
  void putLong(long value);

  /** A string or bytes: the length, then the bytes. */
  void putText(byte[] utf8);

  /** A string, in UTF-8. */
  default void putText(String text) {
    putText(text.getBytes(UTF_8));
  }

  /** Keeps everything in memory. */
  record InMemory(EncodedBytes sink) implements EncodedOutput {
    @Override
    public void putByte(int value) {
      sink.putByte(value);
    }

    @Override
    public void putLong(long value) {
      sink.putLong(value);
    }

    @Override
    public void putText(byte[] utf8) {
      sink.putText(utf8);
    }
  }

  /** Only counts the bytes. Not thread-safe. */
  final class Counted implements EncodedOutput {
    private long bytes;

    /** Returns the number of bytes put since the last call. */
    long takeBytes() {
      long taken = bytes;
      bytes = 0;
      return taken;
    }

    @Override
    public void putByte(int value) {
      bytes++;
    }

    @Override
    public void putLong(long value) {
      bytes += Varint.length(value);
    }

    @Override
    public void putText(byte[] utf8) {
      putLong(utf8.length);
      bytes += utf8.length;
    }
  }
}
