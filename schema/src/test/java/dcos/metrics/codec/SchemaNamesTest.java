// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import dcos.metrics.testkit.PinnedNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name in the schemas, on which senders, readers and recordings depend. */
class SchemaNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"metrics.avsc", "recording.avsc"})
  void noNameOfASchemaChanges(String file) throws IOException {
    SortedSet<String> names = new TreeSet<>();

    add(new Schema.Parser().parse(Files.readString(Path.of(file))), names);

    PinnedNames.ofModule().check(file, names);
  }

  private static void add(Schema schema, SortedSet<String> names) {
    switch (schema.getType()) {
      case RECORD -> {
        if (names.add("record " + schema.getFullName())) {
          for (Schema.Field field : schema.getFields()) {
            names.add("field " + schema.getFullName() + "." + field.name());
            add(field.schema(), names);
          }
        }
      }
      case ENUM -> {
        names.add("enum " + schema.getFullName());
        schema
            .getEnumSymbols()
            .forEach(symbol -> names.add("symbol " + schema.getFullName() + "." + symbol));
      }
      case FIXED -> names.add("fixed " + schema.getFullName());
      case ARRAY -> add(schema.getElementType(), names);
      case MAP -> add(schema.getValueType(), names);
      case UNION -> schema.getTypes().forEach(branch -> add(branch, names));
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
    }
  }
}
