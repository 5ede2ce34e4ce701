// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.binary.SingleLine;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Resolves schemas that are versions of each other: by names alone, and in both directions. It
 * differs from Avro's own resolution (specification 1.12, "Schema Resolution") where a reader meets
 * a later version: a branch that the reader's union lacks is not an error, a number may be narrowed
 * where its value fits, and a record never resolves to one of another name because their fields are
 * alike. For one writer's schema.
 */
final class SchemaVersionResolver {
  /** The property of a record in a union that takes the values of unknown branches. */
  static final String UNKNOWN = "unknown";

  /** Of a name that is kept for each value. */
  private static final int MAX_NAME = 100;

  private final SkipPlanBuilder shapes;
  private int depth;

  SchemaVersionResolver(SkipPlanBuilder shapes) {
    this.shapes = shapes;
  }

  /**
   * How values of the writer's type become values of the reader's.
   *
   * @throws UnresolvableSchemaException if types nest too deeply
   */
  ConversionStep resolve(Schema writer, Schema reader) throws UnresolvableSchemaException {
    if (depth == SkipPlanBuilder.MAX_DEPTH) {
      throw new UnresolvableSchemaException(
          "invalid schema: its types nest deeper than " + SkipPlanBuilder.MAX_DEPTH);
    }
    depth++;
    ConversionStep step = make(writer, reader);
    depth--;
    return step;
  }

  private ConversionStep make(Schema writer, Schema reader) throws UnresolvableSchemaException {
    if (writer.getType() == Schema.Type.UNION) {
      List<ConversionStep> branches = new ArrayList<>();
      for (Schema branch : writer.getTypes()) {
        branches.add(resolve(branch, reader));
      }
      return new ConversionStep.Choice(List.copyOf(branches));
    }
    if (reader.getType() == Schema.Type.UNION) {
      return branch(writer, reader);
    }
    if (!isSame(writer, reader)) {
      return promoted(writer, reader);
    }
    return switch (reader.getType()) {
      case NULL, BOOLEAN, INT, FLOAT, FIXED -> new ConversionStep.Copied(shapes.compile(writer));
      case LONG -> ConversionStep.Value.LONG;
      case DOUBLE -> ConversionStep.Value.DOUBLE;
      case STRING, BYTES -> ConversionStep.Value.TEXT;
      case ENUM -> symbols(writer, reader);
      case ARRAY ->
          new ConversionStep.Items(resolve(writer.getElementType(), reader.getElementType()));
      case MAP ->
          ConversionStep.Items.ofMap(
              shapes.compile(writer.getValueType()),
              resolve(writer.getValueType(), reader.getValueType()));
      case RECORD -> record(writer, reader);
      case UNION -> throw new IllegalStateException("a union was resolved before");
    };
  }

  /** The same type; of those with a name, the same full name. */
  private static boolean isSame(Schema writer, Schema reader) {
    return writer.getType() == reader.getType()
        && switch (reader.getType()) {
          case RECORD, ENUM -> writer.getFullName().equals(reader.getFullName());
          case FIXED ->
              writer.getFullName().equals(reader.getFullName())
                  && writer.getFixedSize() == reader.getFixedSize();
          default -> true;
        };
  }

  private static ConversionStep promoted(Schema writer, Schema reader) {
    ConversionStep.Numeric.@Nullable Kind from = numberKind(writer);
    ConversionStep.Numeric.@Nullable Kind to = numberKind(reader);
    if (from != null && to != null) {
      return new ConversionStep.Numeric(from, to);
    }
    if (isText(writer) && isText(reader)) {
      return ConversionStep.Value.TEXT;
    }
    return new ConversionStep.RefusedValue(
        "found %s, expected %s".formatted(name(writer), name(reader)));
  }

  private static ConversionStep.Numeric.@Nullable Kind numberKind(Schema schema) {
    return switch (schema.getType()) {
      case INT -> ConversionStep.Numeric.Kind.INT;
      case LONG -> ConversionStep.Numeric.Kind.LONG;
      case FLOAT -> ConversionStep.Numeric.Kind.FLOAT;
      case DOUBLE -> ConversionStep.Numeric.Kind.DOUBLE;
      default -> null;
    };
  }

  private static boolean isText(Schema schema) {
    return schema.getType() == Schema.Type.STRING || schema.getType() == Schema.Type.BYTES;
  }

