// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CollectorCommandTest {
  private final Terminal terminal = new Terminal();

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help", "-help"})
  void helpListsEveryOptionWithVariableAndDefault(String flag) {
    assertThat(terminal.run(flag)).isZero();

    assertThat(terminal.err()).isEmpty();
    assertThat(terminal.out().lines()).allMatch(line -> line.length() <= 80);
    for (Option<?> option : Options.ALL) {
      String value = option.isFlag() ? "[=true|false]" : "=" + option.label();
      String fallback = option.defaultText().isEmpty() ? "none" : option.defaultText();
      assertThat(terminal.out())
          .contains("  --" + option.name() + value + "\n      ")
          .contains("\n      " + option.environmentName() + ", default " + fallback + "\n");
    }
  }

  @Test
  void helpDoesNotPrintTheEnvironment() {
    terminal.environment.put("AUTH_CREDENTIAL", "hunter2");

    assertThat(terminal.run("-h", "-auth-credential=hunter3", "nonsense")).isZero();

    assertThat(terminal.out() + terminal.err()).doesNotContain("hunter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-version"})
  void versionIsThatOfTheBuild(String flag) {
    assertThat(terminal.run(flag)).isZero();

    assertThat(terminal.out()).matches("metrics-collector [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
    assertThat(terminal.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-htp-endpoint=1, -htp-endpoint",
    "-hversion, -hversion",
    "--kafka-broker=a:1, --kafka-broker",
    "--KAFKA=false, --KAFKA",
    "--auth-credental=hunter2, --auth-credental",
    "-no-kafka, -no-kafka",
    "---kafka, ---kafka"
  })
  void refusesUnknownOptionsByNameAlone(String arg, String name) {
    assertRefused(name + ": unknown option, -h lists all", arg);
  }

  @ParameterizedTest
  @CsvSource({"-kafka, false", "--kafka, true"})
  void flagDoesNotTakeTheNextWord(String flag, String word) {
    assertRefused(flag + " " + word + ": must be " + flag + "=" + word, flag, word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"collect", "@/etc/hostname", "a=b", "-", "kafka=false"})
  void refusesArgumentsThatAreNoOptions(String word) {
    String shown = word.contains("=") ? '"' + word + '"' : word;
    assertRefused(shown + ": unexpected argument, must be -NAME, -NAME=VALUE or -NAME VALUE", word);
  }

  @Test
  void doesNotPrintTheRestOfASecretThatWasNotQuoted() {
    assertRefused(
        "********: unexpected argument, must be -NAME, -NAME=VALUE or -NAME VALUE",
        "-auth-credential=token",
        "hunter2");
    var other = new Terminal();
    assertThat(other.run("-kafka-property", "sasl.jaas.config=a", "hunter2")).isEqualTo(2);
    assertThat(other.err()).doesNotContain("hunter2");
  }

  @Test
  void escapesWhatWouldBreakTheLine() {
    assertRefused(
        "--agent-port=1\\nERROR x: must be a whole number from 1 to 65535",
        "-agent-port=1\nERROR x");
  }

  @Test
  void lastOneOfARepeatedOptionCounts() {
    assertThat(terminal.run("-agent-port=1", "--agent-port", "2", "-kafka=false", "-kafka"))
        .isZero();

    assertThat(Objects.requireNonNull(terminal.settings).agent().port()).isEqualTo(2);
    assertThat(terminal.settings.kafka().enabled()).isTrue();
    assertThat(terminal.err()).doesNotContain("picocli");
  }

  @Test
  void flagPropertyBeatsVariableBeatsOverride() {
    terminal.environment.put("KAFKA_OVERRIDE_CLIENT_ID", "override");
    terminal.environment.put("KAFKA_OVERRIDE_REQUEST_TIMEOUT_MS", "override");
    terminal.environment.put("KAFKA_OVERRIDE_METADATA_MAX_AGE_MS", "override");
    terminal.environment.put("KAFKA_OVERRIDE_RETRIES", "");
    terminal.environment.put("KAFKA_PROPERTY", "client.id=variable");

    assertThat(
            terminal.run(
                "-kafka-property=client.id=flag", "--kafka-property", "request.timeout.ms=flag"))
        .isZero();

    assertThat(Objects.requireNonNull(terminal.settings).kafka().properties())
        .containsOnly(
            Map.entry("client.id", "flag"),
            Map.entry("request.timeout.ms", "flag"),
            Map.entry("metadata.max.age.ms", "override"),
            Map.entry("retries", ""));
  }

  @Test
  void anEmptyOverrideIsListedAsTheVariableThatSetsIt() {
    terminal.environment.put("KAFKA_OVERRIDE_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "");
    terminal.environment.put("KAFKA_PROPERTY", "");

    assertThat(terminal.run()).isZero();

    assertThat(Objects.requireNonNull(terminal.settings).kafka().properties())
        .containsOnly(Map.entry("ssl.endpoint.identification.algorithm", ""));
    assertThat(terminal.err())
        .contains("  KAFKA_OVERRIDE_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM=\n");
  }

  @Test
  void anEmptyOverrideOfAPropertyThatAnOptionGovernsIsIgnoredAndLogged() {
    terminal.environment.put("KAFKA_OVERRIDE_ACKS", "");

    assertThat(terminal.run()).isZero();

    assertThat(Objects.requireNonNull(terminal.settings).kafka().properties()).isEmpty();
    assertThat(terminal.err()).contains("property=acks option=kafka-require-all-acks\n");
  }

  @Test
  void optionBeatsPropertyAndSaysSo() {
    assertThat(terminal.run("-kafka-property=linger.ms=1")).isZero();

    assertThat(Objects.requireNonNull(terminal.settings).kafka().properties()).isEmpty();
    assertThat(terminal.err())
        .contains(
            "WARN  cli  a Kafka property is ignored, an option governs it property=linger.ms"
                + " option=kafka-flush-ms\n");
  }

  @Test
  void refusesAnOverrideWithoutAName() {
    terminal.environment.put("KAFKA_OVERRIDE_", "hunter2");

    assertRefused(
        "KAFKA_OVERRIDE_=********: must be named KAFKA_OVERRIDE_X_Y for the Kafka property x.y");
  }

  @Test
  void printsEverySettingAsALineOfTheEnvironmentAtTheStart() {
    terminal.environment.put("RECORD_INPUT_LOG", "T");

    assertThat(terminal.run("-kafka-brokers=a:1")).isZero();

    assertThat(terminal.err()).contains("INFO  cli  KAFKA_BROKERS=a:1\n");
    assertThat(terminal.err()).contains("INFO  cli  RECORD_INPUT_LOG=true\n");
    for (Option<?> option : Options.ALL) {
      if (!option.equals(Options.KAFKA_PROPERTY)) {
        assertThat(terminal.err()).contains("INFO  cli  " + option.environmentName() + "=");
      }
    }
    assertThat(terminal.err()).endsWith("INFO  cli  ledger balances\n");
  }

  @Test
  void secretsAreMaskedAtTheStart() {
    terminal.environment.put("AUTH_CREDENTIAL", "hunter2");
    terminal.environment.put("KAFKA_OVERRIDE_SSL_KEY_PASSWORD", "hunter2");
    terminal.environment.put("KAFKA_OVERRIDE_SSL_KEYSTORE_KEY", "hunter2");

    assertThat(
            terminal.run(
                "-kafka-property=sasl.jaas.config=x password=\"hunter2\";",
                "-kafka-property=x_y=a secret: hunter2",
                "-kafka-property=security.protocol=SSL"))
        .isZero();

    assertThat(terminal.out() + terminal.err() + terminal.settings).doesNotContain("hunter2");
    assertThat(terminal.err())
        .contains("  AUTH_CREDENTIAL=********\n")
        .contains("  KAFKA_OVERRIDE_SSL_KEY_PASSWORD=********\n")
        .contains("  KAFKA_OVERRIDE_SSL_KEYSTORE_KEY=********\n")
        .contains("  KAFKA_OVERRIDE_SASL_JAAS_CONFIG=********\n")
        .contains("  KAFKA_PROPERTY=x_y=********\n")
        .contains("  KAFKA_OVERRIDE_SECURITY_PROTOCOL=SSL\n");
  }

  @Test
  void printsNoUserAndPasswordOfAnAddress() {
    assertRefused(
        "--kafka-brokers=http://********@h:9092: must be HOST:PORT with a port from 1 to 65535, an"
            + " IPv6 address in brackets; several are separated by commas",
        "-kafka-brokers=http://u:hunter2@h:9092");
    assertThat(terminal.run("-kafka=false", "http://u:hunter2@h:9092")).isEqualTo(2);
    assertThat(terminal.run("-agent-ip-command=curl http://u:hunter2@h/")).isZero();
    assertThat(terminal.err())
        .contains("AGENT_IP_COMMAND=curl http://********@h/\n")
        .doesNotContain("hunter2");
  }

  @Test
  void neitherBrokersNorFrameworkContradictsKafka() {
    assertRefused(
        "--kafka=true (the default) and --kafka-brokers= (the default) and --kafka-framework=:"
            + " brokers or a framework must be given, or --kafka=false",
        "-kafka-framework=");
    assertThat(new Terminal().run("-kafka-framework=", "-kafka=false")).isZero();
    assertThat(new Terminal().run("-kafka-framework=", "-kafka-brokers=a:1")).isZero();
  }

  @Test
  void blockMayTakeAQuarterOfTheMemoryLimit() {
    terminal.environment.put("MEMORY_LIMIT_KBYTES", "16383");

    assertRefused(
        "--max-block-kbytes=4096 (the default) and MEMORY_LIMIT_KBYTES=16383:"
            + " a block may take at most a quarter of the memory limit");
    assertThat(Terminal.with("MEMORY_LIMIT_KBYTES", "16384").run()).isZero();
  }

  @Test
  void headerMayTakeAQuarterOfTheMemoryLimit() {
    assertRefused(
        "--max-header-kbytes=5000 and --memory-limit-kbytes=16384 (the default):"
            + " a header may take at most a quarter of the memory limit",
        "-max-header-kbytes=5000");
  }

  @Test
  void statsdHostNeedsAPort() {
    assertRefused(
        "STATSD_UDP_HOST=h and --statsd-udp-port=0 (the default):"
            + " a StatsD host needs a port from 1 to 65535",
        Terminal.with("STATSD_UDP_HOST", "h"));
  }

  private void assertRefused(String line, String... args) {
    assertThat(terminal.run(args)).isEqualTo(2);
    assertThat(terminal.err()).isEqualTo(line + System.lineSeparator());
    assertThat(terminal.out()).isEmpty();
  }

  private static void assertRefused(String line, Terminal terminal) {
    assertThat(terminal.run()).isEqualTo(2);
    assertThat(terminal.err()).isEqualTo(line + System.lineSeparator());
  }
}
