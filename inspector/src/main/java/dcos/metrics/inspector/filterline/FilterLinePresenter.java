// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.find.Findings;
import dcos.metrics.inspector.viewmodel.FilterModel;

/** Shows in the filter line how far a search is. FX thread only. */
final class FilterLinePresenter {
  private final FilterModel model;

  FilterLinePresenter(FilterModel model) {
    this.model = model;
  }

  /** Another search may begin: none was stopped. */
  void reset() {
    model.stoppedProperty().set(false);
  }

  /** Shows the progress of a search, unless it has ended. */
  void refresh(Findings search) {
    if (!search.isClosed()) {
      model.progressProperty().set(search.progress());
    }
  }

  /** The search has ended. */
  void end() {
    model.progressProperty().set(FilterModel.IDLE);
  }

  /**
   * The user stopped the search.
   *
   * @param isAll whether it had found all that there is
   */
  void stopped(boolean isAll) {
    model.stoppedProperty().set(!isAll);
  }
}
