// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.control;

import dcos.metrics.inspector.table.RowWindow;
import java.util.Optional;
import javafx.scene.control.TableView.TableViewFocusModel;
import javafx.scene.input.KeyEvent;

/** What the keys do in a table of which just some rows are there: to its rows, not to its lines. */
final class TableKeys<T> {
  private final RowWindow<T> rows;
  private final TableViewFocusModel<RowWindow.RowLine<T>> lines;
  private final Runnable onEnter;

  /**
   * @param lines which of those that show has the keys
   * @param onEnter the selected row is to be looked at
   */
  TableKeys(RowWindow<T> rows, TableViewFocusModel<RowWindow.RowLine<T>> lines, Runnable onEnter) {
    this.rows = rows;
    this.lines = lines;
    this.onEnter = onEnter;
  }

  /** Consumes the event where it is one of these keys. */
  void pressed(KeyEvent event) {
    if (event.isAltDown() || (event.isShortcutDown() && rows.selection() == null)) {
      return;
    }
    if (event.isShortcutDown() || (event.isShiftDown() && rows.selection() != null)) {
      keyOfSeveral(event);
      return;
    }
    int page = Math.max(1, rows.lines().size() - 1);
    Optional<Runnable> action =
        Optional.ofNullable(
            switch (event.getCode()) {
              case UP -> () -> rows.selectBy(-1);
              case DOWN -> () -> rows.selectBy(1);
              case PAGE_UP -> () -> rows.scrollBy(-page);
              case PAGE_DOWN -> () -> rows.scrollBy(page);
              case HOME -> () -> rows.scrollTo(0);
              case END -> rows::follow;
              case ENTER -> this::enter;
              default -> null;
            });
    action.ifPresent(
        run -> {
          run.run();
          event.consume();
        });
  }

  private void keyOfSeveral(KeyEvent event) {
    boolean alone = event.isShortcutDown();
    switch (event.getCode()) {
      case UP -> move(-1, alone);
      case DOWN -> move(1, alone);
      case SPACE -> rows.toggle(rows.selectedProperty().get());
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void move(int lines, boolean alone) {
    if (alone) {
      rows.leadBy(lines);
    } else {
      rows.extendBy(lines);
    }
  }

  /** Looks at the row that is selected; where none is, at the one that has the keys. */
  private void enter() {
    int line = lines.getFocusedIndex();
    if (rows.selectedProperty().get() == RowWindow.NONE && line >= 0) {
      rows.select(rows.firstProperty().get() + line);
    }
    onEnter.run();
  }
}
