// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.binary.ValueReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Between {@link MetricList} and its encoding: for the edges, where records are made or shown.
 * Written out, because Avro's readers of generated classes load classes by name, which newer ones
 * refuse unless the process is told to trust them. Thread-safe.
 */
public final class MetricListCodec {
  private MetricListCodec() {}

  /** Encodes records behind one another. */
  public static RecordBlock encode(List<MetricList> records) {
    var sink = new EncodedBytes();
    for (MetricList metrics : records) {
      sink.putText(metrics.getTopic());
      putTags(sink, metrics.getTags());
      putDatapoints(sink, metrics.getDatapoints());
    }
    byte[] bytes = sink.toByteArray();
    return new RecordBlock(bytes, 0, bytes.length, records.size());
  }

  /**
   * Decodes every record of a block; invalid UTF-8 becomes U+FFFD.
   *
   * @throws CorruptRecordException if it does not hold what it says
   */
  public static List<MetricList> decode(RecordBlock block) {
    var in = new ValueReader(block.bytes());
    in.moveTo(block.offset());
    List<MetricList> records = new ArrayList<>();
    for (int i = 0; i < block.records(); i++) {
      records.add(
          new MetricList(
              text(in), items(in, MetricListCodec::tag), items(in, MetricListCodec::datapoint)));
    }
    return records;
  }

  private static void putTags(EncodedBytes sink, List<Tag> tags) {
    if (!tags.isEmpty()) {
      sink.putLong(tags.size());
    }
    for (Tag tag : tags) {
      sink.putText(tag.getKey());
      sink.putText(tag.getValue());
    }
    sink.putLong(0);
  }

  private static void putDatapoints(EncodedBytes sink, List<Datapoint> datapoints) {
    if (!datapoints.isEmpty()) {
      sink.putLong(datapoints.size());
    }
    for (Datapoint datapoint : datapoints) {
      sink.putText(datapoint.getName());
      sink.putLong(datapoint.getTimeMs());
      sink.putDouble(datapoint.getValue());
    }
    sink.putLong(0);
  }

  private static <T> List<T> items(ValueReader in, Function<ValueReader, T> item) {
    List<T> all = new ArrayList<>();
    for (var items = in.beginItems(); items.count() > 0; items = in.beginItems()) {
      for (long i = 0; i < items.count(); i++) {
        all.add(item.apply(in));
      }
      in.endItems(items);
    }
    return all;
  }

  private static Tag tag(ValueReader in) {
    return new Tag(text(in), text(in));
  }

  private static Datapoint datapoint(ValueReader in) {
    return new Datapoint(
        text(in),
        in.readLong("datapoint time"),
        Double.longBitsToDouble(in.readLittleEndian(Double.BYTES, "datapoint value")));
  }

  private static String text(ValueReader in) {
    byte[] utf8 = new byte[in.readLength("text")];
    in.copy(utf8.length, utf8, 0);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
