// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.app.LaunchTarget;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectorCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<LaunchTarget> openings = new ArrayList<>();
  private final List<OptionValues> begun = new ArrayList<>();
  private Map<String, String> environment = Map.of();

  @Test
  void opensOnItsStartPageWithoutArguments() {
    assertThat(run()).isZero();

    assertThat(openings).containsExactly(new LaunchTarget.ShowStartPage());
  }

  @Test
  void opensFiles() {
    assertThat(run("a.avro", "/b/c.log")).isZero();

    assertThat(openings)
        .containsExactly(
            new LaunchTarget.OpenFiles(List.of(Path.of("a.avro"), Path.of("/b/c.log"))));
  }

  @Test
  void attaches() {
    assertThat(run("--attach", "10.0.0.1:9000")).isZero();

    assertThat(openings)
        .containsExactly(new LaunchTarget.AttachToCollector(new Endpoint("10.0.0.1", 9000)));
  }

  @Test
  void takesTheCollectorsOptionsForALiveRun() throws Exception {
    assertThat(run("-kafka=false", "--listen-endpoint", "127.0.0.1:0")).isZero();

    assertThat(openings).singleElement().isInstanceOf(LaunchTarget.StartCapture.class);
    var settings = ((LaunchTarget.StartCapture) openings.getFirst()).values().settings();
    assertThat(settings.kafka().enabled()).isFalse();
    assertThat(settings.input().listen().port()).isZero();
  }

  @Test
  void asksNeitherAnAgentNorKafkaUntilSomethingOfTheirsIsSet() throws Exception {
    assertThat(run()).isZero();

    assertThat(begun.getFirst().settings().agent().polling()).isFalse();
    assertThat(begun.getFirst().settings().kafka().enabled()).isFalse();
  }

  @Test
  void asksThemAsTheCollectorDoesWhereTheEnvironmentNamesThem() throws Exception {
    environment = Map.of("KAFKA_BROKERS", "127.0.0.1:9092", "AUTH_CREDENTIAL", "secret");

    assertThat(run()).isZero();

    assertThat(begun.getFirst().settings().agent().polling()).isTrue();
    assertThat(begun.getFirst().settings().kafka().enabled()).isTrue();
  }

  @Test
  void helpNamesItsOwnWaysAndEveryOption() {
    assertThat(run("--help")).isZero();

    String help = out.toString(StandardCharsets.UTF_8);
    assertThat(help).startsWith("Usage: inspector [FILE]...").contains("--attach=HOST:PORT");
    assertThat(Options.ALL).allSatisfy(option -> assertThat(help).contains("--" + option.name()));
    assertThat(openings).isEmpty();
  }

  @Test
  void reportsItsVersion() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).matches("metrics-inspector \\d.*\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--attach nowhere | --attach=nowhere: must be HOST:PORT of a collector's http-endpoint with a"
            + " port from 1 to 65535, an IPv6 address in brackets",
        "--attach a:0 | --attach=a:0: must be HOST:PORT of a collector's http-endpoint with a port"
            + " from 1 to 65535, an IPv6 address in brackets",
        "--attach | --attach: its value is missing",
        "--nonsense=1 | --nonsense: unknown option, -h lists all",
        "-kafka false | -kafka false: must be -kafka=false",
        "a.avro --attach a:1 | FILE and --attach exclude each other: a window holds one recording",
        "a.avro -kafka=false | FILE and the collector's options exclude each other: a window holds one"
            + " recording",
        "--agent-port=x | --agent-port=x: must be a whole number from 1 to 65535",
      })
  void misuseIsOneLineAndExitCodeTwo(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(message + "\n");
    assertThat(openings).isEmpty();
  }

  private int run(String... args) {
    InspectorCommand.WindowStarter window =
        (opening, values) -> {
          openings.add(opening);
          begun.add(values);
        };
    return new InspectorCommand(environment, stream(out), stream(err), window).run(args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
