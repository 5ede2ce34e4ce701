// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import static dcos.metrics.collector.settings.Options.ALL;
import static dcos.metrics.collector.settings.Options.GOVERNED_PROPERTIES;
import static dcos.metrics.collector.settings.Options.KAFKA_PROPERTY;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.log.SecretMask;
import dcos.metrics.collector.settings.OriginalNames.Notice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was given for each option, and from where: a flag beats the environment, the environment
 * beats the default. Immutable. {@link #settings()} checks it all.
 */
public final class OptionValues {
  private enum ValueSource {
    FLAG,
    ENVIRONMENT,
    DEFAULT
  }

  /**
   * @param name the option under the name that it was given by
   */
  private record Given(String text, ValueSource source, Option<?> name) {}

  private final Map<Option<?>, Given> values;
  private final Map<String, KafkaProperty> properties;
  private final Map<String, Option<?>> ignored;
  private final List<Notice> originalNames;

  private OptionValues(
      Map<Option<?>, Given> values,
      Map<String, KafkaProperty> properties,
      List<Notice> originalNames) {
    this.values = values;
    this.originalNames = originalNames;
    this.properties = properties;
    this.ignored = new TreeMap<>(GOVERNED_PROPERTIES);
    ignored.keySet().retainAll(properties.keySet());
    properties.keySet().removeAll(ignored.keySet());
  }

  /**
   * Picks for each option what counts.
   *
   * @param flags the texts given for an option, in order: the last one counts, and every one of
   *     {@link Options#KAFKA_PROPERTY}
   * @param environment all of it; a variable that is empty counts as not set, but {@code
   *     KAFKA_OVERRIDE_X_Y} sets the Kafka property x.y to the empty string
   * @throws InvalidSettingsException for a Kafka property that is none
   */
  public static OptionValues of(Map<Option<?>, List<String>> flags, Map<String, String> environment)
      throws InvalidSettingsException {
    Map<Option<?>, Given> values = new HashMap<>();
    List<Notice> notices = new ArrayList<>();
    for (Option<?> option : ALL) {
      Given given = pick(option, flags, environment);
      Option<?> misspelt = OriginalNames.MISSPELT.get(option);
      Given original = misspelt == null ? null : pick(misspelt, flags, environment);
      if (original == null || original.source == ValueSource.DEFAULT) {
        values.put(option, given);
      } else if (given.source == ValueSource.DEFAULT) {
        values.put(option, original);
        notices.add(new Notice.Used(name(original), name(option, original.source)));
      } else {
        values.put(option, given);
        notices.add(new Notice.Ignored(name(original), name(given)));
      }
    }
    for (Option<Boolean> unsupported : OriginalNames.UNSUPPORTED) {
      Given given = pick(unsupported, flags, environment);
      if (!given.text.equals("false")) {
        notices.add(new Notice.Unsupported(name(given)));
      }
    }
    return new OptionValues(
        values, properties(flags.getOrDefault(KAFKA_PROPERTY, List.of()), environment), notices);
  }

  private static Given pick(
      Option<?> option, Map<Option<?>, List<String>> flags, Map<String, String> environment) {
    List<String> texts = flags.getOrDefault(option, List.of());
    String variable = environment.getOrDefault(option.environmentName(), "");
    if (!texts.isEmpty()) {
      return new Given(texts.getLast(), ValueSource.FLAG, option);
    }
    if (!variable.isEmpty()) {
      String text = option.isFlag() ? strictFlag(variable) : variable;
      return new Given(text, ValueSource.ENVIRONMENT, option);
    }
    return new Given(option.defaultText(), ValueSource.DEFAULT, option);
  }

  private static Map<String, KafkaProperty> properties(
      List<String> flags, Map<String, String> environment) throws InvalidSettingsException {
    Map<String, KafkaProperty> properties = new TreeMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      Optional<String> name = KafkaProperty.nameOf(variable.getKey());
      if (name.isEmpty()) {
        continue;
      }
      try {
        properties.put(name.get(), new KafkaProperty(name.get(), variable.getValue()));
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingsException(
            List.of(KAFKA_PROPERTY),
            ProgramLog.escape(variable.getKey())
                + "="
                + Option.MASK
                + ": must be named KAFKA_OVERRIDE_X_Y for the Kafka property x.y");
      }
    }
    String variable = environment.getOrDefault(KAFKA_PROPERTY.environmentName(), "");
    if (!variable.isEmpty()) {
      KafkaProperty property =
          read(KAFKA_PROPERTY, new Given(variable, ValueSource.ENVIRONMENT, KAFKA_PROPERTY));
      properties.put(property.name(), property);
    }
    for (String flag : flags) {
      KafkaProperty property =
          read(KAFKA_PROPERTY, new Given(flag, ValueSource.FLAG, KAFKA_PROPERTY));
      properties.put(property.name(), property);
    }
    return properties;
  }

  /** The same with another value for an option, as if that had been given as a flag. */
  public OptionValues with(Option<?> option, String text) {
    Map<Option<?>, Given> changed = new HashMap<>(values);
    changed.put(option, new Given(text, ValueSource.FLAG, option));
    return new OptionValues(changed, new TreeMap<>(properties), originalNames);
  }

  /** The same with the default of an option, as if nothing had been given for it. */
  public OptionValues without(Option<?> option) {
    Map<Option<?>, Given> changed = new HashMap<>(values);
    changed.put(option, new Given(option.defaultText(), ValueSource.DEFAULT, option));
    return new OptionValues(changed, new TreeMap<>(properties), originalNames);
  }

  /**
   * What was given for an option; empty if nothing was, so that its default counts. A secret is not
   * handed out, nor is {@link Options#KAFKA_PROPERTY}, which may hold some: {@link #isShown} tells.
   */
  public Optional<String> text(Option<?> option) {
    Given given = given(option);
    return isShown(option) && given.source() != ValueSource.DEFAULT
        ? Optional.of(given.text())
        : Optional.empty();
  }

  /** Whether anything was given for an option, so that its default does not count. */
  public boolean isGiven(Option<?> option) {
    return option.equals(KAFKA_PROPERTY)
        ? !properties.isEmpty() || !ignored.isEmpty()
        : given(option).source() != ValueSource.DEFAULT;
  }

  /** Whether an option's value may be shown, and is one. */
  public static boolean isShown(Option<?> option) {
    return !option.isSecret() && !option.equals(KAFKA_PROPERTY);
  }

  /**
   * Makes settings of these values.
   *
   * @throws InvalidSettingsException naming the first value that is not allowed, or those that
   *     contradict each other
   */
  public Settings settings() throws InvalidSettingsException {
    try {
      return new SettingsReader(this::get, kafkaProperties()).settings();
    } catch (OptionConflict e) {
      throw new InvalidSettingsException(
          e.options(),
          e.options().stream()
                  .map(option -> describe(option, given(option)))
                  .collect(Collectors.joining(" and "))
              + ": "
              + e.rule());
    }
  }

  /** The Kafka properties that were given in vain, and the option that governs each. */
  public Map<String, Option<?>> ignoredProperties() {
    return Map.copyOf(ignored);
  }

  /** What was given under names of the original collector. */
  public List<Notice> originalNames() {
    return List.copyOf(originalNames);
  }

  /**
   * Every setting as the line of an environment that would set it, secrets and all values of Kafka
   * properties masked.
   */
  public List<String> environmentLines() {
    return environmentLines(_ -> false);
  }

  /**
   * The same with the values of some Kafka properties.
   *
   * @param shown whether a property's value may be printed
   */
  public List<String> environmentLines(Predicate<KafkaProperty> shown) {
    List<String> lines = new ArrayList<>();
    for (Option<?> option : ALL) {
      if (option.equals(KAFKA_PROPERTY)) {
        for (KafkaProperty property : properties.values()) {
          lines.add(property.environmentLine(shown.test(property)));
        }
      } else {
        lines.add(option.environmentName() + "=" + printable(option, given(option).text()));
      }
    }
    return List.copyOf(lines);
  }

  private Map<String, String> kafkaProperties() {
    return properties.values().stream()
        .collect(Collectors.toMap(KafkaProperty::name, KafkaProperty::value));
  }

  private Given given(Option<?> option) {
    return Objects.requireNonNull(values.get(option));
  }

  private <T> T get(Option<T> option) throws InvalidSettingsException {
    return read(option, given(option));
  }

  private static <T> T read(Option<T> option, Given given) throws InvalidSettingsException {
    boolean looseFlag = option.isFlag() && given.source() == ValueSource.ENVIRONMENT;
    try {
      return option.parse(given.text());
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingsException(
          List.of(option),
          describe(option, given) + ": " + e.getMessage() + (looseFlag ? ", or 1, 0, t or f" : ""));
    }
  }

  /** In the environment a flag may also be 1, 0, t or f, in any case. */
  private static String strictFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> "true";
      case "false", "f", "0" -> "false";
      default -> text;
    };
  }

  private static String describe(Option<?> option, Given given) {
    String value = printable(option, given.text());
    return name(given)
        + "="
        + value
        + (given.source() == ValueSource.DEFAULT ? " (the default)" : "");
  }

  private static String name(Given given) {
    return name(given.name(), given.source());
  }

  private static String name(Option<?> option, ValueSource source) {
    return switch (source) {
      case FLAG, DEFAULT -> "--" + option.name();
      case ENVIRONMENT -> option.environmentName();
    };
  }

  private static String printable(Option<?> option, String text) {
    if (option.equals(KAFKA_PROPERTY)) {
      // It could not be read, so nobody knows which part of it is secret.
      return Option.MASK;
    }
    return option.isSecret() && !text.isEmpty()
        ? Option.MASK
        : ProgramLog.escape(SecretMask.userInfo(text));
  }
}
