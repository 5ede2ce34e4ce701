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

class AgentIpTest {
  @TempDir Path folder;

  private Path script(String body) throws Exception {
    Path script = Files.writeString(folder.resolve("detect_ip"), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private static String detect(String... command) throws Exception {
    return new AgentIp(List.of(command), Duration.ofSeconds(30)).detect();
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
                + " must print an IP address");
  }

  @Test
  void isNotHadFromACommandThatFailsAndItsExitCodeAndFirstErrorAreSaid() throws Exception {
    Path script = script("echo 10.1.2.3; echo no such interface >&2; echo more >&2; exit 3");

    assertThatThrownBy(() -> detect(script.toString()))
        .isInstanceOf(AgentIpException.class)
        .hasMessage(
            "agent-ip-command \"" + script + "\" failed with exit code 3: no such interface");
  }

  @Test
  void isNotHadFromACommandThatPrintsNothing() {
    assertThatThrownBy(() -> detect("true"))
        .isInstanceOf(AgentIpException.class)
        .hasMessage("agent-ip-command \"true\" printed nothing, must print an IP address");
  }

  @Test
  void isNotHadFromACommandThatIsNotThere() {
    assertThatThrownBy(() -> detect("/nowhere/detect_ip"))
        .isInstanceOf(AgentIpException.class)
        .hasMessageStartingWith("agent-ip-command \"/nowhere/detect_ip\" can not be run: ")
        .hasMessageContaining("No such file or directory")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "1", "1.2.3", "256.1.1.1", "10.1.2.3 10.1.2.4", "[::1]", "fe80::1%1"})
  void isNotAnythingElse(String printed) {
    assertThatThrownBy(() -> detect("echo", printed))
        .isInstanceOf(AgentIpException.class)
        .hasMessageEndingWith("printed \"" + printed + "\", must print an IP address");
  }

  @Test
  void isNotWaitedForLongerThanTheTimeout() {
    assertThatThrownBy(() -> new AgentIp(List.of("sleep", "600"), Duration.ofMillis(100)).detect())
        .isInstanceOf(AgentIpException.class)
        .hasMessage("agent-ip-command \"sleep 600\" did not end within 100 ms");
  }

  @Test
  void isHadThoughTheCommandPrintsMoreErrorsThanAPipeHolds() throws Exception {
    assertThat(detect(script("head -c 300000 /dev/zero >&2; echo 10.1.2.3").toString()))
        .isEqualTo("10.1.2.3");
  }

  @Test
  void isNotHadFromAnEmptyCommand() {
    assertThatThrownBy(() -> detect())
        .isInstanceOf(AgentIpException.class)
        .hasMessage("agent-ip-command \"\" must not be empty");
  }
}
