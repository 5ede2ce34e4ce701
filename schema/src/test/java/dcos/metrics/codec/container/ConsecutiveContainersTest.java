// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.resolve.WriterSchemaCache;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several containers in one stream, as {@code cat *.avro} makes them. */
class ConsecutiveContainersTest {
  private static final String RENAMED =
      MetricListSchema.TEXT.replace("dcos.metrics.Tag", "dcos.metrics.Gat");

  private final List<RecordBlock> blocks = new ArrayList<>();

  @Test
  void readsTheRecordsOfAllWhateverTheirCodecsAndSchemas() throws IOException {
    var stream = new BinaryWriter();
    for (String codec : List.of("null", "deflate", "snappy", "zstandard", "null")) {
      stream.bytes(container(MetricListSchema.TEXT, codec, 2));
      stream.bytes(container(RENAMED, codec, 3));
    }

    assertThat(records(stream)).containsExactly(2, 3, 2, 3, 2, 3, 2, 3, 2, 3);
    for (RecordBlock block : blocks) {
      byte[] bytes =
          Arrays.copyOfRange(block.bytes(), block.offset(), block.offset() + block.length());
      assertThat(bytes).isEqualTo(repeated(block.records()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 2_047, 2_048, 2_049, 5_000, 1_000_000})
  void readsHeadersWhereverTheBytesArriveInParts(int part) throws IOException {
    for (int before : new int[] {1, 40, 45, 46, 47, 100, 1_000}) {
      for (int doc : new int[] {0, 1_000, 30_000}) {
        String text = "\"doc\":\"" + "x".repeat(doc) + "\",\"fields\"";
        String schema = MetricListSchema.TEXT.replaceFirst("\"fields\"", text);
        byte[] own = container(MetricListSchema.TEXT, "null", before);
        byte[] next = container(schema, "null", 2);
        byte[] stream = new BinaryWriter().bytes(own).bytes(next).bytes(own).toBytes();
        List<byte[]> headers = new ArrayList<>();
        blocks.clear();

        try (var reader =
            new ContainerReader(ContainerStreams.inParts(stream, part), ContainerStreams.LIMITS)) {
          do {
            StreamHeader header = reader.readHeader(headers::add);
            assertThat(header.lengthBytes()).isEqualTo(headers.getLast().length);
            for (BlockHeader blockHeader = reader.nextBlockHeader();
                blockHeader != null;
                blockHeader = reader.nextBlockHeader()) {
              blocks.add(reader.readBlock(blockHeader));
            }
          } while (reader.hasNextContainer());
          assertThat(reader.offset()).isEqualTo(stream.length);
        }

        assertThat(blocks).extracting(RecordBlock::records).containsExactly(before, 2, before);
        assertThat(next).startsWith(headers.get(1));
        assertThat(own).startsWith(headers.get(0)).startsWith(headers.get(2));
      }
    }
  }

  @Test
  void aContainerMayHaveNoBlocks() throws IOException {
    byte[] header = BinaryWriter.header().toBytes();
    var stream = new BinaryWriter().bytes(header).bytes(header).bytes(own(1)).bytes(header);

    assertThat(records(stream)).containsExactly(1);
  }

  @Test
  void refusesOneOfAnotherKindWithItsOffsetAndKeepsTheRecordsBefore() {
    byte[] first = own(2);
    String number = "{\"type\":\"record\",\"name\":\"N\",\"fields\":[]}";
    byte[] second = BinaryWriter.header(number, "null").toBytes();
    int schemaAt = new String(second, StandardCharsets.ISO_8859_1).indexOf(number);

    assertThatThrownBy(() -> records(new BinaryWriter().bytes(first).bytes(second)))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessageStartingWith("unsupported schema")
        .hasMessageEndingWith("at offset " + (first.length + schemaAt));
    assertThat(blocks).extracting(RecordBlock::records).containsExactly(2);
  }

  @Test
  void refusesWhatIsNoHeaderWithItsOffset() {
    byte[] first = own(2);
    BinaryWriter notMagic = new BinaryWriter().bytes(first).raw('O', 'R', 'C', 1, 2, 3);
    assertThatThrownBy(() -> records(notMagic))
        .hasMessage(
            "invalid magic 4f524301: an object container begins with 4f626a01 at offset "
                + first.length);

    BinaryWriter unknownCodec =
        new BinaryWriter()
            .bytes(first)
            .bytes(BinaryWriter.header(MetricListSchema.TEXT, "xz").toBytes());
    assertThatThrownBy(() -> records(unknownCodec)).hasMessageContaining("unsupported codec");

    byte[] header = BinaryWriter.header().toBytes();
    for (int length = 1; length < header.length; length++) {
      BinaryWriter cut = new BinaryWriter().bytes(first).bytes(Arrays.copyOf(header, length));
      assertThatThrownBy(() -> records(cut))
          .isInstanceOf(MalformedContainerException.class)
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void boundsEachHeaderByItself() throws IOException {
    byte[] header = BinaryWriter.header().toBytes();
    var stream = new BinaryWriter().bytes(own(1000)).bytes(own(1000)).bytes(own(1)).toBytes();
    assertThat(stream.length).isGreaterThan(2 * header.length);

    var exact = new ContainerLimits(header.length, 1 << 20);
    ContainerStreams.readInto(blocks, new ByteArrayInputStream(stream), exact);
    assertThat(blocks).extracting(RecordBlock::records).containsExactly(1000, 1000, 1);

    byte[] longer = BinaryWriter.header(MetricListSchema.TEXT + " ", "").toBytes();
    BinaryWriter second = new BinaryWriter().bytes(own(1)).bytes(longer);
    assertThatThrownBy(
            () ->
                ContainerStreams.readInto(
                    blocks, new ByteArrayInputStream(second.toBytes()), exact))
        .hasMessageStartingWith("header above " + header.length + " bytes");
  }

  @Test
  void blocksOfEachEndWithItsOwnMarker() {
    byte[] withOtherMarker = ContainerFormat.header(new byte[ContainerFormat.SYNC_BYTES]);
    BinaryWriter mixed =
        new BinaryWriter().bytes(own(1)).bytes(withOtherMarker).block(1, repeated(1));

    assertThatThrownBy(() -> records(mixed)).hasMessageStartingWith("corrupt sync marker");
    assertThat(blocks).hasSize(1);
  }

  @Test
  void aHeaderIsReadOnlyWhereAContainerBegins() throws IOException {
    byte[] stream = new BinaryWriter().bytes(own(1)).bytes(own(2)).toBytes();
    try (var reader =
        new ContainerReader(new ByteArrayInputStream(stream), ContainerStreams.LIMITS)) {
      reader.readHeader();
      assertThat(reader.hasNextContainer()).isFalse();
      assertThatThrownBy(reader::readHeader).isInstanceOf(IllegalStateException.class);
      reader.readBlock(Objects.requireNonNull(reader.nextBlockHeader()));
      assertThatThrownBy(reader::readHeader).isInstanceOf(IllegalStateException.class);

      assertThat(reader.nextBlockHeader()).isNull();
      assertThat(reader.hasNextContainer()).isTrue();
      assertThat(reader.nextBlockHeader()).isNull();
      assertThat(reader.hasNextContainer()).isTrue();

      reader.readHeader();
      assertThat(reader.hasNextContainer()).isFalse();
      reader.readBlock(Objects.requireNonNull(reader.nextBlockHeader()));
      assertThat(reader.nextBlockHeader()).isNull();
      assertThat(reader.hasNextContainer()).isFalse();
    }
  }

  @Test
  void theSchemaBeforeMakesRoomForTheNext() throws IOException {
    String other = RENAMED.replace("Gat", "Tga");
    WriterSchemaCache schemas = roomForOneOf(RENAMED, other);
    List<String> dropped = new ArrayList<>();
    byte[] stream =
        new BinaryWriter()
            .bytes(container(RENAMED, "null", 1))
            .bytes(container(other, "null", 1))
            .bytes(container(other, "null", 1))
            .toBytes();
    try (var reader =
        new ContainerReader(
            new ByteArrayInputStream(stream),
            ContainerStreams.LIMITS,
            schemas,
            () -> dropped.add("dropped"))) {
      ContainerStreams.readInto(blocks, reader);
    }

    assertThat(blocks).hasSize(3);
    assertThat(dropped).isEmpty();
    assertThat(schemas.memory().shortages()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\0\0", "\0\0\0\0\0\0\0\0", "\n", "\r\n"})
  void whatTrailsTheLastBlockEndsTheStreamAndItsRecordsAreKept(String trailing) {
    BinaryWriter stream = new BinaryWriter().bytes(own(2)).bytes(own(3));
    trailing.chars().forEach(stream::raw);

    assertThatThrownBy(() -> records(stream)).isInstanceOf(MalformedContainerException.class);
    assertThat(blocks).extracting(RecordBlock::records).containsExactly(2, 3);
  }

  @Test
  void namesTheHeaderAfterANewline() {
    byte[] first = own(2);
    BinaryWriter stream = new BinaryWriter().bytes(first).raw('\n').bytes(own(3));

    assertThatThrownBy(() -> records(stream))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage(
            "block size -40 not in 0..%d; a header begins there, after bytes of no container at"
                + " offset %d",
            ContainerStreams.LIMITS.blockBytes(), first.length + 1);
    assertThat(blocks).extracting(RecordBlock::records).containsExactly(2);
  }

  private static WriterSchemaCache roomForOneOf(String one, String other) throws IOException {
    long most = 0;
    for (String text : List.of(one, other)) {
      var measuring = new WriterSchemaCache(1 << 20);
      byte[] header = BinaryWriter.header(text, "").toBytes();
      try (var reader =
          new ContainerReader(
              new ByteArrayInputStream(header), ContainerStreams.LIMITS, measuring, () -> {})) {
        reader.readHeader();
        most = Math.max(most, measuring.memory().usedBytes());
      }
    }
    return new WriterSchemaCache(most);
  }

  private List<Integer> records(BinaryWriter stream) throws IOException {
    ContainerStreams.readInto(
        blocks, ContainerStreams.byteByByte(stream.toBytes()), ContainerStreams.LIMITS);
    return blocks.stream().map(RecordBlock::records).toList();
  }

  /** One container with a block of our own encoding, and the marker of all those of tests. */
  private static byte[] own(int records) {
    return BinaryWriter.header().block(records, repeated(records)).toBytes();
  }

  private static byte[] repeated(int records) {
    var bytes = new BinaryWriter();
    for (int i = 0; i < records; i++) {
      bytes.bytes(BinaryWriter.record("t"));
    }
    return bytes.toBytes();
  }

  /** One that the Avro library wrote, with a marker of its own. */
  private static byte[] container(String schemaText, String codec, int records) throws IOException {
    Schema schema = new Schema.Parser().parse(schemaText);
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec)).create(schema, out);
      for (int i = 0; i < records; i++) {
        GenericRecord metrics = new GenericData.Record(schema);
        metrics.put("topic", "t");
        metrics.put("tags", List.of());
        metrics.put("datapoints", List.of());
        writer.append(metrics);
      }
    }
    return out.toByteArray();
  }
}
