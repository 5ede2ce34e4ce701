// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the command runs, from its start to its end. */
interface Program {
  /** Makes a program that is not started. */
  @FunctionalInterface
  interface Maker {
    /**
     * Says nothing.
     *
     * @throws UsageException if the program knows that it can not run with these settings
     */
    Program make(Settings settings, List<String> settingLines, String version)
        throws UsageException;
  }

  /**
   * What a stop came to.
   *
   * @param exitCode 0 if all is accounted for and delivered
   * @param summary one line
   */
  record ProgramEnd(int exitCode, String summary) {}

  /**
   * Returns when it runs.
   *
   * @param onFatal told, in one line and from any thread, why it can not go on
   * @throws IOException if it can not start; the message says why in one line
   */
  void start(Consumer<String> onFatal) throws IOException;

  /** Ends within about the timeout. */
  ProgramEnd stop(Duration timeout);
}
