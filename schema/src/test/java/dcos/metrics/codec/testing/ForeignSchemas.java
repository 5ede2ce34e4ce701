// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.testing;

/** Schemas of other writers, put together from fields. */
public final class ForeignSchemas {
  public static final String TAGS =
      """
      {"name":"tags","type":{"type":"array","items":{"type":"record","name":"Tag","fields":[\
      {"name":"key","type":"string"},{"name":"value","type":"string"}]}}}""";
  public static final String DATAPOINTS =
      """
      {"name":"datapoints","type":{"type":"array","items":{"type":"record","name":"Datapoint",\
      "fields":[{"name":"name","type":"string"},{"name":"time_ms","type":"long"},\
      {"name":"value","type":"double"}]}}}""";
  public static final String TOPIC = "{\"name\":\"topic\",\"type\":\"string\"}";

  private ForeignSchemas() {}

  /** A MetricList of these fields. */
  public static String record(String... fields) {
    return "{\"type\":\"record\",\"name\":\"MetricList\",\"namespace\":\"dcos.metrics\","
        + "\"fields\":["
        + String.join(",", fields)
        + "]}";
  }
}
