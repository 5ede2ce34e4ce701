// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.settings.OptionGroup;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;

/**
 * What a capture begins with where nobody said anything: a desktop has no agent, and no Kafka that
 * is found by its framework's name, so nothing is asked of either until one of their options is
 * set.
 */
final class DesktopDefaults {
  private DesktopDefaults() {}

  /** The same, without the agent and dry, as far as nothing was given for the agent, or Kafka. */
  static OptionValues of(OptionValues values) {
    OptionValues quiet = values;
    if (isUntouched(values, OptionGroup.AGENT)) {
      quiet = quiet.with(Options.AGENT_POLLING, "false");
    }
    if (isUntouched(values, OptionGroup.KAFKA)) {
      quiet = quiet.with(Options.KAFKA, "false");
    }
    return quiet;
  }

  private static boolean isUntouched(OptionValues values, OptionGroup group) {
    return Options.ALL.stream()
        .filter(option -> option.group() == group)
        .noneMatch(values::isGiven);
  }
}
