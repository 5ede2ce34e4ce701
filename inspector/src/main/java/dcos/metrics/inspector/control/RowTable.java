// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.control;

import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.table.Column;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.table.TableModel;
import dcos.metrics.inspector.table.TablePlaceholder;
import dcos.metrics.inspector.table.TableSorting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A table that holds only the rows that show, with a scroll bar of its own for all of them. */
public final class RowTable<T> extends BorderPane {
  private static final double LINE_HEIGHT = 26;
  private static final double HEADER_HEIGHT = 30;
  private static final double HINT_WIDTH = 320;

  // Of the track: still to be seen and caught in a list of millions.
  private static final double MIN_THUMB = 0.06;

  private static final PseudoClass PICKED = PseudoClass.getPseudoClass("picked");

  private final String id;
  private final RowWindow<T> window;
  private final TableSorting sorting;
  private final TableView<RowWindow.RowLine<T>> table;
  private final ScrollBar bar = new ScrollBar();
  private final ColumnWidths<T> widths;
  private final VBox empty = new VBox(10);
  private final BooleanBinding waiting;
  private @Nullable Node header;
  private @Nullable ScrollBar horizontal;
  // While the controls are told what the model says, they do not tell it back.
  private boolean telling;

  /**
   * Binds to a table's model.
   *
   * @param placeholder what shows in the place of rows
   * @param inSight whether this view is: else its cells stay as they are
   * @param onEnter the selected row is to be looked at
   */
  public RowTable(
      TableModel<T> model,
      TablePlaceholder placeholder,
      Preferences remembered,
      ObservableValue<Boolean> inSight,
      Runnable onEnter) {
    this.id = model.id();
    this.window = model.window();
    this.sorting = model.sorting();
    waiting = placeholder.isWaiting();
    table = new TableView<>(window.lines());
    table.setId(id + "-table");
    table.getStyleClass().add("rows");
    table.setFixedCellSize(LINE_HEIGHT);
    table.setTableMenuButtonVisible(true);
    table.setPlaceholder(new Region()); // What there is to say of no rows stands over it.
    widths = new ColumnWidths<>(id, table);
    table.getColumns().setAll(columns(model.columns(), remembered, inSight));
    table.setSortPolicy(_ -> sort());
    table.setRowFactory(_ -> row());

    bar.setOrientation(Orientation.VERTICAL);
    bar.setUnitIncrement(1);
    bar.setFocusTraversable(false);
    bar.setId(id + "-scroll");

    var middle = new StackPane(table, empty(model.empty(), placeholder), pausedPill());
    setCenter(middle);
    setRight(bar);
    listen(onEnter);
  }

  /** Keeps the columns as they are. */
  public void remember(Preferences remembered) {
    List<String> order = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    for (TableColumn<RowWindow.RowLine<T>, ?> column : table.getColumns()) {
      order.add(column.getId());
      if (!column.isVisible()) {
        hidden.add(column.getId());
      }
    }
    remembered.setWords(id + ".columns", order);
    remembered.setWords(id + ".hidden", hidden);
    widths.remember(remembered);
  }

  /** What can be done with a row. */
  public void offer(ContextMenu menu) {
    table.setContextMenu(menu);
  }

  /** What brings the first rows, where there are none yet. */
  public void offerWhileWaiting(Node command) {
    var hint = new Label("Send it something, for example:");
    hint.getStyleClass().add("quiet");
    var both = new VBox(6, hint, command);
    both.setPrefWidth(HINT_WIDTH);
    both.visibleProperty().bind(waiting);
    both.managedProperty().bind(both.visibleProperty());
    empty.getChildren().add(both);
  }

  /** Takes the keys, with the row that is selected or the first that shows. */
  public void focusRows() {
    table.requestFocus();
    boolean isEmpty = window.countProperty().get() == 0;
    int first = isEmpty ? -1 : 0;
    table.getFocusModel().focus(Math.max(first, table.getSelectionModel().getSelectedIndex()));
  }

