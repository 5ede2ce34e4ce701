// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Settings;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of the collector, from its command line to its exit code.
 *
 * @param environment where options may be set too
 * @param in for files read from standard input
 * @param out for help and version
 * @param err for errors in the options; everything else is logged
 * @param signals ask for the end
 * @param halt ends the process at once, with a code
 */
record CollectorCommand(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Program.Maker programs,
    Signals signals,
    IntConsumer halt) {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final Logger logger = LoggerFactory.getLogger(CollectorCommand.class);

  /** Runs until the program has ended, and returns the process's exit code. */
  int run(String... args) {
    try {
      if (FileCommands.isMeant(args)) {
        return new FileCommands(in, out, err, isWatched()).run(args);
      }
      ParsedArguments arguments = ParsedArguments.parse(args);
      if (arguments.help()) {
        out.print(CollectorHelp.text());
        return OK;
      }
      if (arguments.version()) {
        out.println("metrics-collector " + Version.read());
        return OK;
      }
      OptionValues values = OptionValues.of(arguments.flags(), environment);
      Settings settings = values.settings();
      ProgramLog.setKafkaVerbose(settings.kafka().verbose());
      return run(values, settings);
    } catch (UsageException | InvalidSettingsException e) {
      err.println(e.getMessage());
      return MISUSED;
    }
  }

  @SuppressWarnings("SystemConsoleNull") // it is null in a runtime without the module of terminals
  private static boolean isWatched() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private int run(OptionValues values, Settings settings) throws UsageException {
    String version = Version.read();
    List<String> lines = Pipeline.settingLines(values);
    Program program = programs.make(settings, lines, version);
    logger.atInfo().addKeyValue("version", version).log("metrics-collector starts");
    lines.forEach(line -> logger.info("{}", line));
    OptionWarnings.log(values);
    var lifecycle =
        new ProgramLifecycle(program, settings.shutdownTimeout(), halt, System::nanoTime);
    signals.handle(lifecycle::signalled);
    return lifecycle.run();
  }

  @Override
  public String toString() {
    return "Command"; // the environment holds secrets
  }
}
