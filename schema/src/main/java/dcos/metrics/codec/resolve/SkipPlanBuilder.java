// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Makes shapes of the types of one schema. What has no bytes becomes {@link Shape.Fixed#NOTHING}:
 * passing over the rest then takes time in proportion to its bytes, whatever a schema makes of
 * them.
 */
final class ShapeCompiler {
  /** How deeply types may nest, counted along their first occurrences. */
  static final int MAX_DEPTH = 64;

  private static final Shape NUMBER = new Shape.Integral();
  private static final Shape TEXT = new Shape.Text();
  private static final Shape BYTE = new Shape.Fixed(1);
  private static final Shape FLOAT = new Shape.Fixed(Float.BYTES);
  private static final Shape DOUBLE = new Shape.Fixed(Double.BYTES);

  // Types are the parser's own objects, and a name is one of them.
  private final IdentityHashMap<Schema, Shape> known = new IdentityHashMap<>();
  private int depth;
  private int nodes;

  /** How many objects were made. */
  int nodes() {
    return nodes;
  }

  /**
   * Makes the shape of a type and of all that it is made of.
   *
   * @throws UnusableSchemaException if types nest too deeply
   */
  Shape compile(Schema schema) throws UnusableSchemaException {
    Shape shape = known.get(schema);
    if (shape != null) {
      return shape;
    }
    if (depth == MAX_DEPTH) {
      throw new UnusableSchemaException("invalid schema: its types nest deeper than " + MAX_DEPTH);
    }
    depth++;
    shape = make(schema);
    depth--;
    nodes += 2; // with its entry in the list of a record or a union
    known.put(schema, shape);
    return shape;
  }

  private Shape make(Schema schema) throws UnusableSchemaException {
    return switch (schema.getType()) {
      case NULL -> Shape.Fixed.NOTHING;
      case BOOLEAN -> BYTE;
      case INT, LONG -> NUMBER;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case STRING, BYTES -> TEXT;
      case FIXED -> new Shape.Fixed(schema.getFixedSize());
      case ENUM -> new Shape.Symbol(schema.getEnumSymbols().size());
      case ARRAY -> new Shape.Array(compile(schema.getElementType()));
      case MAP -> new Shape.Entries(compile(schema.getValueType()));
      case UNION -> {
        List<Shape> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
          branches.add(compile(branch));
        }
        yield new Shape.Union(List.copyOf(branches));
      }
      case RECORD -> row(schema);
    };
  }

  private Shape row(Schema schema) throws UnusableSchemaException {
    var row = new Shape.Row();
    known.put(schema, row); // first, as it may contain itself
    List<Shape> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      Shape shape = compile(field.schema());
      if (!shape.equals(Shape.Fixed.NOTHING)) {
        fields.add(shape);
      }
    }
    row.complete(fields);
    return fields.isEmpty() ? Shape.Fixed.NOTHING : row;
  }
}
