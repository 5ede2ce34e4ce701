// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A flag between whoever publishes and the window, which looks at it some twenty times a second.
 * Thread-safe.
 */
public final class RefreshFlag {
  private final AtomicBoolean marked = new AtomicBoolean(true);
  private final AtomicBoolean rest = new AtomicBoolean();

  /** Something changed. Cheap: from any thread, for every record. */
  public void mark() {
    // Looked at first: a write to a shared cache line for every record would cost more.
    if (!marked.get()) {
      marked.set(true);
    }
  }

  /** Whether something changed since it was last asked. */
  public boolean take() {
    return marked.get() && marked.getAndSet(false);
  }

  /** Not all that changed was shown in this frame: the window is to look again in the next. */
  public void leaveRest() {
    mark();
    rest.set(true);
  }

  /** Whether something was left for the next frame, since it was last asked. */
  public boolean takeRest() {
    return rest.get() && rest.getAndSet(false);
  }
}
