// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.export.CopyFormat;
import dcos.metrics.inspector.workspace.View;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;

/** Which keys the window has. */
final class WindowKeyBindings {
  private WindowKeyBindings() {}

  static List<KeyBindings.KeyBinding> of(
      WindowModel model, FileDialogs files, Runnable focusFilter, Runnable focusRows) {
    var actions = model.actions();
    var rows = new RowClipboard(model);
    var view = model.shown().viewProperty();
    Consumer<View> show =
        wanted -> {
          view.set(wanted);
          focusRows.run();
        };
    BooleanProperty keys = model.shown().keysProperty();
    return List.of(
        key("O", "Open files", files::open),
        key("S", "Save the recording", files::save),
        key("W", "Leave what is open for the start page", actions::startPage),
        key("E", "Capture on or off", model::toggleCapture),
        key("L", "Filter; Enter applies it, Esc stops it or takes it away", focusFilter),
        key("1", "Metrics", () -> show.accept(View.METRICS)),
        key("2", "Records", () -> show.accept(View.RECORDS)),
        key("3", "Deliveries", () -> show.accept(View.DELIVERIES)),
        new KeyBindings.KeyBinding(
            "End", "End", "Follow what comes in", () -> model.table().window().follow()),
        new KeyBindings.KeyBinding("Enter", "Enter", "Detail of the selected row", () -> {}),
        key("J", "From a record to its delivery, and back", actions::followLink),
        key("M", "Mark this instant", actions::mark),
        key("Shift+M", "To the next mark", actions::nextMark),
        key("Shift+E", "Export what the filter shows: CSV, JSON lines", files::export),
        key("C", "Copy the selected row as JSON", () -> rows.copy(CopyFormat.JSON)),
        key("Shift+C", "Copy it as a filter", () -> rows.copy(CopyFormat.FILTER)),
        key("K", "Clear the view; deletes nothing", actions::clearView),
        key("Shift+K", "Show what was cleared", actions::showAll),
        new KeyBindings.KeyBinding(
            "Shortcut+Comma", "Ctrl+,", "Settings of a live run", actions::settings),
        listed("Shift+Up, Down", "Select several series; Ctrl+Up, Down and Ctrl+Space one by one"),
        listed("+, -, 0", "In the chart: zoom, and show all; Left, Right moves it"),
        listed("Shift+Left, Right", "In the chart: the crosshair from point to point"),
        new KeyBindings.KeyBinding("F1", "F1", "These keys", () -> keys.set(!keys.get())),
        new KeyBindings.KeyBinding(
            "Esc",
            "Esc",
            "Close what is on top: this list, a question, the settings, the replay",
            () -> escape(model)));
  }

  private static void escape(WindowModel model) {
    if (model.closeTopMost()) {
      return;
    }
    if (model.settings().shownProperty().get()) {
      model.settings().cancel();
    } else {
      model.replay().shownProperty().set(false);
    }
  }

  /** Bound by the part of the window that it is for. */
  private static KeyBindings.KeyBinding listed(String name, String what) {
    return new KeyBindings.KeyBinding("", name, what, () -> {});
  }

  private static KeyBindings.KeyBinding key(String letter, String what, Runnable action) {
    return new KeyBindings.KeyBinding("Shortcut+" + letter, "Ctrl+" + letter, what, action);
  }
}
