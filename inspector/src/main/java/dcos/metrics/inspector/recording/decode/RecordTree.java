// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.codec.binary.Varint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads one record that was walked before into a tree of its fields. For one record. */
final class RecordTree {
  private final byte[] bytes;
  private int pos;

  private RecordTree(byte[] bytes) {
    this.bytes = bytes;
  }

  static DecodedNode of(byte[] record) {
    return new RecordTree(record).record();
  }

  private DecodedNode record() {
    DecodedNode topic = text("topic");
    DecodedNode tags = array("tags", this::tag);
    DecodedNode datapoints = array("datapoints", this::datapoint);
    return new DecodedNode("MetricList", "", 0, pos, List.of(topic, tags, datapoints));
  }

  /** Reads one item of an array. */
  private interface Item {
    DecodedNode read(int number);
  }

  /** An array, whatever blocks it comes in: its own bytes are the counts before its items. */
  private DecodedNode array(String name, Item item) {
    int from = pos;
    List<DecodedNode> items = new ArrayList<>();
    for (long left = begin(); left > 0; left = begin()) {
      for (; left > 0; left--) {
        items.add(item.read(items.size()));
      }
    }
    return new DecodedNode(name, "(" + items.size() + ")", from, pos, items);
  }

  private long begin() {
    long declared = number();
    if (declared >= 0) {
      return declared;
    }
    long _ = number(); // the block's size in bytes
    return -declared;
  }

  private DecodedNode tag(int number) {
    int from = pos;
    DecodedNode key = text("key");
    DecodedNode value = text("value");
    return new DecodedNode(
        "[" + number + "]", key.value() + " = " + value.value(), from, pos, List.of(key, value));
  }

  private DecodedNode datapoint(int number) {
    int from = pos;
    DecodedNode name = text("name");
    int timeFrom = pos;
    long timeMs = number();
    DecodedNode time = DecodedNode.leaf("time_ms", timeMs + time(timeMs), timeFrom, pos);
    double read = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble(pos);
    DecodedNode value = DecodedNode.leaf("value", Double.toString(read), pos, pos + Double.BYTES);
    pos += Double.BYTES;
    return new DecodedNode(
        "[" + number + "]",
        name.value() + " = " + value.value(),
        from,
        pos,
        List.of(name, time, value));
  }

  private static String time(long timeMs) {
    long farthest = 253_402_300_799_999L; // the end of the year 9999
    return timeMs < 0 || timeMs > farthest ? "" : "  (" + Instant.ofEpochMilli(timeMs) + ")";
  }

  private DecodedNode text(String name) {
    int from = pos;
    int length = (int) number();
    String value = new String(bytes, pos, length, StandardCharsets.UTF_8);
    pos += length;
    return DecodedNode.leaf(name, value, from, pos);
  }

  private long number() {
    long value = Varint.get(bytes, pos);
    pos = Varint.behind(bytes, pos);
    return value;
  }
}
