// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.testing;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.record.MetricListSchema;
import java.nio.charset.StandardCharsets;

/** Puts together Avro's binary encoding by hand, right or wrong. */
public final class BinaryWriter {
  /** A sync marker that stands out in a dump. */
  public static final byte[] SYNC = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final EncodedBytes sink = new EncodedBytes();

  public BinaryWriter number(long value) {
    sink.putLong(value);
    return this;
  }

  public BinaryWriter text(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  public BinaryWriter text(byte[] utf8) {
    sink.putText(utf8);
    return this;
  }

  public BinaryWriter real(double value) {
    sink.putDouble(value);
    return this;
  }

  public BinaryWriter raw(int... bytes) {
    for (int b : bytes) {
      sink.putByte(b);
    }
    return this;
  }

  public BinaryWriter bytes(byte[] bytes) {
    sink.put(bytes);
    return this;
  }

  /** A block of a container, its sync marker included. */
  public BinaryWriter block(long records, byte[] body) {
    return number(records).number(body.length).bytes(body).bytes(SYNC);
  }

  public byte[] toBytes() {
    return sink.toByteArray();
  }

  /** A header of this schema; an empty codec leaves it out. */
  public static BinaryWriter header(String schema, String codec) {
    var wire = new BinaryWriter().raw('O', 'b', 'j', 1);
    wire.number(codec.isEmpty() ? 1 : 2).text("avro.schema").text(schema);
    if (!codec.isEmpty()) {
      wire.text("avro.codec").text(codec);
    }
    return wire.number(0).bytes(SYNC);
  }

  public static BinaryWriter header() {
    return header(MetricListSchema.TEXT, "");
  }

  /** A record with a topic, and nothing else. */
  public static byte[] record(String topic) {
    return new BinaryWriter().text(topic).number(0).number(0).toBytes();
  }
}
