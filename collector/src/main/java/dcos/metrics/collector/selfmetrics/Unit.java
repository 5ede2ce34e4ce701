// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.outcome.LedgerTerm;

/** The ledger counts everything twice: in records and in bytes. */
enum Unit {
  RECORDS("records", "Records"),
  BYTES("bytes", "Bytes of records");

  final String noun;
  final String phrase;

  Unit(String noun, String phrase) {
    this.noun = noun;
    this.phrase = phrase;
  }

  long of(Counts counts, LedgerTerm term) {
    return switch (this) {
      case RECORDS -> counts.records(term);
      case BYTES -> counts.bytes(term);
    };
  }

  long of(Counts counts, String kind) {
    return switch (this) {
      case RECORDS -> counts.records(kind);
      case BYTES -> counts.bytes(kind);
    };
  }
}
