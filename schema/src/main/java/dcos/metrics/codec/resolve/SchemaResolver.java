// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.record.MetricListSchema;
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
final class SchemaResolver {
  private final SkipPlanBuilder shapes = new SkipPlanBuilder();
  // One record may be in many branches of unions: Avro's resolver has one action for it.
  private final IdentityHashMap<Action, ConversionStep> steps = new IdentityHashMap<>();
  private int nodes;

  private SchemaResolver() {}

  /** Compares a schema's text with ours. */
  static WriterSchema parse(String text) throws UnresolvableSchemaException {
    SchemaTextParser.checkDepth(text);
    if (CanonicalForm.isOurs(text)) {
      return WriterSchema.passedThrough(text);
    }
    return parse(text, MetricListSchema.parsed());
  }

  /**
   * Compares a schema's text with another schema.
   *
   * @param ours a version of ours; its fields may have defaults
   */
  static WriterSchema parse(String text, Schema ours) throws UnresolvableSchemaException {
    String oursText = SchemaNormalization.toParsingForm(ours);
    return SchemaTextParser.parse(
        text, schema -> new SchemaResolver().compare(text, schema, ours, oursText));
  }

  private WriterSchema compare(String text, Schema schema, Schema ours, String oursText)
      throws UnresolvableSchemaException {
    shapes.compile(schema); // first, because it bounds how deeply all that follows recurses
    if (SchemaNormalization.toParsingForm(schema).equals(oursText)) {
      return WriterSchema.passedThrough(text);
    }
    ConversionStep plan = step(Resolver.resolve(schema, ours));
    String refusal = plan.refusal();
    if (refusal != null) {
      throw new UnresolvableSchemaException(
          "unsupported schema: it does not resolve to dcos.metrics.MetricList: " + refusal);
    }
    return WriterSchema.rewritten(text, plan, nodes + shapes.nodes());
  }

  private ConversionStep step(Action action) throws UnresolvableSchemaException {
    ConversionStep known = steps.get(action);
    if (known != null) {
      return known;
    }
    ConversionStep made =
        switch (action) {
          case Resolver.ErrorAction error -> new ConversionStep.RefusedValue(error.toString());
          case Resolver.DoNothing _, Resolver.Promote _ -> value(action);
          case Resolver.Container array -> new ConversionStep.Items(step(array.elementAction));
          case RecordAdjust adjust -> fields(adjust);
          case Resolver.WriterUnion union -> {
            List<ConversionStep> branches = new ArrayList<>();
            for (Action branch : union.actions) {
              branches.add(step(branch));
            }
            yield new ConversionStep.Choice(List.copyOf(branches));
          }
          default -> throw new IllegalStateException("nothing of ours resolves by " + action.type);
        };
    nodes++;
    steps.put(action, made);
    return made;
  }

  private static ConversionStep value(Action action) {
    Schema.Type writer = action.writer.getType();
    return switch (action.reader.getType()) {
      case STRING -> ConversionStep.Value.TEXT;
      case LONG ->
          writer == Schema.Type.INT
              ? new ConversionStep.Numeric(
                  ConversionStep.Numeric.Kind.INT, ConversionStep.Numeric.Kind.LONG)
              : ConversionStep.Value.LONG;
      case DOUBLE ->
          writer == Schema.Type.DOUBLE
              ? ConversionStep.Value.DOUBLE
              : new ConversionStep.Numeric(
                  ConversionStep.Numeric.Kind.valueOf(writer.name()),
                  ConversionStep.Numeric.Kind.DOUBLE);
      default -> throw new IllegalStateException("we have no " + action.reader.getType());
    };
  }

  private ConversionStep fields(RecordAdjust adjust) throws UnresolvableSchemaException {
    List<ConversionStep.Part> parts = new ArrayList<>();
    List<Schema.Field> writers = adjust.writer.getFields();
    for (int i = 0; i < writers.size(); i++) {
      Schema.Field writer = writers.get(i);
      Schema.@Nullable Field ours = adjust.reader.getField(writer.name());
      SkipPlan shape = shapes.compile(writer.schema());
      if (ours != null) {
        parts.add(new ConversionStep.Part(shape, ours.pos(), step(adjust.fieldActions[i])));
      } else if (!shape.equals(SkipPlan.Fixed.NOTHING)) {
        parts.add(ConversionStep.Part.skipped(shape));
      }
    }
    // Avro refuses a record that lacks a field of ours without a default.
    List<ConversionStep.Part> missing = DefaultValues.of(adjust.writer, adjust.reader);
    nodes += parts.size() + missing.size();
    return ConversionStep.Fields.of(parts, missing);
  }
}
