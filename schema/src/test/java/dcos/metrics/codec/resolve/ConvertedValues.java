// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.codec.binary.ValueReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Values converted by a {@link ConversionPlan}, for comparison with the Avro library. */
final class ConvertedValues {
  /** How many bytes a value may become. */
  static final int LIMIT = 1000;

  private ConvertedValues() {}

  /** Values as the Avro library reads them after the conversion, one after another. */
  static List<String> converted(String writer, String reader, String... values)
      throws IOException, UnresolvableSchemaException, DataFormatException {
    Schema writerSchema = new Schema.Parser().parse(writer);
    Schema readerSchema = new Schema.Parser().parse(reader);
    var block = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(block, null);
    for (String value : values) {
      var in = new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
      Object datum =
          new GenericDatumReader<>(writerSchema)
              .read(null, DecoderFactory.get().jsonDecoder(writerSchema, in));
      new GenericDatumWriter<>(writerSchema).write(datum, encoder);
    }
    encoder.flush();
    BlockConverter converter =
        ConversionPlan.of(writer, reader).converter(block.toByteArray(), LIMIT);
    List<String> converted = new ArrayList<>();
    while (converter.hasNext()) {
      if (!converter.convertNext()) {
        converted.add("skipped");
        continue;
      }
      ValueReader walker = converter.value();
      byte[] bytes = new byte[walker.left()];
      walker.copy(bytes.length, bytes, 0);
      var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
      converted.add(new GenericDatumReader<>(readerSchema).read(null, decoder).toString());
      assertThat(decoder.isEnd()).isTrue();
    }
    return converted;
  }
}
