// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

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
  public static final class Line<T> {
    private final ReadOnlyObjectWrapper<@Nullable T> row = new ReadOnlyObjectWrapper<>();

    private Line() {}

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

  private final boolean canFollow;
  private final ObservableList<Line<T>> lines = FXCollections.observableArrayList();
  private final ObservableList<Line<T>> linesView = FXCollections.unmodifiableObservableList(lines);
  private final ReadOnlyLongWrapper first = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper count = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper unseen = new ReadOnlyLongWrapper();
  private final ReadOnlyLongWrapper selected = new ReadOnlyLongWrapper(NONE);
  private final ReadOnlyObjectWrapper<@Nullable T> selectedRow = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper();
  private Rows<T> rows;
  private long countWhenPaused;

  /**
   * Starts with no line: how many there are is the view's to say.
   *
   * @param canFollow whether new rows come at the end, and are scrolled to
   */
  public RowWindow(Rows<T> rows, boolean canFollow) {
    this.rows = rows;
    this.canFollow = canFollow;
    following.set(canFollow);
  }

  /** What shows, one for each line that fits. */
  public ObservableList<Line<T>> lines() {
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

  /** Shows another list, such as one behind a filter, from its end or from its start. */
  public void show(Rows<T> other) {
    rows = other;
    select(NONE);
    first.set(0);
    countWhenPaused = 0;
    following.set(canFollow);
    refresh();
  }

  /** Reads what shows. To be called when the list may have changed. */
  public void refresh() {
    long now = rows.count();
    if (now < count.get()) { // Cleared or filtered: what was new is no more.
      countWhenPaused = Math.min(countWhenPaused, now);
      if (selected.get() >= now) {
        select(NONE);
      }
    }
    count.set(now);
    first.set(following.get() ? last() : Math.clamp(first.get(), 0, last()));
    unseen.set(following.get() || !canFollow ? 0 : now - countWhenPaused);
    fill();
  }

  /** How many lines fit. */
  public void fit(int n) {
    int wanted = Math.max(0, n);
    if (lines.size() == wanted) {
      return;
    }
    while (lines.size() > wanted) {
      lines.removeLast();
    }
    while (lines.size() < wanted) {
      lines.add(new Line<>());
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
      countWhenPaused = count.get();
    }
  }

  /** Selects a row and stays with it, or {@link #NONE}. */
  public void select(long position) {
    if (position < 0 || position >= count.get()) {
      selected.set(NONE);
      selectedRow.set(null);
      return;
    }
    pause();
    List<T> row = rows.range(position, 1);
    selected.set(position);
    selectedRow.set(row.isEmpty() ? null : row.getFirst());
    refresh();
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
    if (selected.get() == NONE) {
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
    }
    long at = selected.get() - first.get();
    if (selected.get() != NONE && at >= 0 && at < read.size()) {
      selectedRow.set(read.get((int) at)); // Its state may have changed.
    }
  }
}
