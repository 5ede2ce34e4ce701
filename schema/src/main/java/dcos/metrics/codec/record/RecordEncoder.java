// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import dcos.metrics.codec.binary.EncodedBytes;
import java.util.List;
import java.util.Map;

/**
 * Encodes records from their parts, without the generated classes: those parse their schema when
 * they are loaded, for which the Avro library needs 6 MB that a collector does not have to spend.
 * Not thread-safe.
 */
public final class RecordEncoder {
  private EncodedBytes sink = new EncodedBytes();
  private int records;

  /** A datapoint, but for its time. */
  public record Gauge(String name, double value) {}

  /**
   * Adds a record whose datapoints are all of one time.
   *
   * @param tags in the map's order
   * @param timeMs since the epoch
   */
  public void add(String topic, Map<String, String> tags, long timeMs, List<Gauge> gauges) {
    sink.putText(topic);
    sink.put(tagBlock(tags));
    sink.putLong(0);
    if (!gauges.isEmpty()) {
      sink.putLong(gauges.size());
    }
    for (Gauge gauge : gauges) {
      sink.putText(gauge.name());
      sink.putLong(timeMs);
      sink.putDouble(gauge.value());
    }
    sink.putLong(0);
    records++;
  }

  /** How many were added since the last block. */
  public int records() {
    return records;
  }

  /** Takes all records out, behind one another; what is added next begins another block. */
  public RecordBlock toBlock() {
    byte[] bytes = sink.toByteArray();
    var block = new RecordBlock(bytes, 0, bytes.length, records);
    sink = new EncodedBytes();
    records = 0;
    return block;
  }

  /**
   * Encodes tags as one block of an Avro array (count and items, no closing zero); no tags are no
   * bytes.
   *
   * @param tags in the map's order
   */
  public static byte[] tagBlock(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return new byte[0];
    }
    var block = new EncodedBytes();
    block.putLong(tags.size());
    tags.forEach(
        (key, value) -> {
          block.putText(key);
          block.putText(value);
        });
    return block.toByteArray();
  }
}
