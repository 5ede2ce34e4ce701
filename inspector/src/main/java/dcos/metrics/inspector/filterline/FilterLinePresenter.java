// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.filterline;

import dcos.metrics.inspector.recording.search.SearchResults;

/** Shows in the filter line how far a search is. FX thread only. */
public final class FilterLinePresenter {
  private final FilterLineModel model;

  public FilterLinePresenter(FilterLineModel model) {
    this.model = model;
  }

  /** Another search may begin: none was stopped. */
  public void reset() {
    model.stoppedProperty().set(false);
  }

  /** Shows the progress of a search, unless it has ended. */
  public void refresh(SearchResults search) {
    if (!search.isClosed()) {
      model.progressProperty().set(search.progress());
    }
  }

  /** The search has ended. */
  public void end() {
    model.progressProperty().set(FilterLineModel.IDLE);
  }

  /**
   * The user stopped the search.
   *
   * @param isAll whether it had found all that there is
   */
  public void stopped(boolean isAll) {
    model.stoppedProperty().set(!isAll);
  }
}
