// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.nio.charset.StandardCharsets;

/** Puts together Avro's binary encoding by hand, right or wrong. */
final class Wire {
  /** A sync marker that stands out in a dump. */
  static final byte[] SYNC = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ByteSink sink = new ByteSink();

  Wire number(long value) {
    sink.putLong(value);
    return this;
  }

  Wire text(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire text(byte[] utf8) {
    sink.putText(utf8);
    return this;
  }

  Wire real(double value) {
    sink.putDouble(value);
    return this;
  }

  Wire raw(int... bytes) {
    for (int b : bytes) {
      sink.putByte(b);
    }
    return this;
  }

  Wire bytes(byte[] bytes) {
    sink.put(bytes);
    return this;
  }

  /** A block of a container, its sync marker included. */
  Wire block(long records, byte[] body) {
    return number(records).number(body.length).bytes(body).bytes(SYNC);
  }

  byte[] toBytes() {
    return sink.toByteArray();
  }

  /** A header of this schema; an empty codec leaves it out. */
  static Wire header(String schema, String codec) {
    var wire = new Wire().raw('O', 'b', 'j', 1);
    wire.number(codec.isEmpty() ? 1 : 2).text("avro.schema").text(schema);
    if (!codec.isEmpty()) {
      wire.text("avro.codec").text(codec);
    }
    return wire.number(0).bytes(SYNC);
  }

  static Wire header() {
    return header(OwnSchema.TEXT, "");
  }

  /** A record with a topic, and nothing else. */
  static byte[] record(String topic) {
    return new Wire().text(topic).number(0).number(0).toBytes();
  }
}
