// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Options;
import dcos.metrics.testkit.LogComponents;
import dcos.metrics.testkit.PinnedNames;
import dcos.metrics.testkit.SourceScan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names by which scripts, desktops and operators use the program. */
class PinnedProgramTest {
  private static final Pattern IN_HELP = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z-]+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");
  private static final Path LAUNCHER = Path.of("src", "main", "dist", "inspector.sh");

  private final PinnedNames pinned = PinnedNames.ofModule();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void noOptionChanges() {
    assertThat(run((_, _) -> {}, "-h")).isZero();

    SortedSet<String> names = new TreeSet<>();
    String help = out.toString(StandardCharsets.UTF_8);
    IN_HELP.matcher(help).results().forEach(found -> names.add(found.group(1)));
    Options.ALL.forEach(option -> names.remove("--" + option.name())); // The collector's.
    pinned.check("options", names);
  }

  @Test
  void noVariableOfTheLauncherChanges() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    String launcher = Files.readString(LAUNCHER);
    VARIABLE.matcher(launcher).results().forEach(found -> names.add(found.group(1)));

    pinned.check("variables of the launcher", names);
  }

  @Test
  void noExitCodeChanges() {
    InspectorCommand.WindowStarter without =
        (_, _) -> {
          throw new IOException("no display");
        };

    pinned.check(
        "exit codes",
        List.of(
            run((_, _) -> {}) + " window closed",
            run((_, _) -> {}, "--help") + " help",
            run((_, _) -> {}, "--version") + " version",
            run(without) + " no window",
            run(without, "--no-such-option") + " unknown option",
            run(without, "a.avro", "--attach=a:1") + " options that exclude each other"));
  }

  @Test
  void noKeyOfTheLogChanges() {
    pinned.check("log keys", SourceScan.logKeys());
  }

  /** The component is derived from the package of a class: it must not change with a package. */
  @Test
  void noComponentOfTheLogChanges() {
    pinned.check("log components", LogComponents.of(SourceScan.loggers()));
  }

  @Test
  void noClassChangesThatALauncherOrTheBuildNames() {
    pinned.check("classes named by files", SourceScan.classesNamedByFiles(Path.of(".")));
  }

  private int run(InspectorCommand.WindowStarter window, String... args) {
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new InspectorCommand(Map.of(), stream, stream, window).run(args);
  }
}
