// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.ConversionPlan;
import dcos.metrics.codec.MalformedContainerException;
import dcos.metrics.codec.UnusableSchemaException;
import org.jspecify.annotations.Nullable;

/**
 * The version of {@code recording.avsc} that a recording was written with, older or newer than this
 * one, and how its events become ours. Immutable.
 */
final class RecordingVersion {
  private static final RecordingVersion OWN = new RecordingVersion(RecordingSchema.text(), null);

  /** Of all recordings of whatever version, and of few other containers. */
  private static final String NAMESPACE =
      RecordingSchema.NAME.substring(0, RecordingSchema.NAME.lastIndexOf('.'));

  // Many readers open the same file, one after another, and comparing schemas takes milliseconds.
  private static volatile RecordingVersion last = OWN;

  private final String schema;
  private final @Nullable ConversionPlan plan;

  private RecordingVersion(String schema, @Nullable ConversionPlan plan) {
    this.schema = schema;
    this.plan = plan;
  }

  /**
   * Compares a container's schema with ours.
   *
   * @throws MalformedContainerException if it is not the schema of a recording
   */
  static RecordingVersion of(String schema) throws MalformedContainerException {
    if (schema.equals(OWN.schema)) {
      return OWN;
    }
    RecordingVersion known = last;
    if (schema.equals(known.schema)) {
      return known;
    }
    try {
      ConversionPlan plan = ConversionPlan.of(schema, OWN.schema);
      var version = new RecordingVersion(schema, plan.isIdentity() ? null : plan);
      last = version;
      return version;
    } catch (UnusableSchemaException e) {
      throw new MalformedContainerException(0, "not a recording: " + e.reason());
    }
  }

  /** Whether a container with this schema is meant as a recording, of whatever version. */
  static boolean isRecording(String schema) {
    // Without the name there is no need to load a parser of schemas, which takes 6 MB.
    if (schema.equals(OWN.schema) || !schema.contains(NAMESPACE)) {
      return schema.equals(OWN.schema);
    }
    try {
      return ConversionPlan.rootName(schema).equals(RecordingSchema.NAME);
    } catch (UnusableSchemaException _) {
      return false;
    }
  }

  /** The events of a block. */
  EventBlock block(byte[] bytes, boolean withBodies) {
    return plan == null
        ? new EventBlock.Own(bytes, withBodies)
        : new EventBlock.Converted(plan.converter(bytes, EventReader.MAX_BLOCK_BYTES), withBodies);
  }
}
