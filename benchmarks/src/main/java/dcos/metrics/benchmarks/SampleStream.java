// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.MetricList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * What a sender writes: a container's header once, then the same blocks again and again. Made by
 * the Avro library, as by any sender. Immutable.
 *
 * @param header of the container
 * @param blocks each with its sync marker
 */
@SuppressWarnings("ArrayRecordComponent") // made once, and only read
record SampleStream(byte[] header, List<Block> blocks) {

  /**
   * @param bytes as they are sent
   * @param records in it
   */
  @SuppressWarnings("ArrayRecordComponent") // made once, and only read
  record Block(byte[] bytes, int records) {}

  /**
   * @param codec as Avro names it
   * @param blockBytes the most that a block is before compression
   */
  static SampleStream of(List<MetricList> records, String codec, int blockBytes) {
    List<List<MetricList>> blocks = new ArrayList<>();
    List<MetricList> block = new ArrayList<>();
    long pending = 0;
    for (MetricList next : records) {
      long length = encodedLength(next);
      if (!block.isEmpty() && pending + length > blockBytes) {
        blocks.add(block);
        block = new ArrayList<>();
        pending = 0;
      }
      block.add(next);
      pending += length;
    }
    blocks.add(block);
    return ofBlocks(blocks, codec, blockBytes);
  }

  /**
   * @param recordsOfBlocks one list per block
   * @param codec as Avro names it
   * @param blockBytes no block is larger before compression
   */
  static SampleStream ofBlocks(
      List<List<MetricList>> recordsOfBlocks, String codec, int blockBytes) {
    var out = new ByteArrayOutputStream();
    List<Block> blocks = new ArrayList<>();
    try (var writer = new DataFileWriter<MetricList>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(CodecFactory.fromString(codec));
      writer.setSyncInterval(2 * blockBytes); // blocks end before that, where we say
      writer.create(MetricList.getClassSchema(), out);
      writer.flush();
      byte[] header = take(out);
      for (List<MetricList> block : recordsOfBlocks) {
        for (MetricList next : block) {
          writer.append(next);
        }
        writer.flush();
        blocks.add(new Block(take(out), block.size()));
      }
      return new SampleStream(header, List.copyOf(blocks));
    } catch (IOException e) {
      throw new IllegalStateException("an array takes everything", e);
    }
  }

  private static long encodedLength(MetricList next) {
    try {
      return MetricList.getEncoder().encode(next).remaining();
    } catch (IOException e) {
      throw new IllegalStateException("an array takes everything", e);
    }
  }

  /**
   * The same records, uncompressed, of a schema with one more field at the end of the record: a
   * collector rewrites each of them.
   */
  SampleStream withAnotherField() {
    Schema schema = new Schema.Parser().parse(schemaWithField());
    var out = new ByteArrayOutputStream();
    List<Block> rewritten = new ArrayList<>();
    try (var reader =
            new DataFileStream<>(
                new ByteArrayInputStream(container()),
                new GenericDatumReader<GenericRecord>(null, schema));
        var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.setSyncInterval(1 << 30); // blocks end where we say
      writer.create(schema, out);
      writer.flush();
      byte[] newHeader = take(out);
      for (Block block : blocks) {
        for (int i = 0; i < block.records(); i++) {
          writer.append(reader.next());
        }
        writer.flush();
        rewritten.add(new Block(take(out), block.records()));
      }
      return new SampleStream(newHeader, List.copyOf(rewritten));
    } catch (IOException e) {
      throw new IllegalStateException("an array takes everything", e);
    }
  }

  private static String schemaWithField() {
    String own = MetricList.getClassSchema().toString();
    int end = own.lastIndexOf("]");
    return own.substring(0, end)
        + ",{\"name\":\"host\",\"type\":\"string\",\"default\":\"a1\"}"
        + own.substring(end);
  }

  /** The whole as one container. */
  byte[] container() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(header);
    blocks.forEach(block -> all.writeBytes(block.bytes()));
    return all.toByteArray();
  }

  private static byte[] take(ByteArrayOutputStream out) {
    byte[] bytes = out.toByteArray();
    out.reset();
    return bytes;
  }
}