  /** In the place of rows: why there are none, and what shows them again. */
  private Node empty(String none, TablePlaceholder placeholder) {
    var words = new Label();
    words.setId(id + "-empty");
    words.getStyleClass().add("empty");
    words.textProperty().bind(placeholder.words(none));
    var all = new Button("Show all");
    all.setId(id + "-show-all");
    all.visibleProperty().bind(placeholder.isLimited());
    all.managedProperty().bind(all.visibleProperty());
    all.setOnAction(_ -> placeholder.lift());
    empty.getChildren().addAll(words, all);
    empty.setAlignment(Pos.CENTER);
    empty.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    empty.visibleProperty().bind(window.countProperty().isEqualTo(0));
    return empty;
  }

  private List<TableColumn<RowWindow.RowLine<T>, ?>> columns(
      List<Column<T>> wanted, Preferences remembered, ObservableValue<Boolean> inSight) {
    List<String> order = remembered.words(id + ".columns");
    List<String> hidden = remembered.words(id + ".hidden");
    List<TableColumn<RowWindow.RowLine<T>, ?>> columns = new ArrayList<>();
    for (Column<T> column : wanted) {
      var shown = new TableColumn<RowWindow.RowLine<T>, RowWindow.RowLine<T>>(column.title());
      shown.setId(column.id());
      DoubleConsumer seen = widths.add(column, shown, remembered);
      shown.setVisible(!hidden.contains(column.id()));
      shown.setSortable(sorting.isPossible(column.id()));
      shown.setCellValueFactory(line -> new ReadOnlyObjectWrapper<>(line.getValue()));
      shown.setCellFactory(_ -> TableCells.of(column.content(), inSight, seen));
      if (column.content() instanceof Column.NumberContent<T>) {
        shown.getStyleClass().add("number");
      }
      columns.add(shown);
    }
    columns.sort(
        Comparator.comparingInt(
            column ->
                order.contains(column.getId()) ? order.indexOf(column.getId()) : order.size()));
    return columns;
  }

  /** A click on a header has said so: the table itself has only the rows that show. */
  private boolean sort() {
    Optional<TableSorting.ColumnSort> wanted =
        table.getSortOrder().stream()
            .findFirst()
            .map(
                first ->
                    new TableSorting.ColumnSort(
                        first.getId(), first.getSortType() == SortType.DESCENDING));
    if (!wanted.equals(sorting.byProperty().get())) {
      sorting.byProperty().set(wanted);
      window.scrollTo(0);
    }
    return true;
  }

