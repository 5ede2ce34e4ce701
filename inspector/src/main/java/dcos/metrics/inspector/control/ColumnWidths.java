// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.control;

import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.table.Column;
import dcos.metrics.inspector.table.ColumnSizing;
import dcos.metrics.inspector.table.RowWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.application.Platform;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * A table's columns, as wide as what shows in them as long as there is room. One that was dragged
 * stays as it was left, whatever the others need.
 */
final class ColumnWidths<T> {
  private static final double MIN = 36;
  private static final double UNKNOWN = 0;

  // Of a title: a guess that is rather too wide, as titles are few and short.
  private static final double LETTER = 7.5;
  private static final double PADDING = 18;

  // Of the table's own bar, which is there for a moment while the lines are fewer than before: it
  // would leave so much less room that a bar below would be needed, and stay.
  private static final double OWN_BAR = 8;

  // Wider is no column by itself.
  private static final double MAX = 560;

  private final String id;
  private final TableView<RowWindow.RowLine<T>> table;
  private final List<Sized> columns = new ArrayList<>();
  private boolean fitting;
  private boolean asked;

  ColumnWidths(String id, TableView<RowWindow.RowLine<T>> table) {
    this.id = id;
    this.table = table;
    table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
    table.widthProperty().addListener(_ -> fitLater());
  }

  private final class Sized {
    private final Column<T> column;
    private final TableColumn<RowWindow.RowLine<T>, ?> shown;
    private double widest;
    private boolean dragged;

    private Sized(Column<T> column, TableColumn<RowWindow.RowLine<T>, ?> shown) {
      this.column = column;
      this.shown = shown;
    }

    private void saw(double width) {
      double wanted = Math.min(MAX, width);
      if (wanted > widest) {
        widest = wanted;
        fitLater();
      }
    }

    private ColumnSizing.TruncationPriority cut() {
      return switch (column.content()) {
        case Column.TextContent<T> _ -> ColumnSizing.TruncationPriority.FIRST;
        case Column.StatusContent<T> _ -> ColumnSizing.TruncationPriority.LAST;
        case Column.TimeContent<T> _,
            Column.NumberContent<T> _,
            Column.TrendContent<T> _,
            Column.DurationContent<T> _ ->
            ColumnSizing.TruncationPriority.NEVER;
      };
    }

    private ColumnSizing.PreferredWidth preferred() {
      if (dragged) {
        return new ColumnSizing.PreferredWidth(
            shown.getWidth(), shown.getWidth(), ColumnSizing.TruncationPriority.NEVER);
      }
      ColumnSizing.TruncationPriority cut = cut();
      double title = column.title().length() * LETTER + PADDING;
      double whole = widest > 0 ? Math.max(title, widest + PADDING) : column.width();
      return new ColumnSizing.PreferredWidth(
          cut == ColumnSizing.TruncationPriority.NEVER
              ? column.width()
              : Math.min(column.width(), whole),
          whole,
          cut);
    }
  }

  /** Takes care of a column, which was dragged if its width is remembered; answers who is told. */
  DoubleConsumer add(
      Column<T> column, TableColumn<RowWindow.RowLine<T>, ?> shown, Preferences remembered) {
    var sized = new Sized(column, shown);
    double kept = remembered.size(name(shown), UNKNOWN);
    sized.dragged = kept > 0;
    shown.setMinWidth(MIN);
    shown.setPrefWidth(sized.dragged ? kept : column.width());
    shown
        .widthProperty()
        .addListener(
            _ -> {
              if (!fitting) {
                sized.dragged = true;
              }
            });
    shown.visibleProperty().addListener(_ -> fitLater());
    columns.add(sized);
    return sized::saw;
  }

  void remember(Preferences remembered) {
    for (Sized sized : columns) {
      if (sized.dragged) {
        remembered.setSize(name(sized.shown), sized.shown.getWidth());
      }
    }
  }

  private String name(TableColumn<?, ?> column) {
    return id + "." + column.getId() + ".dragged";
  }

  private void fitLater() {
    if (!asked) {
      asked = true;
      // Not within the layout that it follows from.
      Platform.runLater(this::fit);
    }
  }

  private void fit() {
    asked = false;
    double insets = table.snappedLeftInset() + table.snappedRightInset();
    double room = table.getWidth() - insets - OWN_BAR;
    if (room <= 0) {
      return;
    }
    List<Sized> visible = columns.stream().filter(sized -> sized.shown.isVisible()).toList();
    double[] widths = ColumnSizing.widths(room, visible.stream().map(Sized::preferred).toList());
    fitting = true;
    try {
      for (int i = 0; i < widths.length; i++) {
        TableColumn<RowWindow.RowLine<T>, ?> shown = visible.get(i).shown;
        if (shown.getWidth() != widths[i]) {
          boolean _ = table.resizeColumn(shown, widths[i] - shown.getWidth());
        }
      }
    } finally {
      fitting = false;
    }
  }
}
