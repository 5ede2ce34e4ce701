// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a long list that show, and where in it they are. It follows the end of the list until
 * it is scrolled up, and from then on counts what is new. FX thread only.
 *
 * @param <T> a row
 */
public final class RowWindow<T> {
  /** A line of the table: what stands in it changes, the line stays. */
  public static final class RowLine<T> {
    private final ReadOnlyObjectWrapper<@Nullable T> row = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper picked = new ReadOnlyBooleanWrapper();

    private RowLine() {}

    /** Whether its row is selected together with others. */
    public ReadOnlyBooleanProperty pickedProperty() {
      return picked.getReadOnlyProperty();
    }

    /** Empty below the last row. */
    public ReadOnlyObjectProperty<@Nullable T> rowProperty() {
      return row.getReadOnlyProperty();
    }

    public @Nullable T row() {
      return row.get();
    }
  }

  /** Nothing is selected. */
  public static final long NONE = -1;

  // At once: reading a row costs something.
  private static final long MAX_PICKED = 1000;

  private final boolean canFollow;
  private final @Nullable RowSelection<T> selection;
  private final ObservableList<RowLine<T>> lines = FXCollections.observableArrayList();
  private final ObservableList<RowLine<T>> linesView =
      FXCollections.unmodifiableObservableList(lines);
  private final ReadOnlyLongWrapper first = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper count = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper unseen = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper selected = new ReadOnlyLongWrapper(NONE);
  private final ReadOnlyObjectWrapper<@Nullable T> selectedRow = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper();
  private RowSource<T> rows;
  // Of the rows, those that are not pending.
  private long settled;
  private long countWhenPaused;
  // Where a selection of several rows begins.
  private long anchor;

  /**
   * Starts with no line: how many there are is the view's to say.
   *
   * @param canFollow whether new rows come at the end, and are scrolled to
   */
  public RowWindow(RowSource<T> rows, boolean canFollow) {
    this(rows, canFollow, null);
  }

  /** Starts with no line; of these rows, several can be selected together. */
  public RowWindow(RowSource<T> rows, RowSelection<T> selection) {
    this(rows, false, selection);
    selection.rowsProperty().subscribe(_ -> lines.forEach(this::markPicked));
  }

  private RowWindow(RowSource<T> rows, boolean canFollow, @Nullable RowSelection<T> selection) {
    this.rows = rows;
    this.canFollow = canFollow;
    this.selection = selection;
    following.set(canFollow);
  }

  /** The rows that are selected together; null where that can not be. */
  public @Nullable RowSelection<T> selection() {
    return selection;
  }

  /** What shows, one for each line that fits. */
  public ObservableList<RowLine<T>> lines() {
    return linesView;
  }

  /** The position of the first line's row. */
  public ReadOnlyLongProperty firstProperty() {
    return first.getReadOnlyProperty();
  }

  public ReadOnlyLongProperty countProperty() {
    return count.getReadOnlyProperty();
  }

