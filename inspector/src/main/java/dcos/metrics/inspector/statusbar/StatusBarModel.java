// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.statusbar;

import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.workspace.DetailSubject;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The status bar: the ledger as the equation it is, and what the tap skipped. */
public final class StatusBarModel {
  /**
   * A part of the line.
   *
   * @param text as it stands there, such as {@code delivered 97,911}, {@code =} or {@code +}
   * @param filter what a click filters by; empty filters nothing
   * @param subject what a click shows in the detail pane, if anything
   */
  public record StatusTerm(
      String text, String filter, StatusTone tone, Optional<DetailSubject> subject) {
    /** Of which there is no detail. */
    public StatusTerm(String text, String filter, StatusTone tone) {
      this(text, filter, tone, Optional.empty());
    }

    /** Whether there is something to click for. */
    public boolean isLink() {
      return !filter.isEmpty() || subject.isPresent();
    }

    /** Between two terms. */
    public static StatusTerm sign(String text) {
      return new StatusTerm(text, "", StatusTone.QUIET);
    }
  }

  private final ObservableList<StatusTerm> terms = FXCollections.observableArrayList();

  // Kept: such a view listens weakly, and would be collected with its listeners.
  private final ObservableList<StatusTerm> termsView =
      FXCollections.unmodifiableObservableList(terms);

  public ObservableList<StatusTerm> terms() {
    return termsView;
  }

  /** Shows these, if they are others. */
  public void update(List<StatusTerm> wanted) {
    if (!terms.equals(wanted)) {
      terms.setAll(wanted);
    }
  }
}
