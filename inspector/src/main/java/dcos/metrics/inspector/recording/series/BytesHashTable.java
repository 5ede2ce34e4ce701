// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds an entry by bytes that stand in an array, without an object for them. Not thread-safe.
 *
 * @param <T> what is found
 */
final class BytesHashTable<T extends BytesHashTable.BytesEntry> {
  private static final int FIRST_CAPACITY = 8;

  private @Nullable BytesEntry[] entries = new BytesEntry[FIRST_CAPACITY];
  private int size;

  /** What stands in a table, under its key. */
  abstract static class BytesEntry {
    final byte[] key;
    final int hash;

    BytesEntry(byte[] key, int hash) {
      this.key = key;
      this.hash = hash;
    }

    final boolean is(byte[] bytes, int from, int to) {
      return Arrays.equals(key, 0, key.length, bytes, from, to);
    }
  }

  static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * 0x9E3779B9;
  }

  @SuppressWarnings("unchecked") // only add() puts entries here
  @Nullable T find(byte[] bytes, int from, int to, int hash) {
    int mask = entries.length - 1;
    for (int at = hash >>> 7 & mask; ; at = (at + 1) & mask) {
      BytesEntry entry = entries[at];
      if (entry == null) {
        return null;
      }
      if (entry.hash == hash && entry.is(bytes, from, to)) {
        return (T) entry;
      }
    }
  }

  /** Adds an entry whose key is not there. */
  void add(T entry) {
    if (2 * (size + 1) > entries.length) {
      @Nullable BytesEntry[] old = entries;
      entries = new BytesEntry[2 * old.length];
      for (BytesEntry each : old) {
        if (each != null) {
          entries[free(each.hash)] = each;
        }
      }
    }
    entries[free(entry.hash)] = entry;
    size++;
  }

  @SuppressWarnings("ReferenceEquality") // the same entry, not an equal one
  void remove(T entry) {
    int mask = entries.length - 1;
    int at = entry.hash >>> 7 & mask;
    while (entries[at] != entry) {
      if (entries[at] == null) {
        return;
      }
      at = (at + 1) & mask;
    }
    size--;
    int free = at;
    // What stands behind moves up, so that no search ends too early.
    for (int next = (at + 1) & mask; ; next = (next + 1) & mask) {
      BytesEntry moved = entries[next];
      if (moved == null) {
        break;
      }
      int home = moved.hash >>> 7 & mask;
      if (((next - home) & mask) >= ((next - free) & mask)) {
        entries[free] = moved;
        free = next;
      }
    }
    entries[free] = null;
  }

  void clear() {
    entries = new BytesEntry[FIRST_CAPACITY];
    size = 0;
  }

  int size() {
    return size;
  }

  private int free(int hash) {
    int mask = entries.length - 1;
    int at = hash >>> 7 & mask;
    while (entries[at] != null) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
