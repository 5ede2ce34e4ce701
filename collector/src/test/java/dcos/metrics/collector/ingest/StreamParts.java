// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.MetricList;
import dcos.metrics.codec.container.StreamBytes;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import java.util.Arrays;
import java.util.List;

/** Streams and parts of streams, whole and cut. */
final class StreamParts {
  static final byte[] HEADER = StreamBytes.ownHeader();

  private static final int SYNC_BYTES = 16;

  private StreamParts() {}

  /** A header, and a block of one record of which nothing follows. */
  static byte[] announcing(int bytes) {
    byte[] block = StreamBytes.block(1, new byte[bytes], HEADER);
    int counts = block.length - bytes - SYNC_BYTES;
    return concatenated(HEADER, Arrays.copyOf(block, counts));
  }

  /** A block of no records, as it follows our header. */
  static byte[] emptyBlock() {
    return StreamBytes.block(0, new byte[0], HEADER);
  }

  static byte[] stream(List<MetricList> records) {
    return concatenated(HEADER, block(records, HEADER));
  }

  /** All records in one block, as it follows the header. */
  static byte[] block(List<MetricList> records, byte[] header) {
    RecordBlock block = MetricListCodec.encode(records);
    byte[] body =
        Arrays.copyOfRange(block.bytes(), block.offset(), block.offset() + block.length());
    return StreamBytes.block(block.records(), body, header);
  }

  /** Our header, whose schema has a doc text of this length more. */
  static byte[] foreignHeader(int number, int docLength) {
    String doc = "\"doc\":\"" + number + " " + "x".repeat(docLength) + "\",\"fields\"";
    String ours = MetricList.getClassSchema().toString();
    return StreamBytes.header(ours.replaceFirst("\"fields\"", doc), "null");
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
