// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OriginalNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options as configurations of the original collector name them. */
@Timeout(60)
class OriginalNamesTest {
  private static final String USED =
      "WARN  cli  an option has the original collector's misspelt name, use the correct one ";
  private static final String IGNORED =
      "WARN  cli  a misspelt option is ignored, it is given under its correct name too ";
  private static final String UNSUPPORTED =
      "WARN  cli  an option of the original collector is not supported yet ";

  private final Terminal terminal = new Terminal();

  @Test
  void misspeltVariableSetsTheEndpointWithAWarning() {
    terminal.environment.put("LISTEN_ENDPONT", "127.0.0.1:9");

    assertListensAt("127.0.0.1:9");
    assertThat(terminal.err())
        .contains(USED + "given=LISTEN_ENDPONT correct=LISTEN_ENDPOINT\n")
        .contains("INFO  cli  LISTEN_ENDPOINT=127.0.0.1:9\n")
        .doesNotContain(IGNORED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-listen-endpont=127.0.0.1:9",
        "--listen-endpont=127.0.0.1:9",
        "-listen-endpont 127.0.0.1:9"
      })
  void misspeltFlagSetsTheEndpointWithAWarning(String args) {
    assertListensAt("127.0.0.1:9", args.split(" ", -1));
    assertThat(terminal.err())
        .contains(USED + "given=--listen-endpont correct=--listen-endpoint\n");
  }

  @Test
  void misspeltFlagBeatsTheMisspeltVariable() {
    terminal.environment.put("LISTEN_ENDPONT", "127.0.0.1:8");

    assertListensAt("127.0.0.1:9", "-listen-endpont=127.0.0.1:9");
    assertThat(terminal.err()).contains(USED + "given=--listen-endpont ");
  }

  @Test
  void correctNameBeatsTheMisspeltOneWhereverItIsGiven() {
    for (Map<String, String> environment :
        List.of(Map.of("LISTEN_ENDPOINT", "127.0.0.1:9"), Map.<String, String>of())) {
      for (List<String> misspelt :
          List.of(List.of("-listen-endpont=127.0.0.1:8"), List.<String>of())) {
        var tried = new Terminal();
        tried.environment.putAll(environment);
        List<String> args = new ArrayList<>(misspelt);
        if (environment.isEmpty()) {
          args.add("-listen-endpoint=127.0.0.1:9");
        }
        if (misspelt.isEmpty()) {
          tried.environment.put("LISTEN_ENDPONT", "127.0.0.1:8");
        }

        assertThat(tried.run(args.toArray(String[]::new))).isZero();

        String given = misspelt.isEmpty() ? "LISTEN_ENDPONT" : "--listen-endpont";
        String correct = environment.isEmpty() ? "--listen-endpoint" : "LISTEN_ENDPOINT";
        assertThat(Objects.requireNonNull(tried.settings).input().listen())
            .isEqualTo(Endpoint.parse("127.0.0.1:9"));
        assertThat(tried.err())
            .contains(IGNORED + "given=" + given + " correct=" + correct + "\n")
            .doesNotContain(USED);
      }
    }
  }

  @Test
  void badValueIsRefusedUnderTheNameThatItWasGivenBy() {
    terminal.environment.put("LISTEN_ENDPONT", "8124");
    assertThat(terminal.run()).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            "LISTEN_ENDPONT=8124: must be HOST:PORT with a port from 0 to 65535, an IPv6 address in"
                + " brackets\n");

    var other = new Terminal();
    assertThat(other.run("-listen-endpont")).isEqualTo(2);
    assertThat(other.err()).startsWith("--listen-endpont: its value is missing, must be HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "T", "yes"})
  void httpProfileWarnsThatItIsNotSupported(String value) {
    terminal.environment.put("HTTP_PROFILE", value);

    assertThat(terminal.run()).isZero();

    assertThat(terminal.err()).contains(UNSUPPORTED + "given=HTTP_PROFILE\n");
  }

  @Test
  void httpProfileWarnsAsAFlagToo() {
    assertThat(terminal.run("-http-profile")).isZero();

    assertThat(terminal.err()).contains(UNSUPPORTED + "given=--http-profile\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "false", "0", "f"})
  void httpProfileThatIsOffWarnsOfNothing(String value) {
    terminal.environment.put("HTTP_PROFILE", value);

    assertThat(terminal.run("-http-profile=false")).isZero();

    assertThat(terminal.err()).doesNotContain("WARN");
  }

  @Test
  void nothingWarnsWhereNoneIsGiven() {
    assertThat(terminal.run("-listen-endpoint=127.0.0.1:9")).isZero();

    assertThat(terminal.err()).doesNotContain("WARN");
  }

  @Test
  void helpHasOnlyTheCorrectNames() {
    assertThat(terminal.run("-h")).isZero();

    for (var option : OriginalNames.ALL) {
      assertThat(terminal.out()).doesNotContain(option.name(), option.environmentName());
    }
  }

  private void assertListensAt(String endpoint, String... args) {
    assertThat(terminal.run(args)).as(terminal.err()).isZero();
    assertThat(Objects.requireNonNull(terminal.settings).input().listen())
        .isEqualTo(Endpoint.parse(endpoint));
  }
}
