// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A setting of the Kafka client itself, as in {@code ssl.truststore.location=/etc/trust.p12}.
 *
 * @param name as Kafka documents it
 */
public record KafkaProperty(String name, String value) {
  static final ValueType<KafkaProperty> TYPE =
      new ValueType<>(
          "NAME=VALUE",
          "NAME=VALUE with a name of letters, digits, '.', '_' and '-'",
          KafkaProperty::parse);

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");
  // Parts of the names, or of the values (a URL, a JAAS line), that hold what must stay unseen.
  private static final List<String> TELLTALES =
      List.of("password", "passwd", "passphrase", "secret", "jaas", "token", "credential");

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

  /** Whether the value must not be printed. When in doubt it is. */
  public boolean isSecret() {
    String lowerName = name.toLowerCase(Locale.ROOT);
    String lowerValue = value.toLowerCase(Locale.ROOT);
    return lowerName.endsWith(".key")
        || lowerValue.contains("private key")
        || TELLTALES.stream()
            .anyMatch(word -> lowerName.contains(word) || lowerValue.contains(word));
  }

  /** The value, or asterisks for a secret. */
  public String printableValue() {
    return isSecret() ? Option.MASK : value;
  }

  @Override
  public String toString() {
    return name + "=" + printableValue();
  }
}
