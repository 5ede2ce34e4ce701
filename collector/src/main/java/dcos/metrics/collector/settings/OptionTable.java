// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects options in the order in which they are declared. Not thread-safe: a class fills its
 * table while it initializes.
 */
final class OptionTable {
  private final List<Option<?>> options = new ArrayList<>();

  /** Declares options of one group. */
  Section section(OptionGroup group) {
    return new Section(group);
  }

  /** The options declared so far, in order. Immutable. */
  List<Option<?>> options() {
    return List.copyOf(options);
  }

  /** Declares the options of one group. */
  final class Section {
    private final OptionGroup group;

    private Section(OptionGroup group) {
      this.group = group;
    }

    /**
     * Declares an option that takes a value.
     *
     * @param type what its value may be, with the bounds of a number
     * @param defaultText the default as text; empty for none
     */
    <T> Option<T> option(String name, OptionType<T> type, String defaultText, String description) {
      var option = new Option<>(name, group, type, defaultText, description);
      options.add(option);
      return option;
    }

    /** Declares an option that is true or false. */
    Option<Boolean> flag(String name, String defaultText, String description) {
      return option(name, OptionType.FLAG, defaultText, description);
    }
  }
}
