// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Builds the settings to poll an agent of this machine with. A test sets what it is about. */
final class AgentSettings {
  private final int port;
  private boolean polling = true;
  private List<String> ipCommand = List.of("echo", "127.0.0.1");
  private String scheme = "http";
  private Duration pollPeriod = Duration.ofSeconds(15);
  private Optional<Path> stateFile = Optional.empty();
  private Optional<Path> systemFile = Optional.empty();
  private Optional<Path> containersFile = Optional.empty();
  private Optional<Settings.Secret> credential = Optional.empty();

  private AgentSettings(int port) {
    this.port = port;
  }

  static AgentSettings forPort(int port) {
    return new AgentSettings(port);
  }

  AgentSettings withoutPolling() {
    polling = false;
    return this;
  }

  AgentSettings ipCommand(String... command) {
    ipCommand = List.of(command);
    return this;
  }

  AgentSettings https() {
    scheme = "https";
    return this;
  }

  AgentSettings pollPeriod(Duration period) {
    pollPeriod = period;
    return this;
  }

  AgentSettings stateFile(Path file) {
    stateFile = Optional.of(file);
    return this;
  }

  AgentSettings systemFile(Path file) {
    systemFile = Optional.of(file);
    return this;
  }

  AgentSettings containersFile(Path file) {
    containersFile = Optional.of(file);
    return this;
  }

  AgentSettings credential(String text) {
    credential = Optional.of(new Settings.Secret(text));
    return this;
  }

  Settings.Agent build() {
    return new Settings.Agent(
        polling,
        ipCommand,
        port,
        scheme,
        pollPeriod,
        Duration.ofSeconds(15),
        "agent",
        stateFile,
        systemFile,
        containersFile,
        credential);
  }
}
