// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Options;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option from every place, with every kind of value. */
@Timeout(60)
class OptionTableTest {
  static final List<OptionCase> CASES = OptionCase.ALL;

  static Stream<Arguments> spellings() {
    return CASES.stream()
        .flatMap(
            tried ->
                Stream.of("-", "--")
                    .map(dashes -> dashes + tried.option().name())
                    .flatMap(name -> spellings(tried, name)));
  }

  private static Stream<Arguments> spellings(OptionCase tried, String name) {
    Arguments attached = Arguments.of(tried, List.of(name + "=" + tried.text()));
    return tried.option().isFlag()
        ? Stream.of(attached)
        : Stream.of(attached, Arguments.of(tried, List.of(name, tried.text())));
  }

  static Stream<Arguments> badValues() {
    return CASES.stream()
        .flatMap(tried -> tried.bad().stream().map(bad -> Arguments.of(tried, bad)));
  }

  @Test
  void tableHoldsEveryOption() {
    assertThat(CASES.stream().map(OptionCase::option)).containsExactlyElementsOf(Options.ALL);
  }

  @ParameterizedTest
  @MethodSource("spellings")
  void isSetByFlag(OptionCase tried, List<String> args) {
    assertThat(setting(tried, new Terminal(), args.toArray(String[]::new)))
        .isEqualTo(tried.expected());
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void isSetByEnvironment(OptionCase tried) {
    var terminal = Terminal.with(tried.option().environmentName(), tried.text());

    assertThat(setting(tried, terminal)).isEqualTo(tried.expected());
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void hasItsDefault(OptionCase tried) {
    assertThat(setting(tried, new Terminal())).isEqualTo(tried.byDefault());
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void emptyVariableIsNotSet(OptionCase tried) {
    var terminal = Terminal.with(tried.option().environmentName(), "");

    assertThat(setting(tried, terminal)).isEqualTo(tried.byDefault());
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void emptyFlagIsNoneOrRefused(OptionCase tried) {
    String arg = "--" + tried.option().name() + "=";
    if (tried.empty() != null) {
      assertThat(setting(tried, new Terminal(), arg)).isEqualTo(tried.empty());
    } else if (!tried.option().equals(Options.KAFKA_FRAMEWORK)) { // none contradicts the default
      String shown = tried.isMasked() ? "********" : "";
      assertRefused(new Terminal(), arg + shown + ": must be " + tried.allowed(), arg);
    }
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void flagBeatsEnvironment(OptionCase tried) {
    var terminal =
        Terminal.with(tried.option().environmentName(), tried.bad().isEmpty() ? "x" : "1=1");
    if (tried.option().equals(Options.KAFKA_PROPERTY)) {
      terminal.environment.put("KAFKA_PROPERTY", "client.id=other");
    }

    assertThat(setting(tried, terminal, "-" + tried.option().name() + "=" + tried.text()))
        .isEqualTo(tried.expected());
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void valueMayNotBeMissing(OptionCase tried) {
    if (tried.option().isFlag()) {
      assertThat(setting(tried, new Terminal(), "-" + tried.option().name())).isEqualTo(true);
      return;
    }
    String name = "--" + tried.option().name();
    String line = name + ": its value is missing, must be " + tried.allowed();
    assertRefused(new Terminal(), line, name);
    assertRefused(new Terminal(), line, name, "-kafka=false");
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void refusesBadFlag(OptionCase tried, String bad) {
    String name = "--" + tried.option().name();
    String line = name + "=" + shown(tried, bad) + ": must be " + tried.allowed();

    assertRefused(new Terminal(), line, name + "=" + bad);
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void refusesBadVariable(OptionCase tried, String bad) {
    String name = tried.option().environmentName();
    String line = name + "=" + shown(tried, bad) + ": must be " + tried.allowed();
    String more = tried.option().isFlag() ? ", or 1, 0, t or f" : "";

    assertRefused(Terminal.with(name, bad), line + more);
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void flagsInTheEnvironmentMayBeShort(OptionCase tried) {
    if (!tried.option().isFlag()) {
      return;
    }
    String name = tried.option().environmentName();
    for (String text : List.of("true", "TRUE", "t", "T", "1")) {
      assertThat(setting(tried, Terminal.with(name, text))).isEqualTo(true);
    }
    for (String text : List.of("false", "False", "f", "F", "0")) {
      assertThat(setting(tried, Terminal.with(name, text))).isEqualTo(false);
    }
  }

  private static String shown(OptionCase tried, String bad) {
    return tried.isMasked() ? "********" : bad;
  }

  private static Object setting(OptionCase tried, Terminal terminal, String... args) {
    String[] all = args;
    if (tried.option().equals(Options.STATSD_UDP_HOST)) { // contradicts the default port
      terminal.environment.put("STATSD_UDP_PORT", "8125");
    }
    if (tried.option().equals(Options.RECORD_DIR)) { // contradicts the defaults
      terminal.environment.put("RECORD_INPUT_LOG", "true");
    }
    assertThat(terminal.run(all)).as(terminal.err()).isZero();
    return tried.setting().apply(Objects.requireNonNull(terminal.settings));
  }

  private static void assertRefused(Terminal terminal, String line, String... args) {
    assertThat(terminal.run(args)).isEqualTo(2);
    assertThat(terminal.err()).isEqualTo(line + System.lineSeparator());
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.settings).isNull();
  }
}
