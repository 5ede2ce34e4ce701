// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import java.util.concurrent.Semaphore;

/**
 * Lets connections begin to read headers one at a time, in the order in which they ask. A virtual
 * thread runs until it waits, and one whose sender is fast and sends header after header has
 * nothing to wait for: a few hundred of them would keep the processor from all others. Here they
 * wait for each other. A turn lasts until its reader would wait, or has its header; large headers
 * wait for memory, and so for each other, there. Thread-safe.
 */
final class HeaderAdmission {
  private final Semaphore free = new Semaphore(1, true);

  /** Waits for a turn. Its connection must end it before it waits for anything else. */
  Turn take() {
    free.acquireUninterruptibly();
    return new Turn();
  }

  /** How many connections wait, for tests. */
  int waiting() {
    return free.getQueueLength();
  }

  /** A connection's turn. One thread. */
  final class Turn {
    private boolean ended;

    /** Lets the next one read; does nothing if it has ended. */
    void end() {
      if (!ended) {
        ended = true;
        free.release();
      }
    }
  }
}
