// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** Which column a table is sorted by, if any; its rows are sorted by whoever has all of them. */
public final class TableSorting {
  /** A column, by its id, and which way. */
  public record ColumnSort(String column, boolean descending) {}

  private final Set<String> columns;
  private final ObjectProperty<Optional<ColumnSort>> by =
      new SimpleObjectProperty<>(Optional.empty());

  private TableSorting(Set<String> columns) {
    this.columns = columns;
  }

  /** Rows stay in the order in which they came. */
  public static TableSorting none() {
    return new TableSorting(Set.of());
  }

  /** Rows can be sorted by one of these columns. */
  public static TableSorting of(String... columns) {
    return new TableSorting(Set.of(columns));
  }

  /** Whether rows can be sorted by a column. */
  public boolean isPossible(String column) {
    return columns.contains(column);
  }

  /** Empty while rows stand in the order in which they came. */
  public ObjectProperty<Optional<ColumnSort>> byProperty() {
    return by;
  }
}
