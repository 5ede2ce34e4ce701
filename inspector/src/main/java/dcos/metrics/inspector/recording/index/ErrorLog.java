// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.inspector.recording.state.ErrorEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/** The last things that went wrong. Guarded by the recording's lock. */
public final class ErrorLog {
  static final int KEPT = 5000;

  private static final long SAME_MS = 1000;

  private final RateHistory history;
  private final Deque<ErrorEntry> last = new ArrayDeque<>();
  private long count;

  ErrorLog(RateHistory history) {
    this.history = history;
  }

  void add(ErrorEntry error) {
    history.addError(error.wallMs());
    count++;
    ErrorEntry before = last.peekLast();
    if (before != null
        && before.kind() == error.kind()
        && before.source().equals(error.source())
        && before.text().equals(error.text())
        && Math.abs(error.wallMs() - before.wallMs()) < SAME_MS) {
      last.removeLast();
      last.addLast(before.again(error.wallMs())); // one line says it for all of them
      return;
    }
    last.addLast(error);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
  }

  void ofSource(long wallMs, ErrorEntry.ErrorKind kind, int source, long offset, String text) {
    add(
        new ErrorEntry(
            wallMs,
            kind,
            OptionalLong.of(source),
            offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset),
            OptionalLong.empty(),
            text));
  }

  void ofDelivery(long wallMs, ErrorEntry.ErrorKind kind, int delivery, String text) {
    add(
        new ErrorEntry(
            wallMs,
            kind,
            OptionalLong.empty(),
            OptionalLong.empty(),
            delivery < 0 ? OptionalLong.empty() : OptionalLong.of(delivery),
            text));
  }

  /** How often something went wrong. */
  public long count() {
    return count;
  }

  /** The last of it, what is the same within a second as one; oldest first. */
  public List<ErrorEntry> last() {
    return List.copyOf(last);
  }
}
