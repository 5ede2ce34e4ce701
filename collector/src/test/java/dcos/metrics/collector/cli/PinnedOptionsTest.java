// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.OriginalNames;
import dcos.metrics.testkit.PinnedNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names on the command line and in the environment, which scripts and configurations contain. */
class PinnedOptionsTest {
  private static final Pattern IN_HELP = Pattern.compile("(?m)^ +(?:(-\\w), )?(--[a-z-]+)");
  private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z]+(?:_[A-Z]+)+\\b");
  private static final Pattern IN_LAUNCHER = Pattern.compile("\\$\\{([A-Z_]+)");
  private static final Path LAUNCHER = Path.of("src", "main", "dist", "collector.sh");

  private final PinnedNames pinned = PinnedNames.ofModule();

  @Test
  void noOptionAndNoVariableThatSetsOneChanges() {
    List<String> names =
        Stream.concat(Options.ALL.stream(), OriginalNames.ALL.stream())
            .map(option -> "--" + option.name() + " " + option.environmentName())
            .toList();

    pinned.check("options", names);
  }

  @Test
  void helpShowsTheSameNames() {
    SortedSet<String> names = inHelp("-h");
    List<String> options = Options.ALL.stream().map(option -> "--" + option.name()).toList();

    assertThat(names).containsAll(options);
    names.removeAll(options);
    pinned.check("other options", names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "replay"})
  void noOptionOfAFileCommandChanges(String command) {
    pinned.check("options of " + command, inHelp(command, "-h"));
  }

  @Test
  void noOtherVariableChanges() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    String launcher = Files.readString(LAUNCHER);
    VARIABLE.matcher(printed("-h")).results().forEach(found -> names.add(found.group()));
    IN_LAUNCHER.matcher(launcher).results().forEach(found -> names.add(found.group(1)));
    Options.ALL.forEach(option -> names.remove(option.environmentName()));

    pinned.check("other variables", names);
  }

  @Test
  void noExitCodeChanges() {
    pinned.check(
        "exit codes",
        List.of(
            new Terminal().run() + " stopped with all records delivered",
            new Terminal().run("-h") + " help",
            new Terminal().run("--version") + " version",
            new Terminal().run("--no-such-option") + " unknown option",
            Terminal.with("AGENT_PORT", "x").run() + " variable not allowed",
            new Terminal().run("cat", "no-such-file.avro") + " cat: unreadable file",
            new Terminal().run("cat") + " cat: no file",
            new Terminal().run("replay", "no-such-file.avro") + " replay: no --to",
            new Terminal().run("replay", "--to=127.0.0.1:1", "no-such-file.avro")
                + " replay: unreadable file"));
  }

  @Test
  void theProgramsNameStaysInFrontOfItsVersion() {
    assertThat(printed("--version")).startsWith("metrics-collector ");
  }

  /** Options as help lists them, one or two names on a line of their own. */
  private static SortedSet<String> inHelp(String... args) {
    SortedSet<String> names = new TreeSet<>();
    Matcher option = IN_HELP.matcher(printed(args));
    while (option.find()) {
      names.add(option.group(2));
      if (option.group(1) != null) {
        names.add(option.group(1));
      }
    }
    return names;
  }

  private static String printed(String... args) {
    var terminal = new Terminal();
    assertThat(terminal.run(args)).isZero();
    return terminal.out();
  }
}
