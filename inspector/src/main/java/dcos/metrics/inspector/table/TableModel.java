// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import java.util.List;

/**
 * One of the window's tables.
 *
 * @param id under which its columns are remembered
 * @param title on its tab
 * @param empty what stands where there is no row
 * @param sorting which column its rows are sorted by
 * @param <T> its rows
 */
public record TableModel<T>(
    String id,
    String title,
    String empty,
    List<Column<T>> columns,
    RowWindow<T> window,
    TableSorting sorting) {
  public TableModel {
    columns = List.copyOf(columns);
  }
}
