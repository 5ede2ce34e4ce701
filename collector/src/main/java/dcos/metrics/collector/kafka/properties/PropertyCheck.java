// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import dcos.metrics.collector.log.ProgramLog;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * Refuses properties that can never work. Touches no network, and runs no code of plugins but that
 * of configuration providers, which the values come from: a failure that the network could cause is
 * none of these.
 */
final class PropertyCheck {
  // As the client's validators print themselves.
  private static final Pattern RANGE =
      Pattern.compile(
          "\\[(?<from>-?[0-9.]*[0-9])?,?\\.\\.\\.,?(?<to>-?[0-9.]*[0-9])?\\](?<others> or -?[0-9]+)?");
  private static final Pattern WORDS =
      Pattern.compile("(?:\\(case insensitive\\) )?\\[([A-Za-z0-9_-]+(?:, [A-Za-z0-9_-]+)*)\\]");

  private PropertyCheck() {}

  /**
   * Checks what a producer would check, and what it would fail with at every connection.
   *
   * @param all properties of a producer
   * @param given those of them that a user gave
   * @throws IllegalArgumentException in one line, naming the property, its value unless it may be
   *     secret, and what is allowed
   */
  static void check(Map<String, Object> all, Map<String, String> given) {
    var names = new GivenProperties(given);
    if (names.has(ProducerConfig.TRANSACTIONAL_ID_CONFIG)) {
      throw names.refused(
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          "is not allowed, messages are sent without transactions");
    }
    ClassCheck.checkConfigProviders(names);
    AbstractConfig config = typed(all, names);
    checkTimeouts(config, names);
    ClassCheck.check(config, names);
    SecurityProtocol protocol =
        SecurityProtocol.forName(
            config
                .getString(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)
                .toUpperCase(Locale.ROOT));
    switch (protocol) {
      case PLAINTEXT -> {}
      case SSL -> TlsCheck.check(config.values(), names);
      case SASL_PLAINTEXT -> SaslCheck.check(config.values(), names);
      case SASL_SSL -> {
        TlsCheck.check(config.values(), names);
        SaslCheck.check(config.values(), names);
      }
    }
  }

  /** With values of the types that the client wants. */
  private static AbstractConfig typed(Map<String, Object> all, GivenProperties given) {
    try {
      return new ProducerConfig(all);
    } catch (ConfigException e) {
      throw refusal(e, given);
    }
  }

  /** Names the property, which the exception does only within its text. */
  private static IllegalArgumentException refusal(ConfigException e, GivenProperties given) {
    ConfigDef definition = ProducerConfig.configDef();
    for (Map.Entry<String, String> property : new TreeMap<>(given.values()).entrySet()) {
      ConfigKey key = definition.configKeys().get(property.getKey());
      if (key != null && !isAllowed(key, property.getValue())) {
        return given.refused(key.name, "must be " + allowed(key));
      }
    }
    String message = ProgramLog.masked(String.valueOf(e.getMessage()));
    // Properties that contradict each other: the message names them.
    return given.values().keySet().stream()
        .sorted()
        .filter(message::contains)
        .findFirst()
        .map(name -> given.refused(name, "the Kafka client refuses it: " + message))
        .orElseGet(() -> new IllegalArgumentException("kafka-property: " + message));
  }

  private static boolean isAllowed(ConfigKey key, String value) {
    if (value.contains("${")) {
      return true; // a configuration provider of the client replaces it
    }
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return true;
    } catch (ConfigException _) {
      return false;
    }
  }

  private static String allowed(ConfigKey key) {
    String type =
        switch (key.type) {
          case BOOLEAN -> "true or false";
          case INT, SHORT, LONG -> "a whole number";
          case DOUBLE -> "a number";
          case LIST -> "a list without empty elements, separated by commas";
          case CLASS -> "the name of a class of the class path";
          case STRING, PASSWORD -> "a text";
        };
    // What a validator prints of itself never has the value; some print only their class.
    String rule = String.valueOf(key.validator);
    Matcher range = RANGE.matcher(rule);
    if (range.matches()) {
      String from = range.group("from") == null ? "" : " from " + range.group("from");
      String to = range.group("to") == null ? "" : " to " + range.group("to");
      return type + from + to + Objects.requireNonNullElse(range.group("others"), "");
    }
    Matcher words = WORDS.matcher(rule);
    return words.matches() ? "one of " + words.group(1) : type;
  }

  private static void checkTimeouts(AbstractConfig config, GivenProperties given) {
    long delivery = config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    long linger = config.getLong(ProducerConfig.LINGER_MS_CONFIG);
    long request = config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    if (delivery < Math.min(linger + request, Integer.MAX_VALUE)) {
      throw given.refused(
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          "must be at least kafka-flush-ms plus request.timeout.ms, which are "
              + linger
              + " and "
              + request);
    }
  }
}
