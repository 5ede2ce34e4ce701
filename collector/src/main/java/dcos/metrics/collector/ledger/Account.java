// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

/** The two rows that a held record counts in: its source's and its topic's. Immutable. */
public final class Account {
  private final Source source;
  private final LedgerRow topic;

  Account(Source source, LedgerRow topic) {
    this.source = source;
    this.topic = topic;
  }

  public Source source() {
    return source;
  }

  /** Whether both count in the same row of topics. */
  public boolean hasTopicOf(Account other) {
    return topic == other.topic;
  }

  /** The account of another source and the same topic. */
  public Account with(Source other) {
    return new Account(other, topic);
  }

  LedgerRow topic() {
    return topic;
  }
}
