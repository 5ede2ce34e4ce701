// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

/**
 * Where records came from: the agent, or one connection. Opened and closed by its {@link Ledger}.
 */
public final class Source {
  /** The name of the Mesos agent's source; every other source is a connection. */
  public static final String AGENT_NAME = "agent";

  private final long id;
  private final String name;
  // Guarded by the ledger's lock; another row than at first where this one was folded into "other".
  private LedgerRow row;

  Source(long id, String name, LedgerRow row) {
    this.id = id;
    this.name = name;
    this.row = row;
  }

  /** Counts up from 1. */
  public long id() {
    return id;
  }

  /** As it stands in logs and in the ledger, such as {@code tcp 127.0.0.1:40122}. */
  public String name() {
    return name;
  }

  LedgerRow row() {
    return row;
  }

  void foldInto(LedgerRow other) {
    other.addAll(row);
    row = other;
  }
}
