// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.record.MetricListSchema;
import java.util.concurrent.ThreadLocalRandom;

/** The bytes around blocks in a container, for who puts one together again. */
public final class StreamBytes {
  private StreamBytes() {}

  /** A header with a marker of its own, its last bytes. */
  public static byte[] header(String schema, String codec) {
    byte[] sync = new byte[ContainerFormat.SYNC_BYTES];
    ThreadLocalRandom.current().nextBytes(sync);
    return ContainerFormat.header(schema, codec, sync);
  }

  /** A header of our schema, without compression. */
  public static byte[] ownHeader() {
    return header(MetricListSchema.TEXT, CompressionCodec.NULL.avroName());
  }

  /**
   * A block as it stands in its stream: counts, body, marker.
   *
   * @param header of the stream, whole
   */
  public static byte[] block(int records, byte[] stored, byte[] header) {
    var bytes = new EncodedBytes();
    bytes.putLong(records);
    bytes.putText(stored);
    byte[] sync = new byte[ContainerFormat.SYNC_BYTES];
    System.arraycopy(header, header.length - sync.length, sync, 0, sync.length);
    bytes.put(sync);
    return bytes.toByteArray();
  }
}
