// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.settingspanel;

import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.OptionValues;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** An option of the collector, and what is typed for it. FX thread only. */
public final class SettingField {
  private static final String NONE = "none";

  private final Option<?> option;
  private final boolean mayBeNone;
  private final StringProperty text = new SimpleStringProperty("");
  private final BooleanProperty on = new SimpleBooleanProperty();
  private final ReadOnlyBooleanWrapper wrong = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper visible = new ReadOnlyBooleanWrapper();
  // What stands in it before anything is typed.
  private String begun = "";

  SettingField(Option<?> option) {
    this.option = option;
    this.mayBeNone = !option.isFlag() && !option.defaultText().isEmpty() && allows(option, "");
  }

  private static boolean allows(Option<?> option, String text) {
    try {
      Object _ = option.parse(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  Option<?> option() {
    return option;
  }

  /** As on the command line, without dashes. */
  public String name() {
    return option.name();
  }

  public String description() {
    return option.description();
  }

  /** What may stand in it, and the variable of the environment that sets it too. */
  public String hint() {
    return option.label() + ": " + option.allowed() + "\n" + option.environmentName();
  }

  /** What a value of it is or counts, such as {@code SECONDS}: what stands for it in help. */
  public String label() {
    return option.label();
  }

  /** Whether it is true or false: then {@link #onProperty} counts, else {@link #textProperty}. */
  public boolean isFlag() {
    return option.isFlag();
  }

  /** What an empty text stands for: the default, or {@code none}. */
  public String prompt() {
    return mayBeNone || option.defaultText().isEmpty() ? NONE : option.defaultText();
  }

  public StringProperty textProperty() {
    return text;
  }

  public BooleanProperty onProperty() {
    return on;
  }

  /** Whether what the panel complains of is about this. */
  public ReadOnlyBooleanProperty wrongProperty() {
    return wrong.getReadOnlyProperty();
  }

  /** Whether it is to be seen, rather than one of the options that are seldom needed. */
  public ReadOnlyBooleanProperty visibleProperty() {
    return visible.getReadOnlyProperty();
  }

  void setWrong(boolean is) {
    wrong.set(is);
  }

  void setVisible(boolean is) {
    visible.set(is);
  }

  /** Shows what counts now, in the place of what was typed. */
  void begin(OptionValues values) {
    Optional<String> given = values.text(option);
    begun = given.orElse(option.isFlag() || mayBeNone ? option.defaultText() : "");
    text.set(begun);
    on.set(Boolean.parseBoolean(begun));
  }

  /** Whether something else stands in it than it began with. */
  boolean isTouched() {
    return !typed().equals(begun);
  }

  /** Whether what is typed can not be a value of it, whatever stands in the others. */
  boolean isInvalid() {
    return isTouched() && !typed().isEmpty() && !allows(option, typed());
  }

  private String typed() {
    return option.isFlag() ? Boolean.toString(on.get()) : text.get().strip();
  }

  /** The same values, but for what is typed here; untouched, they come from where they came. */
  OptionValues into(OptionValues values) {
    if (!isTouched()) {
      return values;
    }
    String typed = typed();
    boolean isDefault = typed.equals(option.defaultText()) || (typed.isEmpty() && !mayBeNone);
    return isDefault ? values.without(option) : values.with(option, typed);
  }
}
