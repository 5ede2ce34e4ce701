// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import org.apache.avro.Schema;

/** The schema of {@code MetricList}. */
public final class MetricListSchema {
  /**
   * In Avro's parsing canonical form: what we write into headers, and what other schemas are
   * compared with. A constant, because parsing it costs a small machine part of its start.
   */
  public static final String TEXT =
      """
      {"name":"dcos.metrics.MetricList","type":"record","fields":[\
      {"name":"topic","type":"string"},\
      {"name":"tags","type":{"type":"array","items":\
      {"name":"dcos.metrics.Tag","type":"record","fields":[\
      {"name":"key","type":"string"},\
      {"name":"value","type":"string"}]}}},\
      {"name":"datapoints","type":{"type":"array","items":\
      {"name":"dcos.metrics.Datapoint","type":"record","fields":[\
      {"name":"name","type":"string"},\
      {"name":"time_ms","type":"long"},\
      {"name":"value","type":"double"}]}}}]}""";

  /** The fewest bytes of a record: no topic, no tags, no datapoints. */
  public static final int MIN_RECORD_BYTES = 3;

  /** The fewest bytes of a tag: two empty strings. */
  static final int MIN_TAG_BYTES = 2;

  /** The fewest bytes of a datapoint: an empty name, a short time and a double. */
  static final int MIN_DATAPOINT_BYTES = 10;

  private MetricListSchema() {}

  /** Parsed when it is first needed: for schemas that are not ours. */
  public static Schema parsed() {
    return Parsed.SCHEMA;
  }

  private static final class Parsed {
    private static final Schema SCHEMA = new Schema.Parser().parse(TEXT);
  }
}
