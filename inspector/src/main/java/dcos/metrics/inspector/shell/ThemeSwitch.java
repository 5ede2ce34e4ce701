// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.preferences.Theme;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/** Light or dark: as chosen, or as the desktop is. */
final class ThemeSwitch {
  private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>();
  private final ObservableValue<ColorScheme> desktop;
  private final Preferences remembered;

  ThemeSwitch(ObservableValue<ColorScheme> desktop, Preferences remembered) {
    this.desktop = desktop;
    this.remembered = remembered;
    theme.set(remembered.theme());
    theme.addListener(
        (_, _, now) -> {
          remembered.setTheme(now);
          apply();
        });
    desktop.addListener(_ -> apply());
  }

  ReadOnlyObjectProperty<Theme> themeProperty() {
    return theme;
  }

  /** The one after this one. */
  void next() {
    Theme[] all = Theme.values();
    theme.set(all[(theme.get().ordinal() + 1) % all.length]);
    remembered.save();
  }

  boolean isDark() {
    return switch (theme.get()) {
      case DESKTOP -> desktop.getValue() == ColorScheme.DARK;
      case LIGHT -> false;
      case DARK -> true;
    };
  }

  /** Dresses every window. */
  void apply() {
    Application.setUserAgentStylesheet(
        isDark()
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
  }
}
