// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

/** What {@code --help} prints: the Inspector's own words, then every option of the collector. */
final class InspectorHelp {
  private static final String HEAD =
      """
      Usage: inspector [FILE]...
             inspector --attach HOST:PORT
             inspector OPTION...

      Shows what happened to metrics between the process that sent them and Kafka.
      Without arguments it opens on its start page. A capture from there asks no agent
      and sends nothing to Kafka, unless the environment sets an option of theirs.

        FILE
            A recording, a file of MetricList records (a saved stream, the value
            of a Kafka message), or a collector's text log with recorded lines. Several files
            are read as one recording.
        --attach=HOST:PORT
            Follows a running collector, by its http-endpoint.
        OPTION
            Captures here: the collector's options, with their names and defaults.
        -h, --help
            Prints this.
        --version
            Prints the version.

      Each option below can also be set in the environment, by the variable named
      below it. Exit status: 0 the window was closed, 1 there is no display for it,
      2 arguments that are not allowed.
      """;

  private InspectorHelp() {}

  static String text() {
    return HEAD + dcos.metrics.collector.cli.CollectorHelp.options();
  }
}
