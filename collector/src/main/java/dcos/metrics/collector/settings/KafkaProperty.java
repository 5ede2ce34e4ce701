// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import dcos.metrics.collector.log.ProgramLog;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting of the Kafka client itself, as in {@code ssl.truststore.location=/etc/trust.p12}.
 *
 * @param name as Kafka documents it
 */
public record KafkaProperty(String name, String value) {
  static final OptionType<KafkaProperty> TYPE =
      new OptionType<>(
          "NAME=VALUE",
          "NAME=VALUE with a name of letters, digits, '.', '_' and '-'",
          KafkaProperty::parse);

  private static final String PREFIX = "KAFKA_OVERRIDE_";
  private static final Pattern REVERSIBLE = Pattern.compile("[a-z0-9.]+");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

  public KafkaProperty {
    requireName(name);
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a Kafka property");
    }
  }

  /** Reads {@code NAME=VALUE}. */
  public static KafkaProperty parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("must be NAME=VALUE");
    }
    return new KafkaProperty(text.substring(0, equals), text.substring(equals + 1));
  }

  /**
   * The line of an environment that would set it.
   *
   * @param shown whether the value may be printed; asterisks stand for it otherwise
   */
  public String environmentLine(boolean shown) {
    String printable = shown || value.isEmpty() ? ProgramLog.escape(value) : Option.MASK;
    // What a variable's name cannot be turned back into, in the option that takes every name.
    return REVERSIBLE.matcher(name).matches()
        ? variable(name) + "=" + printable
        : Options.KAFKA_PROPERTY.environmentName() + "=" + name + "=" + printable;
  }

  /** The variable that sets a property of letters, digits and dots. */
  static String variable(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** The property that a variable sets; empty if it sets none. */
  static Optional<String> nameOf(String variable) {
    return variable.startsWith(PREFIX)
        ? Optional.of(
            variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'))
        : Optional.empty();
  }

  /** Without the value, which may be secret. */
  @Override
  public String toString() {
    return name + "=" + (value.isEmpty() ? "" : Option.MASK);
  }
}
