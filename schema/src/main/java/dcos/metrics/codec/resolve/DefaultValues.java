// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The defaults of a reader's fields, encoded. */
final class DefaultValues {
  private DefaultValues() {}

  /** Constants for the fields of the reader's record that the writer's lacks, in their order. */
  static List<ConversionStep.Part> of(Schema writer, Schema reader) {
    List<ConversionStep.Part> missing = new ArrayList<>();
    for (Schema.Field field : reader.getFields()) {
      if (writer.getField(field.name()) == null && field.hasDefaultValue()) {
        missing.add(ConversionStep.Part.constant(field.pos(), encoded(field)));
      }
    }
    return missing;
  }

  private static byte[] encoded(Schema.Field field) {
    var bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      Object value = GenericData.get().getDefaultValue(field);
      new GenericDatumWriter<>(field.schema()).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
