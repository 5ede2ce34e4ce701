// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.record.MetricListSchema;

/** What every object container has, by the Avro 1.12 specification, "Object Container Files". */
final class ContainerFormat {
  /** "Obj" and the version. */
  static final int MAGIC = 0x4f626a01;

  /**
   * The magic's first byte. A block cannot begin with it: it would be the number of records −40.
   */
  static final int FIRST_BYTE = MAGIC >>> 24;

  static final int MAGIC_BYTES = 4;
  static final int SYNC_BYTES = 16;
  static final String SCHEMA_KEY = "avro.schema";
  static final String CODEC_KEY = "avro.codec";

  private ContainerFormat() {}

  /** A byte of the magic, from index 0 on. */
  static byte magicByte(int index) {
    return (byte) (MAGIC >>> (8 * (MAGIC_BYTES - 1 - index)));
  }

  /** A header of our schema, without compression. */
  static byte[] header(byte[] sync) {
    return header(MetricListSchema.TEXT, CompressionCodec.NULL.avroName(), sync);
  }

  /** A header of any schema and codec. */
  static byte[] header(String schemaText, String codecName, byte[] sync) {
    var bytes = new EncodedBytes();
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.putByte(MAGIC >>> shift);
    }
    bytes.putLong(2);
    bytes.putText(SCHEMA_KEY);
    bytes.putText(schemaText);
    bytes.putText(CODEC_KEY);
    bytes.putText(codecName);
    bytes.putLong(0);
    bytes.put(sync);
    return bytes.toByteArray();
  }
}
