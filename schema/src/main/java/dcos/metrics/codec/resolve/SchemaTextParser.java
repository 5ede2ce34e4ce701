// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Parses the texts of schemas that others wrote, without trusting how deeply they nest. */
final class SchemaTextParser {
  /** No schema in use comes near; each level is some frames of a small stack. */
  static final int MAX_JSON_DEPTH = 64;

  private static final long STACK_BYTES = 1 << 20;

  /** A type that names another takes 60 characters, and the parser 1.5 KB to follow it. */
  private static final long STACK_BYTES_PER_CHAR = 64;

  private SchemaTextParser() {}

  /** What to do with a parsed schema, on the thread that parsed it. */
  @FunctionalInterface
  interface Use<T> {
    T apply(Schema schema) throws UnresolvableSchemaException;
  }

  /**
   * Parses a text and uses the schema, on a separate thread: types can also nest by their names,
   * the parser recurses into them, and a text of 64 KB nests a thousand. A stack that overflows in
   * a library can leave its classes unusable, so it has to be large enough.
   *
   * @throws UnresolvableSchemaException if the text is not a schema, or the use refuses it
   */
  static <T> T parse(String text, Use<T> use) throws UnresolvableSchemaException {
    checkDepth(text);
    var task = new FutureTask<>(() -> use.apply(avroSchema(text)));
    long stackBytes = STACK_BYTES + STACK_BYTES_PER_CHAR * text.length();
    new Thread(null, task, "schema-parser", stackBytes).start();
    return await(task);
  }

  private static <T> T await(FutureTask<T> task) throws UnresolvableSchemaException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true; // it takes milliseconds
        } catch (ExecutionException e) {
          if (e.getCause() instanceof UnresolvableSchemaException unusable) {
            throw unusable;
          }
          if (e.getCause() instanceof AvroRuntimeException unresolvable) {
            throw new UnresolvableSchemaException("invalid schema: " + unresolvable.getMessage());
          }
          throw new IllegalStateException("a schema could not be compared", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Schema avroSchema(String text) throws UnresolvableSchemaException {
    try {
      // Defaults are for readers: a wrong one in a writer's schema does no harm.
      return new Schema.Parser().setValidateDefaults(false).parse(text);
    } catch (RuntimeException e) {
      // Most are AvroRuntimeExceptions, but not all: odd JSON makes the parser fail in other ways.
      throw new UnresolvableSchemaException("invalid schema: " + e.getMessage());
    }
  }

  /** Bounds the nesting of the text, before a parser recurses into it. */
  static void checkDepth(String text) throws UnresolvableSchemaException {
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
          throw new UnresolvableSchemaException(
              "invalid schema: its JSON nests deeper than " + MAX_JSON_DEPTH);
        }
      } else if (!quoted && (c == '}' || c == ']')) {
        depth--;
      }
    }
  }
}
