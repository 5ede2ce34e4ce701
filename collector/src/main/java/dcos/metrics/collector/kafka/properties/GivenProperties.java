// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import dcos.metrics.collector.settings.KafkaProperty;
import java.util.Map;
import java.util.TreeSet;

/** The properties that were given, for errors about them. Immutable. */
record GivenProperties(Map<String, String> values) {
  GivenProperties {
    values = Map.copyOf(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether an error may quote the value, or a part of it. */
  boolean isShown(String name) {
    return KafkaProperties.isShown(new KafkaProperty(name, values.getOrDefault(name, "")));
  }

  /**
   * An error in one line.
   *
   * @param name of a property, given or not
   * @param allowed its values, as in "must be a whole number"
   */
  IllegalArgumentException refused(String name, String allowed) {
    String value = values.get(name);
    var property = new KafkaProperty(name, value == null ? "" : value);
    String line = property.environmentLine(isShown(name));
    String subject = value == null ? line.substring(0, line.length() - 1) + " is not set" : line;
    return new IllegalArgumentException(subject + " (kafka-property " + name + "): " + allowed);
  }

  /** Without the values, which may be secret. */
  @Override
  public String toString() {
    return "GivenProperties" + new TreeSet<>(values.keySet());
  }
}
