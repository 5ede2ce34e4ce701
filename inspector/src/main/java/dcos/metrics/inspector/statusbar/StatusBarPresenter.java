// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.collector.playback.UnknownEvents;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.LedgerCount;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows the ledger and the number of errors in the status bar. FX thread only. */
final class StatusBarPresenter {
  /**
   * Terms of the ledger that are shown as one.
   *
   * @param name as the ledger's, up to the reason
   * @param filter that finds their records
   */
  private record Kind(String name, String filter, Tone tone) {
    /** Those of the same name as this one. */
    private static Kind of(Term term) {
      return new Kind(term.kind(), Key.OUTCOME + ":" + term.kind(), Outcomes.tone(term));
    }
  }

  // The outcomes in the order of the equation, then held records.
  private static final List<Kind> KINDS =
      Stream.concat(
              Arrays.stream(Term.values()).filter(term -> !term.isIncome() && term != Term.HELD),
              Stream.of(Term.HELD))
          .filter(StatusBarPresenter::isFirstOfKind)
          .map(Kind::of)
          .toList();

  private final Status model;

  StatusBarPresenter(Status model) {
    this.model = model;
  }

  private static boolean isFirstOfKind(Term term) {
    return Arrays.stream(Term.values())
        .filter(other -> other.kind().equals(term.kind()))
        .findFirst()
        .equals(Optional.of(term));
  }

  void showNothing() {
    model.update(List.of());
  }

  /** Shows the equation, each term that is not zero, and what the view skipped. */
  void refresh(Recording recording) {
    LedgerCount ledger = recording.ledger();
    List<Status.Term> terms = new ArrayList<>();
    terms.add(term("received", ledger.records(Term.RECEIVED), "", Tone.BUSY));
    String sign = "=";
    for (Kind kind : KINDS) {
      long records = ledger.records(kind.name());
      if (records > 0 || kind.name().equals(Term.HELD.kind())) {
        terms.add(Status.Term.sign(sign));
        terms.add(term(kind.name(), records, kind.filter(), kind.tone()));
        sign = "+";
      }
    }
    if (ledger.skippedRecords() > 0) {
      terms.add(term("· skipped by the view", ledger.skippedRecords(), "", Tone.WARNING));
    } else if (ledger.skippedEvents() > 0) {
      String events = Texts.count(ledger.skippedEvents(), "event");
      terms.add(new Status.Term("· skipped by the view " + events, "", Tone.WARNING));
    }
    long unknown = recording.storage().unknownEvents();
    if (unknown > 0) {
      terms.add(new Status.Term("· " + UnknownEvents.skipped(unknown), "", Tone.WARNING));
    }
    long troubles = recording.troubleCount();
    if (troubles > 0) {
      terms.add(
          new Status.Term(
              "· " + Texts.count(troubles) + (troubles == 1 ? " error" : " errors"),
              "",
              Tone.BAD,
              Optional.of(DetailSubject.OfTroubles.all())));
    }
    model.update(terms);
  }

  private static Status.Term term(String name, long records, String filter, Tone tone) {
    return new Status.Term(name + " " + Texts.count(records), filter, tone);
  }
}
