// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.resolve.ConversionPlan;
import dcos.metrics.codec.resolve.UnresolvableSchemaException;
import dcos.metrics.collector.log.ProgramLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The version of {@code recording.avsc} that a recording was written with, older or newer than this
 * one, and how its events become ours. Immutable.
 */
final class RecordingVersion {
  private static final RecordingVersion OWN = new RecordingVersion(RecordingSchema.text(), null);

  /** Of recordings of all versions, and of few other containers. */
  private static final String NAMESPACE =
      RecordingSchema.NAME.substring(0, RecordingSchema.NAME.lastIndexOf('.'));

  /**
   * Eight times ours. Parsing takes longer than in proportion: 100 times that would take minutes.
   */
  private static final int MAX_SCHEMA_CHARS = 1 << 17;

  // Many readers open the same files, one after another, and comparing schemas takes milliseconds.
  private static final int MAX_KNOWN = 8;
  private static final Map<String, RecordingVersion> known = new ConcurrentHashMap<>();

  private final String schema;
  private final @Nullable ConversionPlan plan;

  private RecordingVersion(String schema, @Nullable ConversionPlan plan) {
    this.schema = schema;
    this.plan = plan;
  }

  /**
   * Compares a container's schema with ours.
   *
   * @param offset where the container begins
   * @throws MalformedContainerException if it is not the schema of a recording
   */
  static RecordingVersion of(String schema, long offset) throws MalformedContainerException {
    if (schema.equals(OWN.schema)) {
      return OWN;
    }
    RecordingVersion version = known.get(schema);
    return version == null ? compare(schema, offset) : version;
  }

  private static RecordingVersion compare(String schema, long offset)
      throws MalformedContainerException {
    if (schema.length() > MAX_SCHEMA_CHARS) {
      throw notARecording(
          offset,
          "its schema has " + schema.length() + " characters, more than " + MAX_SCHEMA_CHARS);
    }
    try {
      String name = ConversionPlan.rootName(schema);
      if (!name.equals(RecordingSchema.NAME)) {
        throw notARecording(
            offset,
            "its schema is of " + ProgramLog.quote(name) + ", not of " + RecordingSchema.NAME);
      }
      ConversionPlan plan = ConversionPlan.of(schema, OWN.schema);
      var version = new RecordingVersion(schema, plan.isIdentity() ? null : plan);
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      known.put(schema, version);
      return version;
    } catch (UnresolvableSchemaException e) {
      throw notARecording(offset, e.reason());
    }
  }

  private static MalformedContainerException notARecording(long offset, String reason) {
    return new MalformedContainerException(offset, "not a recording: " + reason);
  }

  /** Whether a container with this schema is meant as a recording, of whatever version. */
  static boolean isRecording(String schema) {
    if (schema.equals(OWN.schema)) {
      return true;
    }
    if (!schema.contains(NAMESPACE)) {
      return false; // a parser of schemas takes 6 MB
    }
    if (schema.length() > MAX_SCHEMA_CHARS) {
      return true; // refused as one, for its size
    }
    try {
      return ConversionPlan.rootName(schema).equals(RecordingSchema.NAME);
    } catch (UnresolvableSchemaException _) {
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
