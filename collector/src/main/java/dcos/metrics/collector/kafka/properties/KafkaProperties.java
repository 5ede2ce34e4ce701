// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.properties;

import dcos.metrics.collector.log.SecretMask;
import dcos.metrics.collector.settings.KafkaProperty;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/**
 * The Kafka client's properties: which values may be printed, and which can never work. Loads the
 * client.
 */
public final class KafkaProperties {
  // In a value that is not a secret as a whole, such as a URL or a line of another property.
  private static final Pattern URL_WITH_MORE_THAN_A_PATH = Pattern.compile("(?s).*://.*[?#].*");
  private static final Pattern ASSIGNED_SECRET =
      Pattern.compile(
          "(?s).*(pass|pwd|secret|token|credential|api[-_.]?key)\\w*[\"']?\\s*[=:].*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("(?s).*private key.*", Pattern.CASE_INSENSITIVE);

  private KafkaProperties() {}

  /**
   * Whether the value may be printed: the client knows the property, does not take it for a
   * password, and the value has nothing in it that looks like one.
   */
  public static boolean isShown(KafkaProperty property) {
    ConfigKey key = ProducerConfig.configDef().configKeys().get(property.name());
    return key != null
        && key.type() != ConfigDef.Type.PASSWORD
        && SecretMask.userInfo(property.value()).equals(property.value())
        && !URL_WITH_MORE_THAN_A_PATH.matcher(property.value()).matches()
        && !ASSIGNED_SECRET.matcher(property.value()).matches()
        && !PRIVATE_KEY.matcher(property.value()).matches();
  }

  /** The values that may not be printed. */
  public static List<String> secrets(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(entry -> new KafkaProperty(entry.getKey(), entry.getValue()))
        .filter(property -> !isShown(property))
        .map(KafkaProperty::value)
        .toList();
  }

  /**
   * Refuses properties that can never work, without asking the network or running a plugin's code:
   * what the network could mend is not refused.
   *
   * @param all properties of a producer
   * @param given those of them that a user gave
   * @throws IllegalArgumentException in one line, naming the property, its value unless it may be
   *     secret, and what is allowed
   */
  public static void check(Map<String, Object> all, Map<String, String> given) {
    PropertyCheck.check(all, given);
  }
}
