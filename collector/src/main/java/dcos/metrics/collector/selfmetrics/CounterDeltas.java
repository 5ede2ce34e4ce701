// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import java.util.HashMap;
import java.util.Map;

/** What was added to each of several counts since the period before. Not thread-safe. */
final class CounterDeltas<K> {
  private Map<K, Long> before = new HashMap<>();
  private Map<K, Long> now = new HashMap<>();

  /**
   * Once a period for each key. A count that is below what it was has begun anew (a topic's row
   * that was folded and is back), so all of it is new.
   */
  long since(K key, long count) {
    now.put(key, count);
    long was = before.getOrDefault(key, 0L);
    return count >= was ? count - was : count;
  }

  /** Ends the period; a key that was not asked for in it is forgotten. */
  void endPeriod() {
    before = now;
    now = new HashMap<>();
  }
}
