// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.util.HashMap;
import java.util.Map;

/**
 * Builds settings for a test, which names only the options that differ from the defaults. Texts and
 * defaults are parsed and put together by the code that reads a command line. Immutable.
 */
public final class TestSettings {
  private final Map<Option<?>, Object> changed;
  private final Map<String, String> kafkaProperties;

  private TestSettings(Map<Option<?>, Object> changed, Map<String, String> kafkaProperties) {
    this.changed = Map.copyOf(changed);
    this.kafkaProperties = Map.copyOf(kafkaProperties);
  }

  /** The default of every option. */
  public static TestSettings defaults() {
    return new TestSettings(Map.of(), Map.of());
  }

  /**
   * The same with another value for an option.
   *
   * @param text as on a command line
   * @throws IllegalArgumentException if the option does not allow it
   */
  public <T> TestSettings with(Option<T> option, String text) {
    return withValue(option, option.parse(text));
  }

  /**
   * The same with another number for an option.
   *
   * @param number as on a command line, in the unit of the option
   * @throws IllegalArgumentException if the option does not allow it
   */
  public TestSettings with(Option<?> option, long number) {
    return with(option, Long.toString(number));
  }

  /**
   * The same with a value that no text stands for, such as a fraction of the option's unit.
   *
   * @param value as in {@link Settings}: a size in bytes, whatever the option's unit
   */
  public <T> TestSettings withValue(Option<T> option, T value) {
    Map<Option<?>, Object> more = new HashMap<>(changed);
    more.put(option, value);
    return new TestSettings(more, kafkaProperties);
  }

  /** The same with exactly these properties of the Kafka client. */
  public TestSettings withKafkaProperties(Map<String, String> properties) {
    return new TestSettings(changed, properties);
  }

  /**
   * Builds them.
   *
   * @throws IllegalArgumentException if the values are not allowed together
   */
  public Settings build() {
    try {
      return new SettingsReader(this::value, kafkaProperties).settings();
    } catch (InvalidSettingsException e) {
      throw new IllegalStateException("every value was parsed before", e);
    }
  }

  @SuppressWarnings("unchecked") // withValue takes only what the option's type allows
  private <T> T value(Option<T> option) {
    Object value = changed.get(option);
    return value == null ? option.parse(option.defaultText()) : (T) value;
  }
}
