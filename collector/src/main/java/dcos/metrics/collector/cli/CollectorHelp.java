// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.OptionGroup;
import dcos.metrics.collector.settings.Options;

/** What {@code -h} prints: every option, from the table that defines them. */
public final class CollectorHelp {
  private static final int WIDTH = 80;

  private static final String HEAD =
      """
      Usage: collector [OPTION]...
             collector cat [OPTION]... FILE...     shows recordings and metrics
             collector replay [OPTION]... FILE...  sends them again
      (collector cat -h and collector replay -h say more)

      Takes metrics as Avro over TCP and from the node's Mesos agent, and produces
      them into Kafka.

      An option is written -NAME or --NAME, its value behind = or as the next word;
      true is meant where no value is given, and true or false stand behind = only.
      Each can also be set in the environment, by the variable named below it. A flag
      beats the environment, the environment beats the default, an empty variable
      counts as not set; only KAFKA_OVERRIDE_X_Y= sets the Kafka property x.y to the
      empty string. Of an option given twice the last counts. An empty value behind =
      means none, where there may be none.
      """;

  private static final String TAIL =
      """

      Program:
        -h, --help
            Prints this.
        --version
            Prints the version.

      SIGTERM, SIGINT, and SIGHUP where there is a controlling terminal stop it: what
      has arrived is delivered until the timeout. A second signal, a second or more
      after the first, ends it at once. Exit status: 0 all records are accounted for
      and delivered; 1 not all are, or it could not start or continue; 2 options that
      are not allowed.
      """;

  private CollectorHelp() {}

  static String text() {
    return HEAD + options() + TAIL;
  }

  /** Every option by its group, each group after an empty line: for any program that takes them. */
  public static String options() {
    var text = new StringBuilder();
    for (OptionGroup group : OptionGroup.values()) {
      text.append('\n').append(group.title()).append(":\n");
      Options.ALL.stream().filter(option -> option.group() == group).forEach(o -> append(text, o));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Option<?> option) {
    text.append("  --").append(option.name());
    text.append(option.isFlag() ? "[=" + option.label() + "]" : "=" + option.label()).append('\n');
    wrap(text, option.description());
    String fallback = option.defaultText().isEmpty() ? "none" : option.defaultText();
    wrap(text, option.environmentName() + ", default " + fallback);
  }

  private static void wrap(StringBuilder text, String paragraph) {
    String indent = "      ";
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      String before = column == 0 ? indent : " ";
      text.append(before).append(word);
      column += before.length() + word.length();
    }
    text.append('\n');
  }
}
