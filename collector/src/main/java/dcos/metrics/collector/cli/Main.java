// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.log.ProgramLog;

/** The headless program. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    new UncaughtErrors(Runtime.getRuntime()::halt).install();
    ProgramLog.limitLines();
    CollectorCommand command =
        new CollectorCommand(
            System.getenv(),
            System.in,
            System.out,
            System.err,
            PipelineProgram::new,
            Signals.ofProcess(),
            Runtime.getRuntime()::halt);
    // Other threads may still run; the program has ended all the same.
    System.exit(command.run(args));
  }
}
