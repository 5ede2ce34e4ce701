// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import org.apache.avro.Schema;

/**
 * How values of one version of a schema become values of another, older or newer. Fields, symbols
 * and branches are matched by name:
 *
 * <ul>
 *   <li>A field that the writer lacks has its default; one that the reader lacks is left out.
 *   <li>A symbol that the reader lacks becomes the default of its enum.
 *   <li>A branch that the reader's union lacks becomes the branch with the property {@code
 *       "unknown": true}, whose only field, a string, is set to the name of the writer's branch; or
 *       null where there is such a branch. Otherwise the whole value is skipped.
 *   <li>Numbers are promoted, and narrowed where they fit; fractions are rounded. What holds a
 *       number that does not fit is treated as an unknown branch is, or skipped as a whole.
 * </ul>
 *
 * Immutable.
 */
public final class ConversionPlan {
  private final SkipPlan shape;
  private final ConversionStep step;

  private ConversionPlan(SkipPlan shape, ConversionStep step) {
    this.shape = shape;
    this.step = step;
  }

  /**
   * Compares two schemas.
   *
   * @param writer JSON, not trusted
   * @param reader JSON of a schema whose types do not contain themselves
   * @throws UnresolvableSchemaException if no value of the writer's can be read
   */
  public static ConversionPlan of(String writer, String reader) throws UnresolvableSchemaException {
    return SchemaTextParser.parse(
        writer,
        schema -> {
          var shapes = new SkipPlanBuilder();
          SkipPlan shape = shapes.compile(schema);
          Schema ours = new Schema.Parser().parse(reader);
          ConversionStep step = new SchemaVersionResolver(shapes).resolve(schema, ours);
          String refusal = step.refusal();
          if (refusal != null) {
            throw new UnresolvableSchemaException("unsupported schema: " + refusal);
          }
          return new ConversionPlan(shape, step);
        });
  }

  /**
   * The full name of a schema's record; for another schema, its type.
   *
   * @param schema JSON, not trusted
   * @throws UnresolvableSchemaException if it is not a schema
   */
  public static String rootName(String schema) throws UnresolvableSchemaException {
    return SchemaTextParser.parse(
        schema,
        root ->
            root.getType() == Schema.Type.RECORD ? root.getFullName() : root.getType().getName());
  }

  /** Whether both encodings are the same, so that there is nothing to convert. */
  public boolean isIdentity() {
    return step instanceof ConversionStep.Copied;
  }

  /**
   * Converts the values of one block.
   *
   * @param limit the largest value in the reader's encoding, in bytes
   */
  public BlockConverter converter(byte[] block, int limit) {
    return new BlockConverter(shape, step, block, limit);
  }
}
