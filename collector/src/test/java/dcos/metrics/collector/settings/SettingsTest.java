// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final Settings defaults;

  SettingsTest() throws InvalidSettingsException {
    defaults = OptionValues.of(Map.of(), Map.of()).settings();
  }

  @Test
  void defaultsAreAllowed() {
    assertThat(defaults.input().listen()).hasToString("127.0.0.1:8124");
    assertThat(defaults.kafka().framework()).isEqualTo("kafka");
  }

  @Test
  void everyOptionHasADefaultThatItAllowsOrNone() {
    for (Option<?> option : Options.ALL) {
      if (!option.equals(Options.KAFKA_PROPERTY)) {
        assertThat(option.parse(option.defaultText())).as(option.name()).isNotNull();
      }
    }
  }

  @Test
  void optionSaysWhatIsAllowedWithoutRepeatingTheText() {
    assertThatThrownBy(() -> Options.AUTH_CREDENTIAL.parse("hunter2\n"))
        .hasMessage("must be printable ASCII characters on one line, without blanks around them")
        .hasNoCause();
  }

  @Test
  void invalidSettingsNameTheirOptions() throws InvalidSettingsException {
    var values = OptionValues.of(Map.of(Options.MAX_BLOCK_KBYTES, List.of("8192")), Map.of());

    assertThatThrownBy(values::settings)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(e.options())
                    .containsExactly(Options.MAX_BLOCK_KBYTES, Options.MEMORY_LIMIT_KBYTES));
  }

  @Test
  void aFolderForRecordingsNeedsSomethingToRecord() throws InvalidSettingsException {
    var values = OptionValues.of(Map.of(Options.RECORD_DIR, List.of("/tmp/x")), Map.of());

    assertThatThrownBy(values::settings)
        .hasMessage(
            "--record-dir=/tmp/x and --record-input-log=false (the default) and"
                + " --record-output-log=false (the default): a folder for recordings needs one of"
                + " the two, or both");
  }

  @Test
  void recordingsMayTakeAtLeastTwoFiles() throws InvalidSettingsException {
    var values = OptionValues.of(Map.of(Options.RECORD_LIMIT_MBYTES, List.of("127")), Map.of());

    assertThatThrownBy(values::settings)
        .hasMessage(
            "--record-file-mbytes=64 (the default) and --record-limit-mbytes=127: the limit must be"
                + " at least two files");
  }

  @Test
  void logWhatWasGivenAndNothingOfWhatIsSecret() throws InvalidSettingsException {
    var values =
        OptionValues.of(
            Map.of(
                Options.KAFKA,
                List.of("false"),
                Options.KAFKA_PROPERTY,
                List.of("ssl.key=hunter2")),
            Map.of("HTTP_TOKEN", "hunter2", "AGENT_SCHEME", "https"));

    assertThat(values.text(Options.KAFKA)).contains("false");
    assertThat(values.text(Options.AGENT_SCHEME)).contains("https");
    assertThat(values.text(Options.AGENT_PORT)).isEmpty();
    assertThat(values.text(Options.HTTP_TOKEN)).isEmpty();
    assertThat(values.text(Options.KAFKA_PROPERTY)).isEmpty();
    assertThat(Options.ALL.stream().filter(option -> !OptionValues.isShown(option)))
        .containsExactlyInAnyOrder(
            Options.HTTP_TOKEN, Options.AUTH_CREDENTIAL, Options.KAFKA_PROPERTY);
  }

  @Test
  void takeTheDefaultForWhatIsNotGivenAnyMore() throws InvalidSettingsException {
    var values = OptionValues.of(Map.of(), Map.of("AGENT_PORT", "1"));

    var without = values.without(Options.AGENT_PORT);

    assertThat(without.settings().agent().port()).isEqualTo(5051);
    assertThat(without.text(Options.AGENT_PORT)).isEmpty();
    assertThat(values.settings().agent().port()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15, 30, 600})
  void waitForAnAnswerOfTheAgentForAPeriodWithinFiveToThirtySeconds(int period) throws Exception {
    var environment = Map.of("AGENT_POLL_PERIOD", String.valueOf(period));

    assertThat(OptionValues.of(Map.of(), environment).settings().agent().timeout())
        .isEqualTo(Duration.ofSeconds(Math.clamp(period, 5, 30)));
  }

  @Test
  void waitForAnAnswerOfTheAgentAsLongAsItsOptionAllows() throws Exception {
    var environment = Map.of("AGENT_POLL_PERIOD", "1", "AGENT_TIMEOUT", "60");

    assertThat(OptionValues.of(Map.of(), environment).settings().agent().timeout())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void keepAPropertyThatWasSetToTheEmptyStringWhenAnotherOptionChanges()
      throws InvalidSettingsException {
    var values =
        OptionValues.of(
            Map.of(), Map.of("KAFKA_OVERRIDE_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", ""));

    Settings changed =
        values.with(Options.AGENT_PORT, "1").without(Options.KAFKA_BROKERS).settings();

    assertThat(values.isGiven(Options.KAFKA_PROPERTY)).isTrue();
    assertThat(changed.kafka().emptyProperties())
        .containsExactly("ssl.endpoint.identification.algorithm");
  }

  @Test
  void recordsRefuseWhatCannotBe() {
    assertThatThrownBy(() -> new Settings.Limit(-1, Duration.ofSeconds(1)))
        .hasMessage("limit must be at least 0, was -1");
    assertThatThrownBy(() -> new Settings.Limit(1, Duration.ZERO))
        .hasMessage("limit period must be above 0, was PT0S");
    assertThatThrownBy(
            () -> new Settings.Batching("", Optional.empty(), 0, 1, Duration.ofSeconds(1)))
        .hasMessage("records of a message must be above 0, was 0");
    assertThatThrownBy(() -> new Settings.Statsd(Optional.of("h"), 0, Duration.ofSeconds(1)))
        .hasMessage(
            "statsd-udp-host and statsd-udp-port: a StatsD host needs a port from 1 to 65535");
    assertThatThrownBy(() -> new Endpoint("h", 65536))
        .hasMessage("port must be 0 to 65535, was 65536");
  }

  @Test
  void printedSettingsHoldNoSecrets() throws InvalidSettingsException {
    var values =
        OptionValues.of(
            Map.of(),
            Map.of(
                "AUTH_CREDENTIAL", "hunter2", "KAFKA_OVERRIDE_SSL_TRUSTSTORE_PASSWORD", "hunter2"));

    assertThat(values.settings().toString() + values.environmentLines()).doesNotContain("hunter2");
  }

  @Test
  void printsAValueOfAKafkaPropertyOnlyWhereToldTo() throws InvalidSettingsException {
    var values = OptionValues.of(Map.of(), Map.of("KAFKA_OVERRIDE_CLIENT_ID", "hunter2"));

    assertThat(values.environmentLines()).contains("KAFKA_OVERRIDE_CLIENT_ID=********");
    assertThat(values.environmentLines(_ -> true)).contains("KAFKA_OVERRIDE_CLIENT_ID=hunter2");
    assertThat(new KafkaProperty("client.id", "hunter2")).hasToString("client.id=********");
  }

  @Test
  void nameTheVariablesThatMayHoldSecrets() {
    assertThat(
            List.of(
                    "AUTH_CREDENTIAL",
                    "HTTP_TOKEN",
                    "KAFKA_PROPERTY",
                    "KAFKA_OVERRIDE_X",
                    "KAFKA",
                    "PATH")
                .stream()
                .filter(Options::isSecretVariable))
        .containsExactly("AUTH_CREDENTIAL", "HTTP_TOKEN", "KAFKA_PROPERTY", "KAFKA_OVERRIDE_X");
  }
}
