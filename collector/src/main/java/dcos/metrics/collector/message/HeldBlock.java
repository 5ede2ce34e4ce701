// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.memory.Charge;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An array of accepted records of one topic and one source, and the memory it is charged for. The
 * charge is given back when the last slice of it is released. Thread-safe.
 */
public final class HeldBlock {
  private final Account account;
  private final Origin origin;
  private final List<Charge> charges;
  private final AtomicInteger slices = new AtomicInteger(1);

  /** Starts with one slice, the caller's own. */
  public HeldBlock(Account account, Origin origin, Charge... charges) {
    this.account = account;
    this.origin = origin;
    this.charges = List.of(charges);
  }

  public Account account() {
    return account;
  }

  /** Which records of which block they were when they came in. */
  public Origin origin() {
    return origin;
  }

  /** One more slice; only while the caller holds one. */
  public void retain() {
    slices.incrementAndGet();
  }

  /** Gives one slice back. */
  public void release() {
    if (slices.decrementAndGet() == 0) {
      charges.forEach(Charge::close);
    }
  }
}
