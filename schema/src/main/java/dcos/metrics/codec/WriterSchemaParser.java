// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Resolver.RecordAdjust;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how records of a writer's schema become ours: not at all, as they are, or by a plan.
 * Whether and how they resolve is what Avro's own resolver says. For one schema.
 */
final class WriterSchemaParser {
  /** No schema in use comes near; each level is some frames of a small stack. */
  static final int MAX_JSON_DEPTH = 64;

  private static final long STACK_BYTES = 1 << 20;

  /** A type that names another takes 60 characters, and the parser 1.5 KB to follow it. */
  private static final long STACK_BYTES_PER_CHAR = 64;

  private final ShapeCompiler shapes = new ShapeCompiler();
  // One record may stand in many branches of unions: Avro's resolver has one action for it.
  private final IdentityHashMap<Action, Step> steps = new IdentityHashMap<>();
  private int nodes;

  private WriterSchemaParser() {}

  /**
   * Reads a schema's text and compares it with ours, on a thread of its own: types can also nest by
   * their names, the parser recurses into them, and a text of 64 KB nests a thousand. A stack that
   * overflows in a library can leave its classes unusable, so it has to be large enough.
   */
  static WriterSchema parse(String text) throws UnusableSchemaException {
    checkDepth(text);
    if (CanonicalForm.isOurs(text)) {
      return WriterSchema.passedThrough(text);
    }
    var task = new FutureTask<>(() -> new WriterSchemaParser().compare(text, avroSchema(text)));
    long stackBytes = STACK_BYTES + STACK_BYTES_PER_CHAR * text.length();
    new Thread(null, task, "schema-parser", stackBytes).start();
    return await(task);
  }

  private static WriterSchema await(FutureTask<WriterSchema> task) throws UnusableSchemaException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true; // it takes milliseconds
        } catch (ExecutionException e) {
          if (e.getCause() instanceof UnusableSchemaException unusable) {
            throw unusable;
          }
          if (e.getCause() instanceof AvroRuntimeException unresolvable) {
            throw new UnusableSchemaException("invalid schema: " + unresolvable.getMessage());
          }
          throw new IllegalStateException("comparing a schema with ours failed", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Schema avroSchema(String text) throws UnusableSchemaException {
    try {
      // Defaults are for readers: a wrong one in a writer's schema does no harm.
      return new Schema.Parser().setValidateDefaults(false).parse(text);
    } catch (RuntimeException e) {
      // Most are AvroRuntimeExceptions, but not all: of odd JSON the parser trips over itself.
      throw new UnusableSchemaException("invalid schema: " + e.getMessage());
    }
  }

  private WriterSchema compare(String text, Schema schema) throws UnusableSchemaException {
    shapes.compile(schema); // first, because it bounds how deeply all that follows recurses
    if (SchemaNormalization.toParsingForm(schema).equals(OwnSchema.TEXT)) {
      return WriterSchema.passedThrough(text);
    }
    Step plan = step(Resolver.resolve(schema, OwnSchema.parsed()));
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
    return switch (action.reader.getType()) {
      case STRING -> Step.Value.TEXT;
      case LONG -> action.writer.getType() == Schema.Type.INT ? Step.Value.INT : Step.Value.LONG;
      case DOUBLE ->
          switch (action.writer.getType()) {
            case INT -> Step.Value.INT_TO_DOUBLE;
            case LONG -> Step.Value.LONG_TO_DOUBLE;
            case FLOAT -> Step.Value.FLOAT_TO_DOUBLE;
            default -> Step.Value.DOUBLE;
          };
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
      } else if (!shape.equals(Shape.NOTHING)) {
        parts.add(new Step.Part(shape, Step.Part.SKIPPED, null));
      }
    }
    nodes += parts.size();
    return Step.Fields.of(parts);
  }

  /** Bounds the nesting of the text, before a parser recurses into it. */
  private static void checkDepth(String text) throws UnusableSchemaException {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[')) {
        depth++;
        if (depth > MAX_JSON_DEPTH) {
          throw new UnusableSchemaException(
              "invalid schema: its JSON nests deeper than " + MAX_JSON_DEPTH);
        }
      } else if (!quoted && (c == '}' || c == ']')) {
        depth--;
      }
    }
  }
}
