// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;

/**
 * Values of one version of a schema as those of a later one. Avro's own resolution cannot be used:
 * 1.12.2 takes arrays for truncated whose items are longer in the reader's schema.
 */
final class LaterValues {
  private LaterValues() {}

  /** The value in a schema that differs as the rules of {@code recording.avsc} allow. */
  static Object of(Object value, Schema to) {
    return switch (to.getType()) {
      case RECORD -> record((GenericRecord) value, to);
      case UNION -> union(value, to);
      case ARRAY -> ((List<?>) value).stream().map(item -> of(item, to.getElementType())).toList();
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach((key, each) -> map.put(key.toString(), of(each, to.getValueType())));
        yield map;
      }
      case ENUM -> new GenericData.EnumSymbol(to, value.toString());
      case LONG -> ((Number) value).longValue();
      case FLOAT -> ((Number) value).floatValue();
      case DOUBLE -> ((Number) value).doubleValue();
      case BYTES ->
          value instanceof CharSequence text
              ? ByteBuffer.wrap(text.toString().getBytes(UTF_8))
              : value;
      default -> value;
    };
  }

  private static GenericRecord record(GenericRecord value, Schema to) {
    var record = new GenericData.Record(to);
    for (Schema.Field field : to.getFields()) {
      Schema.Field old = value.getSchema().getField(field.name());
      record.put(
          field.pos(),
          old == null
              ? GenericData.get().deepCopy(field.schema(), GenericData.get().getDefaultValue(field))
              : value.get(old.pos()) == null ? null : of(value.get(old.pos()), field.schema()));
    }
    return record;
  }

  /** Nulls are not converted. */
  private static Object union(Object value, Schema to) {
    for (Schema branch : to.getTypes()) {
      boolean isSame =
          switch (branch.getType()) {
            case RECORD ->
                value instanceof GenericContainer container
                    && !(value instanceof GenericEnumSymbol)
                    && container.getSchema().getFullName().equals(branch.getFullName());
            case BOOLEAN -> value instanceof Boolean;
            default -> false;
          };
      if (isSame) {
        return of(value, branch);
      }
    }
    throw new IllegalArgumentException("no branch for " + value);
  }
}
