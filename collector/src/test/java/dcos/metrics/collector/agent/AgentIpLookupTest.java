// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentIpLookupTest {
  @TempDir Path folder;

  private Path script(String body) throws Exception {
    Path script = Files.writeString(folder.resolve("detect_ip"), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private static String detect(String... command) throws Exception {
    return new AgentIpLookup(List.of(command), Duration.ofSeconds(30)).detect();
  }

  @Test
  void isWhatTheCommandPrintsTrimmed() throws Exception {
    assertThat(detect(script("printf '  10.1.2.3 \\n\\n'").toString())).isEqualTo("10.1.2.3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "fd01:b::1", "2001:db8:0:0:0:0:0:7"})
  void mayBeVersionSix(String address) throws Exception {
    assertThat(detect("echo", address)).isEqualTo(address);
  }

  @Test
  void isAskedForWithoutAShell() {
    assertThatThrownBy(() -> detect("echo", "$(echo", "10.1.2.3)"))
        .isInstanceOf(AgentIpException.class)
        .hasMessage(
            "agent-ip-command \"echo $(echo 10.1.2.3)\" printed \"$(echo 10.1.2.3)\","
                + " must print one IP address and nothing else");
  }

  @Test
  void isNotTakenFromACommandThatFailsAndItsErrorsAreInTheMessage() throws Exception {
    Path script = script("echo 10.1.2.3; echo no such interface >&2; echo more >&2; exit 3");

    assertThatThrownBy(() -> detect(script.toString()))
        .isInstanceOf(AgentIpException.class)
        .hasMessage(
            "agent-ip-command \""
                + script
                + "\" failed with exit code 3 and on standard error 2 lines: \"no such interface\","
                + " \"more\", must be 0");
  }

  @Test
  void isNotTakenFromACommandThatFailsAndPrintsItsErrorAsOutput() throws Exception {
    Path script = script("echo no such interface; exit 3");

    assertThatThrownBy(() -> detect(script.toString()))
        .hasMessageEndingWith(
            "failed with exit code 3 and printed \"no such interface\", must be 0");
    assertThatThrownBy(() -> detect("false"))
        .hasMessage("agent-ip-command \"false\" failed with exit code 1, must be 0");
  }

  @Test
  void isNotTakenFromSeveralLinesAndTheMessageShowsThem() throws Exception {
    Path two = script("echo 10.1.2.3; echo; printf '10.1.2.4\\r\\n'");

    assertThatThrownBy(() -> detect(two.toString()))
        .isInstanceOf(AgentIpException.class)
        .hasMessage(
            "agent-ip-command \""
                + two
                + "\" printed 2 lines: \"10.1.2.3\", \"10.1.2.4\", must print one IP address and"
                + " nothing else");
  }

  @Test
  void isNotTakenFromManyLinesAndTheMessageIsBounded() throws Exception {
    Path five = script("for i in 1 2 3 4 5; do echo 10.1.2.$i; done");
    assertThatThrownBy(() -> detect(five.toString()))
        .hasMessageEndingWith(
            "printed 5 lines: \"10.1.2.1\", \"10.1.2.2\", \"10.1.2.3\", ..., must print one IP"
                + " address and nothing else");

    Path endless = script("i=0; while [ $i -lt 5000 ]; do echo 10.1.2.3; i=$((i+1)); done");
    assertThatThrownBy(() -> detect(endless.toString()))
        .hasMessageContaining("printed at least 456 lines: \"10.1.2.3\", \"10.1.2.3\",")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000).doesNotContain("\n"));

    Path wide = script("head -c 300000 /dev/zero | tr '\\0' x");
    assertThatThrownBy(() -> detect(wide.toString()))
        .hasMessageContaining("printed at least 1 line: \"xxx")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
  }

  @Test
  void isNotTakenFromAnAddressWithBlanksAfterItBeyondAnyUse() throws Exception {
    Path script = script("echo 10.1.2.3; head -c 300000 /dev/zero | tr '\\0' ' '");

    assertThatThrownBy(() -> detect(script.toString()))
        .hasMessageContaining("printed at least 1 line: \"10.1.2.3\", ...");
  }

  @Test
  void isNotTakenFromACommandThatPrintsNothing() throws Exception {
    assertThatThrownBy(() -> detect("true"))
        .isInstanceOf(AgentIpException.class)
        .hasMessage(
            "agent-ip-command \"true\" printed nothing, must print one IP address and nothing else");
    Path script = script("echo 10.1.2.3 >&2");
    assertThatThrownBy(() -> detect(script.toString()))
        .hasMessageContaining("printed nothing and on standard error \"10.1.2.3\", must print one");
  }

  @Test
  void isNotTakenFromACommandThatDoesNotExistOrMayNotRun() throws Exception {
    assertThatThrownBy(() -> detect("/nowhere/detect_ip"))
        .isInstanceOf(AgentIpException.class)
        .hasMessageStartingWith("agent-ip-command \"/nowhere/detect_ip\" cannot be run (")
        .hasMessageContaining("No such file or directory")
        .hasMessageEndingWith("), must be a program and its arguments")
        .hasMessageNotContaining("\n");
    Path file = Files.writeString(folder.resolve("no-program"), "echo 10.1.2.3\n");
    assertThatThrownBy(() -> detect(file.toString()))
        .hasMessageStartingWith("agent-ip-command \"" + file + "\" cannot be run (")
        .hasMessageContaining("Permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "1", "1.2.3", "256.1.1.1", "10.1.2.3 10.1.2.4", "[::1]", "fe80::1%1"})
  void isNotAnythingElse(String printed) {
    assertThatThrownBy(() -> detect("echo", printed))
        .isInstanceOf(AgentIpException.class)
        .hasMessageEndingWith(
            "printed \"" + printed + "\", must print one IP address and nothing else");
  }

  @Test
  void isNotWaitedForLongerThanTheTimeout() {
    assertThatThrownBy(
            () -> new AgentIpLookup(List.of("sleep", "600"), Duration.ofMillis(100)).detect())
        .isInstanceOf(AgentIpException.class)
        .hasMessage(
            "agent-ip-command \"sleep 600\" did not end within 100 ms, must print one IP"
                + " address and nothing else");
  }

  @Test
  void isTakenThoughTheCommandPrintsMoreErrorsThanAPipeHolds() throws Exception {
    assertThat(detect(script("head -c 300000 /dev/zero >&2; echo 10.1.2.3").toString()))
        .isEqualTo("10.1.2.3");
  }

  @Test
  void isNotTakenFromAnEmptyCommand() {
    assertThatThrownBy(() -> detect())
        .isInstanceOf(AgentIpException.class)
        .hasMessage("agent-ip-command \"\" must not be empty");
  }
}
