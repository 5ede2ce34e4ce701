// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/** Snapshots of a pipeline of which only the ledger matters. */
public final class Snapshots {
  private Snapshots() {}

  public static Event.Snapshot of(Ledger ledger) {
    return of(ledger, List.of());
  }

  /** Of a pipeline that has received nothing yet from these sources. */
  public static Event.Snapshot of(List<Event.OpenSource> sources) {
    return of(new Ledger(), sources);
  }

  private static Event.Snapshot of(Ledger ledger, List<Event.OpenSource> sources) {
    return new Event.Snapshot(
        EventTime.now(),
        "1",
        List.of(),
        sources,
        Optional.empty(),
        Optional.empty(),
        ledger.snapshot());
  }
}
