// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The rows of a table that are selected together, in the order in which they were. They are told
 * apart by a number of their own, for rows move when the list is filtered or grows. FX thread only.
 *
 * @param <T> a row
 */
public final class RowSelection<T> {
  private final ToLongFunction<T> id;
  private final SequencedMap<Long, T> picked = new LinkedHashMap<>();
  private final ReadOnlyObjectWrapper<List<T>> rows = new ReadOnlyObjectWrapper<>(List.of());

  /**
   * Picks none yet.
   *
   * @param id a row's own number, which no other has
   */
  public RowSelection(ToLongFunction<T> id) {
    this.id = id;
  }

  /** As they were when they were picked. */
  public ReadOnlyObjectProperty<List<T>> rowsProperty() {
    return rows.getReadOnlyProperty();
  }

  /** Their numbers, in the same order. */
  public List<Long> ids() {
    return List.copyOf(picked.keySet());
  }

  public boolean has(T row) {
    return picked.containsKey(id.applyAsLong(row));
  }

  /** Picks these and no others. */
  public void only(List<T> wanted) {
    Map<Long, T> kept = new LinkedHashMap<>(wanted.size() * 2);
    wanted.forEach(row -> kept.put(id.applyAsLong(row), row));
    if (kept.keySet().equals(picked.keySet())) {
      return;
    }
    picked.clear();
    picked.putAll(kept);
    tell();
  }

  /** Picks a row, or no longer does. */
  public void toggle(T row) {
    long number = id.applyAsLong(row);
    if (picked.remove(number) == null) {
      picked.put(number, row);
    }
    tell();
  }

  public void clear() {
    if (!picked.isEmpty()) {
      picked.clear();
      tell();
    }
  }

  boolean isSame(T one, T other) {
    return id.applyAsLong(one) == id.applyAsLong(other);
  }

  private void tell() {
    rows.set(List.copyOf(picked.values()));
  }
}
