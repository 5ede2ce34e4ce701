// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.control.TableCells;
import dcos.metrics.inspector.filterline.FilterLineView;
import dcos.metrics.inspector.format.StatusTone;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The row at the top: what can be done, the filter line, settings and theme. */
final class Toolbar extends HBox {
  private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

  Toolbar(WindowModel model, FilterLineView filter, FileDialogs files, ThemeSwitch theme) {
    super(6);
    getStyleClass().add("tool-strip");
    setAlignment(Pos.TOP_LEFT);
    Button home =
        button("home", null, Feather.HOME, "Start page (Ctrl+W)", model.actions()::startPage);
    home.disableProperty().bind(model.shown().recordingProperty().not());
    Button capture =
        button(
            "capture",
            "Capture",
            Feather.CIRCLE,
            "Capture on or off (Ctrl+E)",
            model::toggleCapture);
    capture.getStyleClass().add("capture");
    model
        .shown()
        .capturingProperty()
        .subscribe(
            on -> {
              capture.pseudoClassStateChanged(ON, on);
              capture.setText(on ? "Capturing" : "Capture");
              capture.setGraphic(
                  on ? TableCells.dot(StatusTone.BAD) : new FontIcon(Feather.CIRCLE));
            });
    Button open = button("open", "Open", Feather.FOLDER, "Open a recording (Ctrl+O)", files::open);
    Button save =
        button(
            "save", null, Feather.SAVE, "Save what is open as a recording (Ctrl+S)", files::save);
    save.disableProperty().bind(model.shown().recordingProperty().not());
    Button replay =
        button(
            "replay",
            "Replay",
            Feather.REPEAT,
            "Send recorded files again",
            model.actions()::replay);
    Button export =
        button(
            "export",
            "Export",
            Feather.DOWNLOAD,
            "Write what the filter shows as CSV or JSON lines (Ctrl+Shift+E)",
            files::export);
    export.disableProperty().bind(model.shown().recordingProperty().not());
    Button settings =
        button(
            "settings",
            null,
            Feather.SETTINGS,
            "Settings of a live run (Ctrl+,)",
            model.actions()::settings);
    Button look = button("theme", null, Feather.MOON, "", theme::next);
    theme
        .themeProperty()
        .subscribe(
            now -> {
              switch (now) {
                case DESKTOP -> dress(look, Feather.MONITOR, "As the desktop");
                case LIGHT -> dress(look, Feather.SUN, "Light");
                case DARK -> dress(look, Feather.MOON, "Dark");
              }
            });
    Button keys =
        button(
            "keys",
            null,
            Feather.HELP_CIRCLE,
            "Keys (F1)",
            () -> model.shown().keysProperty().set(!model.shown().keysProperty().get()));
    filter.disableProperty().bind(model.shown().recordingProperty().not());
    HBox.setHgrow(filter, Priority.ALWAYS);
    getChildren().addAll(home, capture, open, save, replay, export, filter, settings, look, keys);
  }

  private static Button button(
      String id, @Nullable String text, Ikon icon, String hint, Runnable action) {
    var button = new Button(text, new FontIcon(icon));
    button.setId(id);
    if (text == null) {
      button.getStyleClass().add(Styles.BUTTON_ICON);
    }
    button.getStyleClass().add(Styles.FLAT);
    button.setMinWidth(USE_PREF_SIZE);
    button.setTooltip(new Tooltip(hint));
    button.setAccessibleText(hint);
    button.setOnAction(_ -> action.run());
    return button;
  }

  private static void dress(Button button, Ikon icon, String hint) {
    button.setGraphic(new FontIcon(icon));
    button.getTooltip().setText("Theme: " + hint);
    button.setAccessibleText("Theme: " + hint);
  }
}
