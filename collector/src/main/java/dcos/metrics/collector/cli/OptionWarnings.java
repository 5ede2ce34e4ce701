// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.OriginalNames.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which options have no effect or should be given under another name: one line for each. */
public final class OptionWarnings {
  private static final Logger logger = LoggerFactory.getLogger(OptionWarnings.class);

  private OptionWarnings() {}

  /** For any program that takes the collector's options, once it has started its log. */
  public static void log(OptionValues values) {
    values
        .ignoredProperties()
        .forEach(
            (property, option) ->
                logger
                    .atWarn()
                    .addKeyValue("property", property)
                    .addKeyValue("option", option.name())
                    .log("a Kafka property is ignored, an option governs it"));
    values.originalNames().forEach(OptionWarnings::log);
  }

  private static void log(Notice notice) {
    switch (notice) {
      case Notice.Used(String name, String correct) ->
          logger
              .atWarn()
              .addKeyValue("given", name)
              .addKeyValue("correct", correct)
              .log("an option has the original collector's misspelt name, use the correct one");
      case Notice.Ignored(String name, String correct) ->
          logger
              .atWarn()
              .addKeyValue("given", name)
              .addKeyValue("correct", correct)
              .log("a misspelt option is ignored, it is given under its correct name too");
      case Notice.Unsupported(String name) ->
          logger
              .atWarn()
              .addKeyValue("given", name)
              .log("an option of the original collector is not supported yet");
    }
  }
}
