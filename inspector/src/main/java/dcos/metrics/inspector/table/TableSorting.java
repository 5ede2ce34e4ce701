// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** Which column a table is sorted by, if any; its rows are sorted by whoever has all of them. */
public final class Sorting {
  /** A column, by its id, and which way. */
  public record By(String column, boolean descending) {}

  private final Set<String> columns;
  private final ObjectProperty<Optional<By>> by = new SimpleObjectProperty<>(Optional.empty());

  private Sorting(Set<String> columns) {
    this.columns = columns;
  }

  /** Rows stay in the order in which they came. */
  static Sorting none() {
    return new Sorting(Set.of());
  }

  /** Rows can be sorted by one of these columns. */
  static Sorting of(String... columns) {
    return new Sorting(Set.of(columns));
  }

  /** Whether rows can be sorted by a column. */
  public boolean isPossible(String column) {
    return columns.contains(column);
  }

  /** Empty while rows stand in the order in which they came. */
  public ObjectProperty<Optional<By>> byProperty() {
    return by;
  }
}
