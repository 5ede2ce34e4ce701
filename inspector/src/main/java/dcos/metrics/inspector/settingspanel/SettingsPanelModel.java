// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.settingspanel;

import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.OptionGroup;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.workspace.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/**
 * The panel with the settings of a live run: the collector's own options, from its table of them,
 * checked by its own code. What is applied counts until the program ends; nothing is written
 * anywhere. FX thread only.
 */
public final class SettingsPanelModel {
  // Those that a desktop needs; the others show when asked for, or when they were given.
  private static final Set<Option<?>> COMMON =
      Set.of(
          Options.LISTEN_ENDPOINT,
          Options.INPUT_LIMIT_AMOUNT_KBYTES,
          Options.INPUT_LIMIT_PERIOD,
          Options.GLOBAL_LIMIT_AMOUNT_KBYTES,
          Options.GLOBAL_LIMIT_PERIOD,
          Options.RECORD_INPUT_LOG,
          Options.RECORD_OUTPUT_LOG,
          Options.RECORD_DIR,
          Options.AGENT_POLLING,
          Options.AGENT_IP_COMMAND,
          Options.AGENT_PORT,
          Options.AGENT_SCHEME,
          Options.AGENT_TEST_STATE_FILE,
          Options.AGENT_TEST_SYSTEM_FILE,
          Options.AGENT_TEST_CONTAINERS_FILE,
          Options.KAFKA,
          Options.KAFKA_BROKERS,
          Options.KAFKA_TOPIC_PREFIX,
          Options.KAFKA_PRODUCE_COUNT,
          Options.KAFKA_PRODUCE_KBYTES,
          Options.KAFKA_PRODUCE_PERIOD_MS,
          Options.HTTP_ENDPOINT);

  /** Fields that are about the same. */
  public record SettingGroup(String title, List<SettingField> fields) {
    public SettingGroup {
      fields = List.copyOf(fields);
    }
  }

  private final List<SettingGroup> groups = new ArrayList<>();
  private final ReadOnlyBooleanWrapper shown = new ReadOnlyBooleanWrapper();
  private final BooleanProperty all = new SimpleBooleanProperty();
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final StringBinding consequence;
  private final Predicate<OptionValues> mayApply;
  private final Runnable onApply;
  private OptionValues values;

  /**
   * A panel that does not show.
   *
   * @param values that count until others are applied; their settings were checked
   * @param window what is open while it shows
   * @param mayApply asked before values count; if it says no, the panel stays as it is
   * @param onApply captures with {@link #values}, in the place of what is open
   */
  public SettingsPanelModel(
      OptionValues values, WindowState window, Predicate<OptionValues> mayApply, Runnable onApply) {
    this.values = values;
    this.mayApply = mayApply;
    this.onApply = onApply;
    for (OptionGroup group : OptionGroup.values()) {
      groups.add(
          new SettingGroup(
              group.title(),
              Options.ALL.stream()
                  .filter(option -> option.group() == group && OptionValues.isShown(option))
                  .map(SettingField::new)
                  .toList()));
    }
    for (SettingField field : fields()) {
      field.begin(values);
      field.textProperty().addListener(_ -> check());
      field.onProperty().addListener(_ -> check());
    }
    all.addListener(_ -> arrange());
    consequence =
        Bindings.createStringBinding(
            () -> consequence(window), window.capturingProperty(), window.recordingProperty());
    check();
  }

  private static String consequence(WindowState window) {
    if (window.capturingProperty().get()) {
      return "Apply ends the capture that runs, and starts another with these values; if none of"
          + " them was changed, it goes on.";
    }
    return window.recordingProperty().get()
        ? "Apply starts a capture with these values, in the place of what is open."
        : "Apply starts a capture with these values.";
  }

  /** In the order in which the collector's help lists them. */
  public List<SettingGroup> groups() {
    return List.copyOf(groups);
  }

  /** The field of an option, by its name. */
  public Optional<SettingField> field(String name) {
    return fields().stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** Whether the panel shows. */
  public ReadOnlyBooleanProperty shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Whether every option is to be seen. */
  public BooleanProperty allProperty() {
    return all;
  }

  /** What the collector would say of these values; empty if nothing is wrong. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /** What applying them does to what is open. */
  public StringBinding consequence() {
    return consequence;
  }

  /** The values that count. */
  public OptionValues values() {
    return values;
  }

  /** From now on these count; what is typed stays, if the panel shows. */
  public void use(OptionValues others) {
    values = others;
    if (!shown.get()) {
      begin();
    }
  }

  /** Shows the panel, with the values that count. */
  public void offer() {
    if (!shown.get()) {
      begin();
      shown.set(true);
    }
  }

  /** Leaves all as it was. */
  public void cancel() {
    shown.set(false);
  }

  /** Has these values count, and captures with them; not while something is wrong. */
  public void apply() {
    OptionValues typed = typed();
    if (shown.get() && problem.get().isEmpty() && mayApply.test(typed)) {
      values = typed;
      shown.set(false);
      onApply.run();
    }
  }

  private void begin() {
    fields().forEach(field -> field.begin(values));
    check();
  }

  private OptionValues typed() {
    OptionValues typed = values;
    for (SettingField field : fields()) {
      typed = field.into(typed);
    }
    return typed;
  }

  private void check() {
    List<Option<?>> wrong = List.of();
    String said = "";
    try {
      Settings _ = typed().settings();
    } catch (InvalidSettingsException e) {
      wrong = e.options();
      said = String.valueOf(e.getMessage());
    }
    for (SettingField field : fields()) {
      field.setWrong(wrong.contains(field.option()) || field.isInvalid());
    }
    problem.set(said);
    arrange();
  }

  private void arrange() {
    for (SettingField field : fields()) {
      field.setVisible(
          all.get()
              || COMMON.contains(field.option())
              || field.wrongProperty().get()
              || field.isTouched()
              || values.text(field.option()).isPresent());
    }
  }

  private List<SettingField> fields() {
    return groups.stream().flatMap(group -> group.fields().stream()).toList();
  }
}
