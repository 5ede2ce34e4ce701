// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.cli.OptionWarnings;
import dcos.metrics.collector.cli.ParsedArguments;
import dcos.metrics.collector.cli.UsageException;
import dcos.metrics.collector.cli.Version;
import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.log.SecretMask;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.app.LaunchTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run of the Inspector, from its command line to its exit code.
 *
 * @param environment where the collector's options may be set too
 * @param out for help and version
 * @param err for what is wrong with the command line
 * @param window shows the window, and returns when it has been closed
 */
record InspectorCommand(
    Map<String, String> environment, PrintStream out, PrintStream err, WindowStarter window) {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final String ATTACH = "attach";

  /** Shows the window until it is closed. */
  @FunctionalInterface
  interface WindowStarter {
    /**
     * Returns when the window has been closed.
     *
     * @throws IOException if there can be none; the message says why in one line
     */
    void show(LaunchTarget opening, OptionValues values) throws IOException;
  }

  int run(String... args) {
    try {
      ParsedArguments arguments = ParsedArguments.parse(List.of(ATTACH), args);
      if (arguments.help()) {
        out.print(InspectorHelp.text());
      } else if (arguments.version()) {
        out.println("metrics-inspector " + Version.read());
      } else {
        OptionValues values = OptionValues.of(arguments.flags(), environment);
        Settings _ = values.settings(); // Checked even where nothing is captured yet.
        LaunchTarget opening = opening(arguments, values);
        OptionWarnings.log(values);
        window.show(
            opening,
            opening instanceof LaunchTarget.StartCapture ? values : DesktopDefaults.of(values));
      }
      return OK;
    } catch (UsageException | InvalidSettingsException e) {
      err.println(e.getMessage());
      return MISUSED;
    } catch (IOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private static LaunchTarget opening(ParsedArguments arguments, OptionValues values)
      throws UsageException {
    String attach = arguments.own().get(ATTACH);
    List<String> ways = new ArrayList<>();
    if (!arguments.words().isEmpty()) {
      ways.add("FILE");
    }
    if (attach != null) {
      ways.add("--attach");
    }
    if (!arguments.flags().isEmpty()) {
      ways.add("the collector's options");
    }
    if (ways.size() > 1) {
      throw new UsageException(
          String.join(" and ", ways) + " exclude each other: a window holds one recording");
    }
    if (attach != null) {
      return new LaunchTarget.AttachToCollector(endpoint(attach));
    }
    if (!arguments.words().isEmpty()) {
      return new LaunchTarget.OpenFiles(paths(arguments.words()));
    }
    return arguments.flags().isEmpty()
        ? new LaunchTarget.ShowStartPage()
        : new LaunchTarget.StartCapture(values);
  }

  private static Endpoint endpoint(String text) throws UsageException {
    try {
      Endpoint endpoint = Endpoint.parse(text);
      if (endpoint.port() > 0) {
        return endpoint;
      }
    } catch (IllegalArgumentException _) { // Said below.
    }
    throw new UsageException(
        "--attach="
            + ProgramLog.escape(SecretMask.userInfo(text))
            + ": must be HOST:PORT of a collector's http-endpoint with a port from 1 to 65535, an"
            + " IPv6 address in brackets");
  }

  private static List<Path> paths(List<String> words) throws UsageException {
    List<Path> paths = new ArrayList<>();
    for (String word : words) {
      try {
        paths.add(Path.of(word));
      } catch (InvalidPathException _) {
        throw new UsageException(ProgramLog.quote(word) + ": must be the path of a file");
      }
    }
    return paths;
  }

  @Override
  public String toString() {
    return "Command"; // the environment holds secrets
  }
}
