// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;

/** What a table without rows shows in their place. FX thread only. */
public interface TablePlaceholder {
  /**
   * The text that explains why there are no rows.
   *
   * @param none the text where nothing limits the rows
   */
  StringBinding words(String none);

  /** Whether there may be rows that a limit hides. */
  BooleanBinding isLimited();

  /** Whether rows appear as soon as a sender connects. */
  BooleanBinding isWaiting();

  /** Removes every limit. */
  void lift();
}
