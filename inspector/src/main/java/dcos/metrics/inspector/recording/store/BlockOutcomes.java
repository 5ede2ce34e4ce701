// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import java.util.Arrays;
import java.util.Optional;

/** What was decided of each record of a block, one by one. Not thread-safe. */
public final class BlockOutcomes {
  /** In no message. */
  public static final int NO_DELIVERY = -1;

  static final int NO_TOPIC = -1;

  /** Nothing was decided yet: not the ordinal of any term. */
  static final int PENDING = -1;

  private static final LedgerTerm[] TERMS = LedgerTerm.values();

  private final int[] topics;
  private final byte[] terms;
  private final int[] deliveries;

  BlockOutcomes(int records) {
    topics = new int[records];
    terms = new byte[records];
    deliveries = new int[records];
    Arrays.fill(topics, NO_TOPIC);
    Arrays.fill(terms, (byte) PENDING);
    Arrays.fill(deliveries, NO_DELIVERY);
  }

  void setTerm(int from, int to, int topic, int term) {
    Arrays.fill(topics, from, to, topic);
    Arrays.fill(terms, from, to, (byte) term);
  }

  void setDelivery(int from, int to, int delivery) {
    Arrays.fill(deliveries, from, to, delivery);
  }

  /** The number of a record's topic. */
  public int topic(int record) {
    return topics[record];
  }

  /** The ledger's term that a record was in first; empty while nothing was decided. */
  public Optional<LedgerTerm> term(int record) {
    return terms[record] == PENDING ? Optional.empty() : Optional.of(TERMS[terms[record]]);
  }

  /**
   * The outcome that records of a term had when they were sorted; empty where they were held then.
   */
  public static Optional<Outcome> outcomeOf(LedgerTerm term) {
    return Outcome.of(term);
  }

  /** The number of the message that a record is in, or {@link #NO_DELIVERY}. */
  public int delivery(int record) {
    return deliveries[record];
  }
}
