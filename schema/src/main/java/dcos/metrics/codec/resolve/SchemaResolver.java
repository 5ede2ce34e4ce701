// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Determines how records of a writer's schema become ours: not at all, as they are, or by a plan.
 * Avro's own resolver decides whether and how they resolve. For one schema.
 */
final class WriterSchemaParser {
  private final ShapeCompiler shapes = new ShapeCompiler();
  // One record may be in many branches of unions: Avro's resolver has one action for it.
  private final IdentityHashMap<Action, Step> steps = new IdentityHashMap<>();
  private int nodes;

  private WriterSchemaParser() {}

  /** Compares a schema's text with ours. */
  static WriterSchema parse(String text) throws UnusableSchemaException {
    SchemaText.checkDepth(text);
    if (CanonicalForm.isOurs(text)) {
      return WriterSchema.passedThrough(text);
    }
    return parse(text, OwnSchema.parsed());
  }

  /**
   * Compares a schema's text with another schema.
   *
   * @param ours a version of ours; its fields may have defaults
   */
  static WriterSchema parse(String text, Schema ours) throws UnusableSchemaException {
    String oursText = SchemaNormalization.toParsingForm(ours);
    return SchemaText.parse(
        text, schema -> new WriterSchemaParser().compare(text, schema, ours, oursText));
  }

  private WriterSchema compare(String text, Schema schema, Schema ours, String oursText)
      throws UnusableSchemaException {
    shapes.compile(schema); // first, because it bounds how deeply all that follows recurses
    if (SchemaNormalization.toParsingForm(schema).equals(oursText)) {
      return WriterSchema.passedThrough(text);
    }
    Step plan = step(Resolver.resolve(schema, ours));
    String refusal = plan.refusal();
    if (refusal != null) {
      throw new UnusableSchemaException(
          "unsupported schema: it does not resolve to dcos.metrics.MetricList: " + refusal);
    }
    return WriterSchema.rewritten(text, plan, nodes + shapes.nodes());
  }

  private Step step(Action action) throws UnusableSchemaException {
    Step known = steps.get(action);
    if (known != null) {
      return known;
    }
    Step made =
        switch (action) {
          case Resolver.ErrorAction error -> new Step.Refused(error.toString());
          case Resolver.DoNothing _, Resolver.Promote _ -> value(action);
          case Resolver.Container array -> new Step.Items(step(array.elementAction));
          case RecordAdjust adjust -> fields(adjust);
          case Resolver.WriterUnion union -> {
            List<Step> branches = new ArrayList<>();
            for (Action branch : union.actions) {
              branches.add(step(branch));
            }
            yield new Step.Choice(List.copyOf(branches));
          }
          default -> throw new IllegalStateException("nothing of ours resolves by " + action.type);
        };
    nodes++;
    steps.put(action, made);
    return made;
  }

  private static Step value(Action action) {
    Schema.Type writer = action.writer.getType();
    return switch (action.reader.getType()) {
      case STRING -> Step.Value.TEXT;
      case LONG ->
          writer == Schema.Type.INT
              ? new Step.Numeric(Step.Numeric.Kind.INT, Step.Numeric.Kind.LONG)
              : Step.Value.LONG;
      case DOUBLE ->
          writer == Schema.Type.DOUBLE
              ? Step.Value.DOUBLE
              : new Step.Numeric(
                  Step.Numeric.Kind.valueOf(writer.name()), Step.Numeric.Kind.DOUBLE);
      default -> throw new IllegalStateException("we have no " + action.reader.getType());
    };
  }

  private Step fields(RecordAdjust adjust) throws UnusableSchemaException {
    List<Step.Part> parts = new ArrayList<>();
    List<Schema.Field> writers = adjust.writer.getFields();
    for (int i = 0; i < writers.size(); i++) {
      Schema.Field writer = writers.get(i);
      Schema.@Nullable Field ours = adjust.reader.getField(writer.name());
      Shape shape = shapes.compile(writer.schema());
      if (ours != null) {
        parts.add(new Step.Part(shape, ours.pos(), step(adjust.fieldActions[i])));
      } else if (!shape.equals(Shape.Fixed.NOTHING)) {
        parts.add(Step.Part.skipped(shape));
      }
    }
    // Avro refuses a record that lacks a field of ours without a default.
    List<Step.Part> missing = Defaults.of(adjust.writer, adjust.reader);
    nodes += parts.size() + missing.size();
    return Step.Fields.of(parts, missing);
  }
}
