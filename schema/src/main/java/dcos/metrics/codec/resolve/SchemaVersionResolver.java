// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

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
final class NamedResolver {
  /** The property of a record in a union that takes the values of unknown branches. */
  static final String UNKNOWN = "unknown";

  /** Of a name that is kept for each value. */
  private static final int MAX_NAME = 100;

  private final ShapeCompiler shapes;
  private int depth;

  NamedResolver(ShapeCompiler shapes) {
    this.shapes = shapes;
  }

  /**
   * How values of the writer's type become values of the reader's.
   *
   * @throws UnusableSchemaException if types nest too deeply
   */
  Step resolve(Schema writer, Schema reader) throws UnusableSchemaException {
    if (depth == ShapeCompiler.MAX_DEPTH) {
      throw new UnusableSchemaException(
          "invalid schema: its types nest deeper than " + ShapeCompiler.MAX_DEPTH);
    }
    depth++;
    Step step = make(writer, reader);
    depth--;
    return step;
  }

  private Step make(Schema writer, Schema reader) throws UnusableSchemaException {
    if (writer.getType() == Schema.Type.UNION) {
      List<Step> branches = new ArrayList<>();
      for (Schema branch : writer.getTypes()) {
        branches.add(resolve(branch, reader));
      }
      return new Step.Choice(List.copyOf(branches));
    }
    if (reader.getType() == Schema.Type.UNION) {
      return branch(writer, reader);
    }
    if (!isSame(writer, reader)) {
      return promoted(writer, reader);
    }
    return switch (reader.getType()) {
      case NULL, BOOLEAN, INT, FLOAT, FIXED -> new Step.Copied(shapes.compile(writer));
      case LONG -> Step.Value.LONG;
      case DOUBLE -> Step.Value.DOUBLE;
      case STRING, BYTES -> Step.Value.TEXT;
      case ENUM -> symbols(writer, reader);
      case ARRAY -> new Step.Items(resolve(writer.getElementType(), reader.getElementType()));
      case MAP ->
          Step.Items.ofMap(
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

  private static Step promoted(Schema writer, Schema reader) {
    Step.Numeric.@Nullable Kind from = numberKind(writer);
    Step.Numeric.@Nullable Kind to = numberKind(reader);
    if (from != null && to != null) {
      return new Step.Numeric(from, to);
    }
    if (isText(writer) && isText(reader)) {
      return Step.Value.TEXT;
    }
    return new Step.Refused("found %s, expected %s".formatted(name(writer), name(reader)));
  }

  private static Step.Numeric.@Nullable Kind numberKind(Schema schema) {
    return switch (schema.getType()) {
      case INT -> Step.Numeric.Kind.INT;
      case LONG -> Step.Numeric.Kind.LONG;
      case FLOAT -> Step.Numeric.Kind.FLOAT;
      case DOUBLE -> Step.Numeric.Kind.DOUBLE;
      default -> null;
    };
  }

  private static boolean isText(Schema schema) {
    return schema.getType() == Schema.Type.STRING || schema.getType() == Schema.Type.BYTES;
  }

  private Step branch(Schema writer, Schema reader) throws UnusableSchemaException {
    Step known = null;
    List<Schema> branches = reader.getTypes();
    for (int i = 0; i < branches.size() && known == null; i++) {
      if (isSame(writer, branches.get(i))) {
        known = new Step.Branch(i, resolve(writer, branches.get(i)));
      }
    }
    for (int i = 0; i < branches.size() && known == null; i++) {
      Step promoted = promoted(writer, branches.get(i));
      if (promoted.refusal() == null) {
        known = new Step.Branch(i, promoted);
      }
    }
    Step.@Nullable Constant unknown = unknown(writer, reader);
    String refusal = known == null ? "no branch for " + name(writer) : known.refusal();
    if (known == null || refusal != null) {
      return unknown == null ? new Step.Refused(String.valueOf(refusal)) : unknown;
    }
    return unknown != null && known.mayRefuse() ? new Step.OrElse(known, unknown) : known;
  }

  /** What a value becomes for which the union has no branch; null if there is nothing. */
  private Step.@Nullable Constant unknown(Schema writer, Schema union)
      throws UnusableSchemaException {
    List<Schema> branches = union.getTypes();
    for (int i = 0; i < branches.size(); i++) {
      Schema branch = branches.get(i);
      if (Boolean.TRUE.equals(branch.getObjectProp(UNKNOWN))) {
        if (branch.getFields().size() != 1 || !isText(branch.getFields().getFirst().schema())) {
          throw new IllegalArgumentException(
              branch.getFullName() + " must have one field, a string");
        }
        var sink = new ByteSink();
        sink.putLong(i);
        sink.putText(OneLine.of(writer.getName(), MAX_NAME));
        return new Step.Constant(shapes.compile(writer), sink.toByteArray());
      }
    }
    for (int i = 0; i < branches.size(); i++) {
      if (branches.get(i).getType() == Schema.Type.NULL) {
        var sink = new ByteSink();
        sink.putLong(i);
        return new Step.Constant(shapes.compile(writer), sink.toByteArray());
      }
    }
    return null;
  }

  private static Step symbols(Schema writer, Schema reader) {
    List<String> theirs = writer.getEnumSymbols();
    int[] ours = new int[theirs.size()];
    for (int i = 0; i < ours.length; i++) {
      String symbol = theirs.get(i);
      ours[i] =
          reader.hasEnumSymbol(symbol)
              ? reader.getEnumOrdinal(symbol)
              : reader.getEnumDefault() == null
                  ? Step.Symbols.NONE
                  : reader.getEnumOrdinal(reader.getEnumDefault());
    }
    return new Step.Symbols(ours);
  }

  private Step record(Schema writer, Schema reader) throws UnusableSchemaException {
    if (SchemaNormalization.toParsingForm(writer)
        .equals(SchemaNormalization.toParsingForm(reader))) {
      return new Step.Copied(shapes.compile(writer));
    }
    List<Step.Part> parts = new ArrayList<>();
    for (Schema.Field theirs : writer.getFields()) {
      Schema.@Nullable Field ours = reader.getField(theirs.name());
      Shape shape = shapes.compile(theirs.schema());
      if (ours != null) {
        Step step = resolve(theirs.schema(), ours.schema());
        if (step instanceof Step.Refused(String reason)) {
          return new Step.Refused("field " + theirs.name() + ": " + reason);
        }
        parts.add(new Step.Part(shape, ours.pos(), step));
      } else if (!shape.equals(Shape.Fixed.NOTHING)) {
        parts.add(Step.Part.skipped(shape));
      }
    }
    for (Schema.Field ours : reader.getFields()) {
      if (writer.getField(ours.name()) == null && !ours.hasDefaultValue()) {
        return new Step.Refused(
            "found %s without the field %s".formatted(name(writer), ours.name()));
      }
    }
    return Step.Fields.of(parts, Defaults.of(writer, reader));
  }

  private static String name(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> schema.getFullName();
      case ENUM, FIXED -> schema.getType().getName() + " " + schema.getFullName();
      default -> schema.getType().getName();
    };
  }
}
