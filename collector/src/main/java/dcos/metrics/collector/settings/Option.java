// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import dcos.metrics.collector.log.SecretMask;
import java.util.Locale;

/**
 * One option: its name, what it takes, its default and its description. The same for the command
 * line, the environment, help and the desktop. Immutable; all of them are in {@link Options}.
 *
 * @param <T> what its value is in {@link Settings}
 */
public final class Option<T> {
  /** What stands for a secret wherever settings are printed. */
  public static final String MASK = SecretMask.MASK;

  private final String name;
  private final OptionGroup group;
  private final OptionType<T> type;
  private final String defaultText;
  private final String description;

  Option(
      String name, OptionGroup group, OptionType<T> type, String defaultText, String description) {
    this.name = name;
    this.group = group;
    this.type = type;
    this.defaultText = defaultText;
    this.description = description;
  }

  /** The same option under another name. */
  Option<T> renamed(String other) {
    return new Option<>(other, group, type, defaultText, description);
  }

  /** As on the command line, without dashes. */
  public String name() {
    return name;
  }

  /** The variable that sets it. */
  public String environmentName() {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  public OptionGroup group() {
    return group;
  }

  /** What stands for its value in help. */
  public String label() {
    return type.label();
  }

  /** The default as text; empty where there is none. */
  public String defaultText() {
    return defaultText;
  }

  public String description() {
    return description;
  }

  /** Whether it is true or false, and on the command line takes no value. */
  public boolean isFlag() {
    return type.equals(OptionType.FLAG);
  }

  /** Whether its value must never be printed. */
  public boolean isSecret() {
    return type.equals(OptionType.OPTIONAL_SECRET);
  }

  /** What its value may be, as in "must be ...". */
  public String allowed() {
    return type.allowed();
  }

  /**
   * The value that a text stands for; an empty text is none, where there may be none.
   *
   * @throws IllegalArgumentException if the text is not allowed; its message says what is, and does
   *     not repeat the text
   */
  public T parse(String text) {
    try {
      return type.reader().apply(text);
    } catch (IllegalArgumentException e) {
      // The cause could repeat a secret.
      throw new IllegalArgumentException("must be " + type.allowed());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
