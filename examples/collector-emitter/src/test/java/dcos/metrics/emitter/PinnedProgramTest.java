// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.emitter;

import dcos.metrics.testkit.PinnedNames;
import dcos.metrics.testkit.SourceScan;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Names by which scripts use the program. */
class PinnedProgramTest {
  private final PinnedNames pinned = PinnedNames.ofModule();
  private final CommandLine program =
      Main.commandLine()
          .setOut(new PrintWriter(Writer.nullWriter()))
          .setErr(new PrintWriter(Writer.nullWriter()));

  @Test
  void noOptionChanges() {
    pinned.check("options", program.getCommandSpec().optionsMap().keySet());
  }

  @Test
  void noExitCodeChanges() {
    pinned.check(
        "exit codes",
        List.of(
            program.execute("--help") + " help",
            program.execute("--version") + " version",
            program.execute("--no-such-option") + " unknown option"));
  }

  @Test
  void noClassChangesThatTheBuildNames() {
    pinned.check("classes named by files", SourceScan.classesNamedByFiles(Path.of(".")));
  }
}
