// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
  private final AllowedHosts onLoopback =
      new AllowedHosts(
          new Endpoint("127.0.0.1", 9124), List.of("metrics.example"), names("Node-1."));
  private final AllowedHosts offLoopback =
      new AllowedHosts(
          new Endpoint("0.0.0.0", 9124),
          List.of("Metrics.Example"),
          names("Node-1.cluster.example.", "node-1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:9124",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:9124",
        "[::1]:9124",
        "[::1]",
        "10.1.2.3:80",
        "[fe80::1]:1"
      })
  void allowsLocalhostAndAddressesEverywhere(String host) {
    assertThat(onLoopback.refusal(List.of(host), List.of())).isEmpty();
    assertThat(offLoopback.refusal(List.of(host), List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-1", "NODE-1.cluster.example:9124", "metrics.example.:9124"})
  void allowsNamesOffTheLoopbackOnly(String host) {
    assertThat(offLoopback.refusal(List.of(host), List.of())).isEmpty();
    assertThat(onLoopback.refusal(List.of(host), List.of())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:9124",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "",
        ":9124",
        "[",
        "[evil.example]",
        "0x7f.1",
        "evil\r\nX: y",
        "node-2"
      })
  void refusesEveryOtherName(String host) {
    assertThat(onLoopback.refusal(List.of(host), List.of())).isPresent();
    assertThat(offLoopback.refusal(List.of(host), List.of())).isPresent();
  }

  @Test
  void namesWhatIsAllowed() {
    assertThat(onLoopback.refusal(List.of("evil.example"), List.of()))
        .contains("Host evil.example is not allowed; allowed are localhost and IP addresses");
    assertThat(offLoopback.refusal(List.of("evil \n"), List.of()))
        .contains(
            "Host \"evil \\n\" is not allowed; allowed are localhost and IP addresses, this"
                + " machine's names and those in http-hosts");
  }

  @Test
  void allowsARequestWithoutHost() {
    assertThat(onLoopback.refusal(List.of(), List.of())).isEmpty();
  }

  @Test
  void refusesTwoHosts() {
    assertThat(onLoopback.refusal(List.of("localhost", "evil.example"), List.of()))
        .contains("more than one Host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "http://evil.example", "https://localhost:9124", "http://localhost", ""})
  void refusesAForeignOrigin(String origin) {
    assertThat(onLoopback.refusal(List.of("localhost:9124"), List.of(origin)))
        .isEqualTo(
            Optional.of("Origin " + (origin.isEmpty() ? "\"\"" : origin) + " is not allowed"));
    assertThat(onLoopback.refusal(List.of(), List.of(origin))).isPresent();
  }

  @Test
  void allowsItsOwnOrigin() {
    assertThat(onLoopback.refusal(List.of("localhost:9124"), List.of("http://localhost:9124")))
        .isEmpty();
  }

  @Test
  void refusesARequestOfWhichOneOriginIsForeign() {
    assertThat(
            onLoopback.refusal(
                List.of("localhost:9124"), List.of("http://localhost:9124", "http://evil.example")))
        .isPresent();
  }

  private static MachineNames names(String... names) {
    return new MachineNames(() -> Set.of(names), System::nanoTime);
  }
}