  /** How many rows came since it is paused; zero while it follows. */
  public ReadOnlyLongProperty unseenProperty() {
    return unseen.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty followingProperty() {
    return following.getReadOnlyProperty();
  }

  /** The selected row's position, or {@link #NONE}; it need not show. */
  public ReadOnlyLongProperty selectedProperty() {
    return selected.getReadOnlyProperty();
  }

  /** The selected row as it was last read. */
  public ReadOnlyObjectProperty<@Nullable T> selectedRowProperty() {
    return selectedRow.getReadOnlyProperty();
  }

  /**
   * Shows another list, such as one behind a filter, from its end or from its start. What is
   * selected together stays so, though it may be out of sight.
   */
  public void show(RowSource<T> other) {
    rows = other;
    unselect();
    first.set(0);
    countWhenPaused = 0;
    following.set(canFollow);
    refresh();
  }

  /** Reads what shows. To be called when the list may have changed. */
  public void refresh() {
    long now = rows.count();
    settled = now - rows.pending();
    if (now < count.get()) { // Cleared or filtered: what was new is no more.
      countWhenPaused = Math.min(countWhenPaused, settled);
      if (selected.get() >= now) {
        unselect();
      }
    }
    count.set(now);
    first.set(following.get() ? last() : Math.clamp(first.get(), 0, last()));
    unseen.set(following.get() || !canFollow ? 0 : Math.max(0, settled - countWhenPaused));
    fill();
  }

  /** How many lines fit. */
  public void fit(int n) {
    int wanted = Math.max(0, n);
    if (lines.size() == wanted) {
      return;
    }
    long at = selected.get() - first.get();
    boolean hides = at >= wanted && at < lines.size();
    while (lines.size() > wanted) {
      lines.removeLast();
    }
    while (lines.size() < wanted) {
      lines.add(new RowLine<>());
    }
    if (hides && wanted > 0) {
      first.set(selected.get() - wanted + 1); // The row that is selected stays in sight.
    }
    refresh();
  }

  /** Puts a row on the first line, as near as there are rows. Up pauses, to the end resumes. */
  public void scrollTo(long position) {
    long target = Math.clamp(position, 0, last());
    if (canFollow && target < first.get()) {
      pause();
    }
    first.set(target);
    if (canFollow && target == last() && position >= target && !following.get()) {
      follow();
    }
    refresh();
  }

  public void scrollBy(long n) {
    if (n != 0) {
      scrollTo(first.get() + n);
    }
  }

  /** To the end, and along with it from now on. */
  public void follow() {
    if (canFollow) {
      following.set(true);
      refresh();
    } else {
      scrollTo(Long.MAX_VALUE);
    }
  }

  /** Stays where it is while rows come in. */
  public void pause() {
    if (following.get()) {
      following.set(false);
      countWhenPaused = settled;
    }
  }

  /** Selects a row and stays with it, or {@link #NONE}. */
  public void select(long position) {
    link(position);
    anchor = Math.max(0, position);
    T row = selectedRow.get();
    if (selection != null) {
      selection.only(row == null ? List.of() : List.of(row));
    }
  }

  /** Selects a row beside those that are, or no longer does. */
  public void toggle(long position) {
    if (selection == null) {
      select(position);
      return;
    }
    link(position);
    anchor = Math.max(0, position);
    T row = selectedRow.get();
    if (row != null) {
      selection.toggle(row);
    }
  }

  /** Selects all rows from the one selected last by itself until this one. */
  public void extendTo(long position) {
    if (selection == null || position < 0 || position >= count.get()) {
      select(position);
      return;
    }
    link(position);
    long from = Math.max(Math.min(anchor, position), position - MAX_PICKED + 1);
    long to = Math.min(Math.max(anchor, position), from + MAX_PICKED - 1);
    List<T> range = rows.range(from, (int) (to - from) + 1);
    selection.only(position < anchor ? range.reversed() : range);
  }

  /** Selects one row more in a direction, or one less on the way back. */
  public void extendBy(long n) {
    if (count.get() > 0) {
      extendTo(Math.clamp(selected.get() + n, 0, count.get() - 1));
      bringIntoSight();
    }
  }

  /** To a row so many further, which is not selected by that. */
  public void leadBy(long n) {
    if (count.get() > 0) {
      link(Math.clamp(selected.get() + n, 0, count.get() - 1));
      bringIntoSight();
    }
  }

  private void link(long position) {
    if (position < 0 || position >= count.get()) {
      unselect();
      return;
    }
    pause();
    List<T> row = rows.range(position, 1);
    selected.set(position);
    selectedRow.set(row.isEmpty() ? null : row.getFirst());
    refresh();
  }

  private void unselect() {
    selected.set(NONE);
    selectedRow.set(null);
  }

  /** Selects a row so many further, and makes it show. */
  public void selectBy(long n) {
    if (count.get() == 0) {
      return;
    }
    long from =
        selected.get() == NONE
            ? (n > 0 ? first.get() - 1 : first.get() + lines.size())
            : selected.get();
    reveal(Math.clamp(from + n, 0, count.get() - 1));
  }

  /** Selects a row, and makes it show. */
  public void reveal(long position) {
    select(position);
    bringIntoSight();
  }

  private void bringIntoSight() {
    long position = selected.get();
    if (position == NONE) {
      return;
    }
    if (position < first.get()) {
      first.set(position);
    } else if (position >= first.get() + lines.size()) {
      first.set(position - lines.size() + 1);
    }
    refresh();
  }

  /** The first line's position where the last row stands on the last line. */
  private long last() {
    return Math.max(0, count.get() - lines.size());
  }

  private void fill() {
    List<T> read = lines.isEmpty() ? List.of() : rows.range(first.get(), lines.size());
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).row.set(i < read.size() ? read.get(i) : null);
      markPicked(lines.get(i));
    }
    goAfterRow(read);
    long at = selected.get() - first.get();
    if (selected.get() != NONE && at >= 0 && at < read.size()) {
      selectedRow.set(read.get((int) at)); // Its state may have changed.
    }
  }

  /** Rows moved under the selection: goes after its row, as far as that shows. */
  private void goAfterRow(List<T> read) {
    T row = selectedRow.get();
    long at = selected.get() - first.get();
    if (selection == null || row == null || at < 0 || at >= read.size()) {
      return;
    }
    if (!selection.isSame(row, read.get((int) at))) {
      for (int i = 0; i < read.size(); i++) {
        if (selection.isSame(row, read.get(i))) {
          selected.set(first.get() + i);
          return;
        }
      }
      unselect();
    }
  }

  private void markPicked(RowLine<T> line) {
    T row = line.row();
    line.picked.set(selection != null && row != null && selection.has(row));
  }
}
