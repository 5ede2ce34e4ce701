// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

/** The desktop program. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var command =
        new InspectorCommand(System.getenv(), System.out, System.err, new DesktopLauncher()::show);
    // Threads that no window needs any more may still run.
    System.exit(command.run(args));
  }
}
