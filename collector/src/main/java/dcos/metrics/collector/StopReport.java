// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.StringJoiner;

/**
 * How a pipeline ended.
 *
 * @param total the ledger's sums after everything was closed
 */
public record StopReport(Counts total) {

  /** Whether every record is accounted for, none of them held or undeliverable. */
  public boolean isClean() {
    return total.balances()
        && total.records(LedgerTerm.HELD) == 0
        && total.records(LedgerTerm.Kinds.UNDELIVERABLE) == 0;
  }

  /** 0 if it ended clean, otherwise 1; throttled and rejected records are not a failure. */
  public int exitCode() {
    return isClean() ? 0 : 1;
  }

  /** The ledger in one line, as an equation, and whether it balances. */
  public String summary() {
    StringJoiner line = new StringJoiner(" ");
    line.add("ledger");
    line.add("balances=" + total.balances());
    for (String kind : LedgerTerm.kinds()) {
      line.add(kind + "=" + total.records(kind));
      line.add(kind + "_bytes=" + total.bytes(kind));
    }
    for (LedgerTerm term : LedgerTerm.counted()) {
      if (!term.reason().isEmpty() && total.records(term) > 0) {
        line.add(term.kind() + "(" + term.reason() + ")=" + total.records(term));
      }
    }
    return line.toString();
  }
}
