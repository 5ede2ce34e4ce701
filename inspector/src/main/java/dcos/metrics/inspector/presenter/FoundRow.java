// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.find.Findings;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.RowWindow;
import dcos.metrics.inspector.viewmodel.Tables;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a row again among those that a filter finds.
 *
 * @param found null where nothing limits them
 */
record FoundRow(Recording recording, @Nullable Findings found, Tables tables) {
  /** Selects it, and answers whether it is there, as far as was looked. */
  boolean select(DetailSubject row) {
    return switch (row) {
      case DetailSubject.OfRecord(long number) -> record(number);
      case DetailSubject.OfDelivery(long number) -> delivery(number);
      case DetailSubject.OfSeries(long id) -> series(id);
      case DetailSubject.OfSource _, DetailSubject.OfKafka _, DetailSubject.OfTroubles _ -> true;
    };
  }

  private boolean record(long number) {
    if (found == null) {
      return reveal(tables.records().window(), number);
    }
    long place = found.placeOf(number);
    return Arrays.equals(found.numbers(place, 1), new long[] {number})
        && reveal(tables.records().window(), place);
  }

  private boolean delivery(long number) {
    if (found == null) {
      return reveal(tables.deliveries().window(), number);
    }
    long place = found.placeOfDelivery(number);
    List<CapturedDelivery> there = found.deliveries(place, 1);
    return !there.isEmpty()
        && there.getFirst().number() == number
        && reveal(tables.deliveries().window(), place);
  }

  /** Of series several may be selected: which, the table knows by itself. */
  private boolean series(long id) {
    return (found == null ? recording.series() : found.series())
        .stream().anyMatch(series -> series.id() == id);
  }

  private static boolean reveal(RowWindow<?> window, long place) {
    window.refresh();
    boolean isThere = place < window.countProperty().get();
    if (isThere) {
      window.reveal(place);
    }
    return isThere;
  }
}
