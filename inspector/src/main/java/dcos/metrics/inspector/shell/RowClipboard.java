// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.export.CopyFormat;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Copies the selected row. */
record RowClipboard(WindowModel model) {
  void copy(CopyFormat as) {
    model
        .actions()
        .copy(as)
        .ifPresent(
            text -> {
              var content = new ClipboardContent();
              content.putString(text);
              Clipboard.getSystemClipboard().setContent(content);
            });
  }

  /** For a table's rows. */
  ContextMenu menu() {
    return new ContextMenu(
        item("copy-json", "Copy as JSON (Ctrl+C)", CopyFormat.JSON),
        item("copy-filter", "Copy as filter (Ctrl+Shift+C)", CopyFormat.FILTER));
  }

  private MenuItem item(String id, String text, CopyFormat as) {
    var item = new MenuItem(text);
    item.setId(id);
    item.setOnAction(_ -> copy(as));
    return item;
  }
}
