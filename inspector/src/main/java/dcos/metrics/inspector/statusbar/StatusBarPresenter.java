// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.statusbar;

import dcos.metrics.collector.filter.FilterKey;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.playback.UnknownEvents;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.OutcomeText;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import dcos.metrics.inspector.workspace.DetailSubject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows the ledger and the number of errors in the status bar. FX thread only. */
public final class StatusBarPresenter {
  /**
   * Terms of the ledger that are shown as one.
   *
   * @param name as the ledger's, up to the reason
   * @param filter that finds their records
   */
  private record OutcomeKind(String name, String filter, StatusTone tone) {
    /** Those of the same name as this one. */
    private static OutcomeKind of(LedgerTerm term) {
      return new OutcomeKind(
          term.kind(), FilterKey.OUTCOME + ":" + term.kind(), OutcomeText.tone(term));
    }
  }

  // The outcomes in the order of the equation, then held records.
  private static final List<OutcomeKind> KINDS =
      Stream.concat(
              Arrays.stream(LedgerTerm.values())
                  .filter(term -> !term.isIncome() && term != LedgerTerm.HELD),
              Stream.of(LedgerTerm.HELD))
          .filter(StatusBarPresenter::isFirstOfKind)
          .map(OutcomeKind::of)
          .toList();

  private final StatusBarModel model;

  public StatusBarPresenter(StatusBarModel model) {
    this.model = model;
  }

  private static boolean isFirstOfKind(LedgerTerm term) {
    return Arrays.stream(LedgerTerm.values())
        .filter(other -> other.kind().equals(term.kind()))
        .findFirst()
        .equals(Optional.of(term));
  }

  public void showNothing() {
    model.update(List.of());
  }

  /** Shows the equation, each term that is not zero, and what the view skipped. */
  public void refresh(Recording recording) {
    LedgerTotals ledger = recording.ledger();
    List<StatusBarModel.StatusTerm> terms = new ArrayList<>();
    terms.add(term("received", ledger.records(LedgerTerm.RECEIVED), "", StatusTone.BUSY));
    String sign = "=";
    for (OutcomeKind kind : KINDS) {
      long records = ledger.records(kind.name());
      if (records > 0 || kind.name().equals(LedgerTerm.HELD.kind())) {
        terms.add(StatusBarModel.StatusTerm.sign(sign));
        terms.add(term(kind.name(), records, kind.filter(), kind.tone()));
        sign = "+";
      }
    }
    if (ledger.skippedRecords() > 0) {
      terms.add(term("· skipped by the view", ledger.skippedRecords(), "", StatusTone.WARNING));
    } else if (ledger.skippedEvents() > 0) {
      String events = DisplayFormat.count(ledger.skippedEvents(), "event");
      terms.add(
          new StatusBarModel.StatusTerm("· skipped by the view " + events, "", StatusTone.WARNING));
    }
    long unknown = recording.storage().unknownEvents();
    if (unknown > 0) {
      terms.add(
          new StatusBarModel.StatusTerm(
              "· " + UnknownEvents.skipped(unknown), "", StatusTone.WARNING));
    }
    long errors = recording.errorCount();
    if (errors > 0) {
      terms.add(
          new StatusBarModel.StatusTerm(
              "· " + DisplayFormat.count(errors) + (errors == 1 ? " error" : " errors"),
              "",
              StatusTone.BAD,
              Optional.of(DetailSubject.OfErrors.all())));
    }
    model.update(terms);
  }

  private static StatusBarModel.StatusTerm term(
      String name, long records, String filter, StatusTone tone) {
    return new StatusBarModel.StatusTerm(name + " " + DisplayFormat.count(records), filter, tone);
  }
}
