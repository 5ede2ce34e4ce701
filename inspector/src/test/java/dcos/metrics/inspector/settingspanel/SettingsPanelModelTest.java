// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.settingspanel;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.workspace.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsPanelModelTest {
  private final List<OptionValues> asked = new ArrayList<>();
  private final List<OptionValues> applied = new ArrayList<>();
  private boolean may = true;
  private final WindowState window = new WindowState();
  private SettingsPanelModel model = model(Map.of());

  @Test
  void listsTheCollectorsOptionsByTheirGroups() {
    assertThat(model.groups())
        .extracting(SettingsPanelModel.SettingGroup::title)
        .containsExactly(
            "Input",
            "Limits",
            "Records on stderr, or in files",
            "Mesos agent",
            "Kafka",
            "Messages and topics",
            "The collector itself");
    assertThat(model.groups().stream().mapToInt(group -> group.fields().size()).sum())
        .isEqualTo(Options.ALL.size() - 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auth-credential", "http-token", "kafka-property"})
  void hasNoFieldForWhatIsSecretOrMayBe(String name) {
    assertThat(model.field(name)).isEmpty();
  }

  @Test
  void keepsASecretThatWasGiven() throws Exception {
    model = model(Map.of("HTTP_TOKEN", "hunter2", "HTTP_ENDPOINT", "0.0.0.0:0"));
    model.offer();
    model.apply();

    assertThat(settings().http().token()).contains(new Settings.Secret("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "listen-endpoint, 127.0.0.1:8124",
    "kafka-brokers, none",
    "kafka-produce-count, 1024",
    "kafka-topic-prefix, none",
    "agent-test-state-file, none"
  })
  void showsTheDefaultAsPromptOfAnEmptyField(String name, String prompt) {
    assertThat(field(name).prompt()).isEqualTo(prompt);
  }

  @Test
  void describesAnOptionInTheCollectorsWords() {
    SettingField field = field("kafka-brokers");

    assertThat(field.description()).isEqualTo("Brokers to begin with. Beats kafka-framework.");
    assertThat(field.hint())
        .isEqualTo(
            """
            HOST:PORT,...: HOST:PORT with a port from 1 to 65535, an IPv6 address in brackets; \
            several are separated by commas
            KAFKA_BROKERS""");
  }

  @Test
  void beginsEmptyWhereTheDefaultCounts() {
    assertThat(field("listen-endpoint").textProperty().get()).isEmpty();
    assertThat(field("kafka").onProperty().get()).isTrue();
    assertThat(field("record-input-log").onProperty().get()).isFalse();
  }

  @Test
  void beginsWithWhatTheEnvironmentAndTheCommandLineGave() throws Exception {
    OptionValues values =
        OptionValues.of(
            Map.of(Options.KAFKA_BROKERS, List.of("b:9092")),
            Map.of("LISTEN_ENDPOINT", "127.0.0.1:1", "KAFKA", "f"));
    model = new SettingsPanelModel(values, window, _ -> true, () -> {});

    assertThat(field("kafka-brokers").textProperty().get()).isEqualTo("b:9092");
    assertThat(field("listen-endpoint").textProperty().get()).isEqualTo("127.0.0.1:1");
    assertThat(field("kafka").onProperty().get()).isFalse();
  }

  @Test
  void appliesWhatWasTyped() throws Exception {
    model.offer();
    type("listen-endpoint", " 127.0.0.1:0 ");
    field("kafka").onProperty().set(false);
    assertThat(model.values().settings().kafka().enabled()).isTrue();

    model.apply();

    assertThat(applied).containsExactly(model.values());
    assertThat(settings().input().listen()).hasToString("127.0.0.1:0");
    assertThat(settings().kafka().enabled()).isFalse();
    assertThat(model.shownProperty().get()).isFalse();
  }

  @Test
  void staysAsItIsWhereApplyingIsNotWantedYet() throws Exception {
    may = false;
    model.offer();
    type("listen-endpoint", "127.0.0.1:0");

    model.apply();

    assertThat(asked.getFirst().settings().input().listen()).hasToString("127.0.0.1:0");
    assertThat(applied).isEmpty();
    assertThat(model.shownProperty().get()).isTrue();
    assertThat(settings().input().listen()).hasToString("127.0.0.1:8124");
    may = true;
    model.apply();
    assertThat(settings().input().listen()).hasToString("127.0.0.1:0");
  }

  @ParameterizedTest
  @CsvSource({
    "input-limit-period, SECONDS",
    "input-limit-amount-kbytes, KBYTES",
    "record-file-mbytes, MBYTES",
    "kafka-produce-period-ms, MS"
  })
  void reportsWhatAFieldCounts(String name, String label) {
    assertThat(field(name).label()).isEqualTo(label);
  }

  @Test
  void anEmptiedFieldIsItsDefault() throws Exception {
    model = model(Map.of("LISTEN_ENDPOINT", "127.0.0.1:1"));
    model.offer();
    type("listen-endpoint", "");
    model.apply();

    assertThat(settings().input().listen()).hasToString("127.0.0.1:8124");
  }

  @Test
  void anEmptiedFieldIsNoneWhereThatIsAValue() throws Exception {
    model.offer();
    assertThat(field("kafka-topic-prefix").textProperty().get()).isEqualTo("metrics-");
    type("kafka-topic-prefix", "");
    model.apply();

    assertThat(settings().batching().topicPrefix()).isEmpty();
    model.offer();
    assertThat(field("kafka-topic-prefix").textProperty().get()).isEmpty();
    type("kafka-topic-prefix", "metrics-");
    model.apply();
    assertThat(settings().batching().topicPrefix()).isEqualTo("metrics-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listen-endpoint|here|--listen-endpoint=here: must be HOST:PORT with a port from 0 to 65535,"
            + " an IPv6 address in brackets",
        "input-limit-amount-kbytes|-1|--input-limit-amount-kbytes=-1: must be a whole number of KB"
            + " from 0 to 1000000000",
        "agent-scheme|ftp|--agent-scheme=ftp: must be http or https",
        "kafka-brokers|b:0|--kafka-brokers=b:0: must be HOST:PORT with a port from 1 to 65535, an"
            + " IPv6 address in brackets; several are separated by commas",
      })
  void complainsInTheCollectorsWordsAndPointsAtTheField(String name, String text, String problem) {
    model.offer();
    type(name, text);

    assertThat(model.problemProperty().get()).isEqualTo(problem);
    assertThat(wrong()).containsExactly(name);
    model.apply();
    assertThat(applied).isEmpty();
    assertThat(model.shownProperty().get()).isTrue();
  }

  @Test
  void pointsAtEveryValueThatIsNone() {
    model.offer();
    type("input-limit-amount-kbytes", "-1");
    type("agent-scheme", "ftp");

    assertThat(wrong()).containsExactly("input-limit-amount-kbytes", "agent-scheme");
    type("agent-scheme", "https");
    assertThat(wrong()).containsExactly("input-limit-amount-kbytes");
  }

  @Test
  void pointsAtAllThatContradictEachOther() {
    model.offer();
    type("record-dir", "/tmp/x");

    assertThat(model.problemProperty().get())
        .isEqualTo(
            "--record-dir=/tmp/x and --record-input-log=false (the default) and"
                + " --record-output-log=false (the default): a folder for recordings needs one of"
                + " the two, or both");
    assertThat(wrong()).containsExactly("record-input-log", "record-output-log", "record-dir");
    field("record-input-log").onProperty().set(true);
    assertThat(model.problemProperty().get()).isEmpty();
    assertThat(wrong()).isEmpty();
  }

  @Test
  void showsASeldomOptionThatIsWrongAndKeepsItWhileItIsMended() {
    model = model(Map.of("MEMORY_LIMIT_KBYTES", "16384"));
    assertThat(visible()).contains("memory-limit-kbytes").doesNotContain("max-block-kbytes");
    model.offer();
    type("memory-limit-kbytes", "1024");

    assertThat(model.problemProperty().get())
        .startsWith("--max-block-kbytes=4096 (the default) and --memory-limit-kbytes=1024: ");
    assertThat(visible()).contains("max-block-kbytes");
    type("max-block-kbytes", "256");
    assertThat(model.problemProperty().get()).isEmpty();
    assertThat(visible()).contains("max-block-kbytes");
  }

  @Test
  void showsEveryOptionWhenAsked() {
    assertThat(visible()).contains("listen-endpoint", "record-dir").doesNotContain("idle-timeout");

    model.allProperty().set(true);

    assertThat(visible()).hasSize(Options.ALL.size() - 3);
    model.allProperty().set(false);
    assertThat(visible()).doesNotContain("idle-timeout");
  }

  @Test
  void leavesAllAsItWasWhenCancelled() throws Exception {
    model.offer();
    type("listen-endpoint", "nonsense");
    model.cancel();

    assertThat(applied).isEmpty();
    assertThat(settings().input().listen()).hasToString("127.0.0.1:8124");
    model.offer();
    assertThat(field("listen-endpoint").textProperty().get()).isEmpty();
    assertThat(model.problemProperty().get()).isEmpty();
  }

  @Test
  void keepsWhatWasTypedWhenOfferedAgainWhileItShows() {
    model.offer();
    type("listen-endpoint", "127.0.0.1:1");
    model.offer();

    assertThat(field("listen-endpoint").textProperty().get()).isEqualTo("127.0.0.1:1");
  }

  @Test
  void doesNothingWhileItDoesNotShow() {
    model.apply();

    assertThat(applied).isEmpty();
  }

  @Test
  void reportsWhatApplyingDoesToWhatIsOpen() {
    assertThat(model.consequence().get()).isEqualTo("Apply starts a capture with these values.");
    window.recordingProperty().set(true);
    assertThat(model.consequence().get())
        .isEqualTo("Apply starts a capture with these values, in the place of what is open.");
    window.capturingProperty().set(true);
    assertThat(model.consequence().get())
        .isEqualTo(
            "Apply ends the capture that runs, and starts another with these values; if none of"
                + " them was changed, it goes on.");
  }

  @Test
  void complainsOfAVariableByItsNameUntilItIsTypedOver() throws Exception {
    model = model(Map.of("RECORD_FILE_MBYTES", "600", "RECORD_LIMIT_MBYTES", "1200"));
    model.offer();
    type("record-limit-mbytes", "1000");

    assertThat(model.problemProperty().get())
        .isEqualTo(
            "RECORD_FILE_MBYTES=600 and --record-limit-mbytes=1000: the limit must be at least two"
                + " files");
  }

  private SettingsPanelModel model(Map<String, String> environment) {
    try {
      return new SettingsPanelModel(
          OptionValues.of(Map.of(), environment),
          window,
          typed -> {
            asked.add(typed);
            return may;
          },
          () -> applied.add(model.values()));
    } catch (InvalidSettingsException e) {
      throw new AssertionError(e);
    }
  }

  private Settings settings() throws InvalidSettingsException {
    return model.values().settings();
  }

  private SettingField field(String name) {
    return model.field(name).orElseThrow();
  }

  private void type(String name, String text) {
    field(name).textProperty().set(text);
  }

  private List<String> visible() {
    return model.groups().stream()
        .flatMap(group -> group.fields().stream())
        .filter(field -> field.visibleProperty().get())
        .map(SettingField::name)
        .toList();
  }

  private List<String> wrong() {
    return model.groups().stream()
        .flatMap(group -> group.fields().stream())
        .filter(field -> field.wrongProperty().get())
        .map(SettingField::name)
        .toList();
  }
}
