// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.util.List;

/** Values that are each allowed, but not together. */
final class OptionConflict extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Option<?>> options;
  private final String rule;

  OptionConflict(List<Option<?>> options, String rule) {
    super(String.join(" and ", options.stream().map(Option::name).toList()) + ": " + rule);
    this.options = List.copyOf(options);
    this.rule = rule;
  }

  List<Option<?>> options() {
    return options;
  }

  String rule() {
    return rule;
  }
}
