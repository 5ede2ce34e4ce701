// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

/** The two rows that a held record counts in: its source's and its topic's. */
public final class Account {
  private final Source source;
  private final Row topic;

  Account(Source source, Row topic) {
    this.source = source;
    this.topic = topic;
  }

  public Source source() {
    return source;
  }

  Row topic() {
    return topic;
  }
}
