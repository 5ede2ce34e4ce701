// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.event.Event.SourceOpened;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sources, as long as a block of theirs is kept, they are open, or they are among the last. Guarded
 * by the recording's lock.
 */
public final class SourceIndex {
  /** How many are kept even when nothing else is kept of them. */
  static final int KEPT = 1000;

  /** Looking through all of them is worth it for so many. */
  private static final int PRUNE_STEP = 200;

  private final Map<Long, IndexedSource> byId = new HashMap<>();
  private final Map<Integer, IndexedSource> byNumber = new LinkedHashMap<>();
  private long foldedSources;
  private int next;
  private int pruneAt = KEPT + PRUNE_STEP;

  /** A source that appears; one that is known stays as it is. */
  IndexedSource open(SourceOpened opened) {
    IndexedSource known = byId.get(opened.source());
    if (known != null && !known.isClosed() && known.name().equals(opened.name())) {
      return known;
    }
    return enter(opened.source(), opened.name(), opened.at().wallMs());
  }

  /** The source with the pipeline's id; one that nobody announced gets a name of its own. */
  IndexedSource of(long id, long wallMs) {
    IndexedSource known = byId.get(id);
    return known != null ? known : enter(id, "source " + id, wallMs);
  }

  /** A source; null if it is not kept. */
  public @Nullable IndexedSource number(int number) {
    return byNumber.get(number);
  }

  /** Those that are kept, in the order in which they came. */
  public Collection<IndexedSource> all() {
    return byNumber.values();
  }

  /** How many are not kept any more. */
  public long foldedSources() {
    return foldedSources;
  }

  /** Forgets those that ended and of which no block is kept. */
  void prune(int firstBlock) {
    if (byNumber.size() < pruneAt) {
      return;
    }
    int surplus = byNumber.size() - KEPT;
    var all = byNumber.values().iterator();
    while (surplus > 0 && all.hasNext()) {
      IndexedSource entry = all.next();
      if (entry.isClosed() && entry.lastBlock() < firstBlock) {
        all.remove();
        byId.remove(entry.id(), entry);
        foldedSources++;
        surplus--;
      }
    }
    pruneAt = byNumber.size() + PRUNE_STEP;
  }

  private IndexedSource enter(long id, String name, long wallMs) {
    var entry = new IndexedSource(next, id, name, wallMs);
    byId.put(id, entry);
    byNumber.put(next, entry);
    next++;
    return entry;
  }
}
