// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Between {@link MetricList} and its encoding: for the edges, where records are made or shown.
 * Thread-safe.
 */
public final class MetricLists {
  private MetricLists() {}

  /** Encodes records behind one another. */
  public static RecordBlock encode(List<MetricList> records) {
    var out = new ByteArrayOutputStream();
    var writer = new SpecificDatumWriter<>(MetricList.class);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      for (MetricList metrics : records) {
        writer.write(metrics, encoder);
      }
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("an array in memory does not fail", e);
    }
    byte[] bytes = out.toByteArray();
    return new RecordBlock(bytes, 0, bytes.length, records.size());
  }

  /** Decodes every record of a block; invalid UTF-8 becomes U+FFFD. */
  public static List<MetricList> decode(RecordBlock block) {
    var reader = new SpecificDatumReader<>(MetricList.class);
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(block.bytes(), block.offset(), block.length(), null);
    List<MetricList> records = new ArrayList<>(block.records());
    try {
      for (int i = 0; i < block.records(); i++) {
        records.add(reader.read(null, decoder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a block that was walked decodes", e);
    }
    return records;
  }

  /**
   * Encodes tags as one block of an Avro array (count and items, no closing zero); no tags are no
   * bytes.
   */
  public static byte[] tagBlock(List<Tag> tags) {
    if (tags.isEmpty()) {
      return new byte[0];
    }
    var block = new ByteSink();
    block.putLong(tags.size());
    for (Tag tag : tags) {
      block.putText(tag.getKey().getBytes(StandardCharsets.UTF_8));
      block.putText(tag.getValue().getBytes(StandardCharsets.UTF_8));
    }
    return block.toByteArray();
  }
}
