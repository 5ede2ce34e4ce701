// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.viewmodel.Column;
import dcos.metrics.inspector.viewmodel.ColumnFit;
import dcos.metrics.inspector.viewmodel.RowWindow;
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
  private static final double LEAST = 36;
  private static final double UNKNOWN = 0;

  // Of a title: a guess that is rather too wide, as titles are few and short.
  private static final double LETTER = 7.5;
  private static final double PADDING = 18;

  // Of the table's own bar, which is there for a moment while the lines are fewer than before: it
  // would leave so much less room that a bar below would be needed, and stay.
  private static final double OWN_BAR = 8;

  // Wider is no column by itself.
  private static final double MOST = 560;

  private final String id;
  private final TableView<RowWindow.Line<T>> table;
  private final List<Sized> columns = new ArrayList<>();
  private boolean fitting;
  private boolean asked;

  ColumnWidths(String id, TableView<RowWindow.Line<T>> table) {
    this.id = id;
    this.table = table;
    table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
    table.widthProperty().addListener(_ -> fitLater());
  }

  private final class Sized {
    private final Column<T> column;
    private final TableColumn<RowWindow.Line<T>, ?> shown;
    private double widest;
    private boolean dragged;

    private Sized(Column<T> column, TableColumn<RowWindow.Line<T>, ?> shown) {
      this.column = column;
      this.shown = shown;
    }

    private void saw(double width) {
      double wanted = Math.min(MOST, width);
      if (wanted > widest) {
        widest = wanted;
        fitLater();
      }
    }

    private ColumnFit.Cut cut() {
      return switch (column.content()) {
        case Column.Words<T> _ -> ColumnFit.Cut.FIRST;
        case Column.Status<T> _ -> ColumnFit.Cut.LAST;
        case Column.Moment<T> _, Column.Figure<T> _, Column.Trend<T> _, Column.Spans<T> _ ->
            ColumnFit.Cut.NEVER;
      };
    }

    private ColumnFit.Wish wish() {
      if (dragged) {
        return new ColumnFit.Wish(shown.getWidth(), shown.getWidth(), ColumnFit.Cut.NEVER);
      }
      ColumnFit.Cut cut = cut();
      double title = column.title().length() * LETTER + PADDING;
      double whole = widest > 0 ? Math.max(title, widest + PADDING) : column.width();
      return new ColumnFit.Wish(
          cut == ColumnFit.Cut.NEVER ? column.width() : Math.min(column.width(), whole),
          whole,
          cut);
    }
  }

  /** Takes care of a column, which was dragged if its width is remembered; answers who is told. */
  DoubleConsumer add(
      Column<T> column, TableColumn<RowWindow.Line<T>, ?> shown, Remembered remembered) {
    var sized = new Sized(column, shown);
    double kept = remembered.size(name(shown), UNKNOWN);
    sized.dragged = kept > 0;
    shown.setMinWidth(LEAST);
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

  void remember(Remembered remembered) {
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
    double[] widths = ColumnFit.widths(room, visible.stream().map(Sized::wish).toList());
    fitting = true;
    try {
      for (int i = 0; i < widths.length; i++) {
        TableColumn<RowWindow.Line<T>, ?> shown = visible.get(i).shown;
        if (shown.getWidth() != widths[i]) {
          boolean _ = table.resizeColumn(shown, widths[i] - shown.getWidth());
        }
      }
    } finally {
      fitting = false;
    }
  }
}