  private ConversionStep branch(Schema writer, Schema reader) throws UnresolvableSchemaException {
    ConversionStep known = null;
    List<Schema> branches = reader.getTypes();
    for (int i = 0; i < branches.size() && known == null; i++) {
      if (isSame(writer, branches.get(i))) {
        known = new ConversionStep.Branch(i, resolve(writer, branches.get(i)));
      }
    }
    for (int i = 0; i < branches.size() && known == null; i++) {
      ConversionStep promoted = promoted(writer, branches.get(i));
      if (promoted.refusal() == null) {
        known = new ConversionStep.Branch(i, promoted);
      }
    }
    ConversionStep.@Nullable Constant unknown = unknown(writer, reader);
    String refusal = known == null ? "no branch for " + name(writer) : known.refusal();
    if (known == null || refusal != null) {
      return unknown == null ? new ConversionStep.RefusedValue(String.valueOf(refusal)) : unknown;
    }
    return unknown != null && known.mayRefuse() ? new ConversionStep.OrElse(known, unknown) : known;
  }

  /** What a value becomes for which the union has no branch; null if there is nothing. */
  private ConversionStep.@Nullable Constant unknown(Schema writer, Schema union)
      throws UnresolvableSchemaException {
    List<Schema> branches = union.getTypes();
    for (int i = 0; i < branches.size(); i++) {
      Schema branch = branches.get(i);
      if (Boolean.TRUE.equals(branch.getObjectProp(UNKNOWN))) {
        if (branch.getFields().size() != 1 || !isText(branch.getFields().getFirst().schema())) {
          throw new IllegalArgumentException(
              branch.getFullName() + " must have one field, a string");
        }
        var sink = new EncodedBytes();
        sink.putLong(i);
        sink.putText(SingleLine.of(writer.getName(), MAX_NAME));
        return new ConversionStep.Constant(shapes.compile(writer), sink.toByteArray());
      }
    }
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).getType() == Schema.Type.NULL) {
        var sink = new EncodedBytes();
        sink.putLong(i);
        return new ConversionStep.Constant(shapes.compile(writer), sink.toByteArray());
      }
    }
    return null;
  }

  private static ConversionStep symbols(Schema writer, Schema reader) {
    List<String> theirs = writer.getEnumSymbols();
    int[] ours = new int[theirs.size()];
    for (int i = 0; i < ours.length; i++) {
      String symbol = theirs.get(i);
      ours[i] =
          reader.hasEnumSymbol(symbol)
              ? reader.getEnumOrdinal(symbol)
              : reader.getEnumDefault() == null
                  ? ConversionStep.Symbols.NONE
                  : reader.getEnumOrdinal(reader.getEnumDefault());
    }
    return new ConversionStep.Symbols(ours);
  }

  private ConversionStep record(Schema writer, Schema reader) throws UnresolvableSchemaException {
    if (SchemaNormalization.toParsingForm(writer)
        .equals(SchemaNormalization.toParsingForm(reader))) {
      return new ConversionStep.Copied(shapes.compile(writer));
    }
    List<ConversionStep.Part> parts = new ArrayList<>();
    for (Schema.Field theirs : writer.getFields()) {
      Schema.@Nullable Field ours = reader.getField(theirs.name());
      SkipPlan shape = shapes.compile(theirs.schema());
      if (ours != null) {
        ConversionStep step = resolve(theirs.schema(), ours.schema());
        if (step instanceof ConversionStep.RefusedValue(String reason)) {
          return new ConversionStep.RefusedValue("field " + theirs.name() + ": " + reason);
        }
        parts.add(new ConversionStep.Part(shape, ours.pos(), step));
      } else if (!shape.equals(SkipPlan.Fixed.NOTHING)) {
        parts.add(ConversionStep.Part.skipped(shape));
      }
    }
    for (Schema.Field ours : reader.getFields()) {
      if (writer.getField(ours.name()) == null && !ours.hasDefaultValue()) {
        return new ConversionStep.RefusedValue(
            "found %s without the field %s".formatted(name(writer), ours.name()));
      }
    }
    return ConversionStep.Fields.of(parts, DefaultValues.of(writer, reader));
  }

  private static String name(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> schema.getFullName();
      case ENUM, FIXED -> schema.getType().getName() + " " + schema.getFullName();
      default -> schema.getType().getName();
    };
  }
}
