// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Packs StatsD gauges into datagrams, never one gauge into two. Not thread-safe. */
final class GaugeDatagrams {
  /** Passes every network whole. */
  static final int MAX_BYTES = 512;

  private final Sink sink;
  private final byte[] datagram = new byte[MAX_BYTES];
  private int length;
  private long tooLong;

  /** Takes one datagram at a time; the array is used again. */
  interface Sink {
    void send(byte[] datagram, int length) throws IOException;
  }

  GaugeDatagrams(Sink sink) {
    this.sink = sink;
  }

  /**
   * Adds a gauge, sending what is full.
   *
   * @param value not below zero: StatsD takes a sign for a change of the gauge, not for its value
   */
  void add(String name, long value) throws IOException {
    if (value < 0) {
      throw new IllegalArgumentException("gauge " + name + " must not be below 0, was " + value);
    }
    byte[] gauge = (name + ":" + value + "|g").getBytes(StandardCharsets.UTF_8);
    if (gauge.length > MAX_BYTES) {
      tooLong++;
      return;
    }
    if (length > 0 && length + 1 + gauge.length > MAX_BYTES) {
      flush();
    }
    if (length > 0) {
      datagram[length++] = '\n';
    }
    System.arraycopy(gauge, 0, datagram, length, gauge.length);
    length += gauge.length;
  }

  /** Sends what is left. */
  void flush() throws IOException {
    if (length > 0) {
      int full = length;
      length = 0;
      sink.send(datagram, full);
    }
  }

  /** Gauges that were left out, since one alone is more than a datagram. */
  long tooLong() {
    return tooLong;
  }
}