  /** A line that shows whether its row is selected together with others, and selects so. */
  private TableRow<RowWindow.RowLine<T>> row() {
    var row = new TableRow<RowWindow.RowLine<T>>();
    row.itemProperty()
        .flatMap(RowWindow.RowLine::pickedProperty)
        .orElse(false)
        .subscribe(picked -> row.pseudoClassStateChanged(PICKED, picked));
    row.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> pressed(row, event));
    return row;
  }

  private void pressed(TableRow<RowWindow.RowLine<T>> row, MouseEvent event) {
    RowWindow.RowLine<T> line = row.getItem();
    if (line == null || line.row() == null) {
      // Below the last row there is nothing to select; what is selected stays.
      table.requestFocus();
      event.consume();
      return;
    }
    if (window.selection() == null || event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    long position = window.firstProperty().get() + row.getIndex();
    if (event.isShiftDown()) {
      window.extendTo(position);
    } else if (event.isShortcutDown()) {
      window.toggle(position);
    } else {
      window.select(position); // The same row again may be to end a selection of several.
      return;
    }
    table.requestFocus();
    event.consume();
  }

  private Node pausedPill() {
    var pill = new Button();
    pill.setId(id + "-paused");
    pill.getStyleClass().add("paused");
    pill.setFocusTraversable(false);
    pill.textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    "Paused: "
                        + DisplayFormat.count(window.unseenProperty().get())
                        + " new · End follows",
                window.unseenProperty()));
    pill.visibleProperty()
        .bind(window.followingProperty().not().and(window.unseenProperty().greaterThan(0)));
    pill.setOnAction(_ -> window.follow());
    StackPane.setAlignment(pill, Pos.BOTTOM_CENTER);
    StackPane.setMargin(pill, new Insets(0, 0, 12, 0));
    return pill;
  }

  private void listen(Runnable onEnter) {
    table.heightProperty().addListener(_ -> fitLater());
    table.widthProperty().addListener(_ -> fitLater());
    table.skinProperty().addListener(_ -> fitLater());
    table.addEventFilter(
        KeyEvent.KEY_PRESSED, new TableKeys<>(window, table.getFocusModel(), onEnter)::pressed);
    table.addEventFilter(ScrollEvent.SCROLL, this::scrolled);
    table
        .getSelectionModel()
        .selectedIndexProperty()
        .addListener(
            (_, _, line) -> {
              if (!telling && line.intValue() >= 0) {
                window.select(window.firstProperty().get() + line.intValue());
              }
            });
    bar.valueProperty()
        .addListener(
            (_, _, value) -> {
              if (!telling) {
                window.scrollTo(Math.round(value.doubleValue()));
              }
            });
    window.firstProperty().addListener(_ -> tell());
    window.countProperty().addListener(_ -> tell());
    window.selectedProperty().addListener(_ -> tell());
    tell();
  }

  /** Makes bar and selection say what the model says. */
  private void tell() {
    boolean reported = telling;
    telling = true;
    try {
      int lines = window.lines().size();
      long count = window.countProperty().get();
      double last = (double) Math.max(0, count - lines);
      bar.setMax(Math.max(1, last));
      bar.setVisibleAmount(last == 0 ? 1 : Math.max(last * lines / count, last * MIN_THUMB));
      bar.setBlockIncrement(Math.max(1, lines - 1));
      bar.setValue((double) window.firstProperty().get());
      bar.setVisible(last > 0);
      long at = window.selectedProperty().get() - window.firstProperty().get();
      if (window.selectedProperty().get() != RowWindow.NONE && at >= 0 && at < lines) {
        if (table.getSelectionModel().getSelectedIndex() != at) {
          table.getSelectionModel().clearAndSelect((int) at);
        }
      } else if (!table.getSelectionModel().isEmpty()) {
        table.getSelectionModel().clearSelection();
      }
    } finally {
      telling = reported;
    }
  }

  private void fitLater() {
    // Not within the layout that it follows from.
    Platform.runLater(this::fit);
  }

  private void fit() {
    if (horizontal == null) {
      horizontal = horizontalBar();
      header = table.lookup(".column-header-background");
    }
    double taken = header instanceof Region region ? region.getHeight() : HEADER_HEIGHT;
    if (horizontal != null && horizontal.isVisible()) {
      taken += horizontal.getHeight();
    }
    double room = table.getHeight() - table.snappedTopInset() - table.snappedBottomInset() - taken;
    // A table selects another line when that of its selection goes, which nobody asked for.
    telling = true;
    try {
      window.fit((int) Math.floor(room / LINE_HEIGHT));
    } finally {
      telling = false;
    }
    tell();
  }

  private @Nullable ScrollBar horizontalBar() {
    for (Node node : table.lookupAll(".scroll-bar")) {
      if (node instanceof ScrollBar found && found.getOrientation() == Orientation.HORIZONTAL) {
        found.visibleProperty().addListener(_ -> fitLater());
        return found;
      }
    }
    return null;
  }

  private void scrolled(ScrollEvent event) {
    if (Math.abs(event.getDeltaY()) > Math.abs(event.getDeltaX())) {
      long lines = Math.round(event.getDeltaY() / LINE_HEIGHT);
      window.scrollBy(lines == 0 ? -(long) Math.signum(event.getDeltaY()) : -lines);
      event.consume();
    }
  }
}
