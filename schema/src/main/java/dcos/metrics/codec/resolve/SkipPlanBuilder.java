// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Builds skip plans for the types of one schema. What has no bytes becomes {@link
 * SkipPlan.Fixed#NOTHING}: passing over the rest then takes time in proportion to its bytes,
 * whatever a schema makes of them.
 */
final class SkipPlanBuilder {
  /** How deeply types may nest, counted along their first occurrences. */
  static final int MAX_DEPTH = 64;

  private static final SkipPlan NUMBER = new SkipPlan.Integral();
  private static final SkipPlan TEXT = new SkipPlan.TextType();
  private static final SkipPlan BYTE = new SkipPlan.Fixed(1);
  private static final SkipPlan FLOAT = new SkipPlan.Fixed(Float.BYTES);
  private static final SkipPlan DOUBLE = new SkipPlan.Fixed(Double.BYTES);

  // Types are the parser's own objects, and a name is one of them.
  private final IdentityHashMap<Schema, SkipPlan> known = new IdentityHashMap<>();
  private int depth;
  private int nodes;

  /** How many objects were made. */
  int nodes() {
    return nodes;
  }

  /**
   * Makes the shape of a type and of all that it is made of.
   *
   * @throws UnresolvableSchemaException if types nest too deeply
   */
  SkipPlan compile(Schema schema) throws UnresolvableSchemaException {
    SkipPlan shape = known.get(schema);
    if (shape != null) {
      return shape;
    }
    if (depth == MAX_DEPTH) {
      throw new UnresolvableSchemaException(
          "invalid schema: its types nest deeper than " + MAX_DEPTH);
    }
    depth++;
    shape = make(schema);
    depth--;
    nodes += 2; // with its entry in the list of a record or a union
    known.put(schema, shape);
    return shape;
  }

  private SkipPlan make(Schema schema) throws UnresolvableSchemaException {
    return switch (schema.getType()) {
      case NULL -> SkipPlan.Fixed.NOTHING;
      case BOOLEAN -> BYTE;
      case INT, LONG -> NUMBER;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case STRING, BYTES -> TEXT;
      case FIXED -> new SkipPlan.Fixed(schema.getFixedSize());
      case ENUM -> new SkipPlan.SymbolType(schema.getEnumSymbols().size());
      case ARRAY -> new SkipPlan.Array(compile(schema.getElementType()));
      case MAP -> new SkipPlan.Entries(compile(schema.getValueType()));
      case UNION -> {
        List<SkipPlan> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
          branches.add(compile(branch));
        }
        yield new SkipPlan.Union(List.copyOf(branches));
      }
      case RECORD -> row(schema);
    };
  }

  private SkipPlan row(Schema schema) throws UnresolvableSchemaException {
    var row = new SkipPlan.RowType();
    known.put(schema, row); // first, as it may contain itself
    List<SkipPlan> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      SkipPlan shape = compile(field.schema());
      if (!shape.equals(SkipPlan.Fixed.NOTHING)) {
        fields.add(shape);
      }
    }
    row.complete(fields);
    return fields.isEmpty() ? SkipPlan.Fixed.NOTHING : row;
  }
}
