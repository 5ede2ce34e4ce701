// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

/** Schemas of other writers, put together from fields. */
final class Foreign {
  static final String TAGS =
      """
      {"name":"tags","type":{"type":"array","items":{"type":"record","name":"Tag","fields":[\
      {"name":"key","type":"string"},{"name":"value","type":"string"}]}}}""";
  static final String DATAPOINTS =
      """
      {"name":"datapoints","type":{"type":"array","items":{"type":"record","name":"Datapoint",\
      "fields":[{"name":"name","type":"string"},{"name":"time_ms","type":"long"},\
      {"name":"value","type":"double"}]}}}""";
  static final String TOPIC = "{\"name\":\"topic\",\"type\":\"string\"}";

  private Foreign() {}

  /** A MetricList of these fields. */
  static String record(String... fields) {
    return "{\"type\":\"record\",\"name\":\"MetricList\",\"namespace\":\"dcos.metrics\","
        + "\"fields\":["
        + String.join(",", fields)
        + "]}";
  }
}
