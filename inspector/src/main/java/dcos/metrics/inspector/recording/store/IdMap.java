// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import java.util.Arrays;

/** From the pipeline's ids to numbers of our own, without an object each. Not thread-safe. */
public final class IdMap {
  /** No number. */
  public static final int NONE = -1;

  private static final int FIRST_CAPACITY = 64;

  private long[] keys = new long[FIRST_CAPACITY];
  // The number plus one; 0 where the place is free.
  private int[] places = new int[FIRST_CAPACITY];
  private int size;

  /** The id's number, or {@link #NONE}. */
  public int get(long id) {
    int at = find(id);
    return places[at] - 1;
  }

  /** Enters a number, at least 0; a later one for the same id replaces the earlier. */
  public void put(long id, int number) {
    int at = find(id);
    if (places[at] == 0) {
      if (2 * (size + 1) > keys.length) {
        resize(2 * keys.length);
        at = find(id);
      }
      size++;
    }
    keys[at] = id;
    places[at] = number + 1;
  }

  /** Forgets an id, if it still stands for this number. */
  public void remove(long id, int number) {
    int at = find(id);
    if (places[at] != number + 1) {
      return;
    }
    size--;
    int mask = keys.length - 1;
    int free = at;
    // What stands behind moves up, so that no search ends too early.
    for (int next = (at + 1) & mask; places[next] != 0; next = (next + 1) & mask) {
      int home = home(keys[next]);
      if (((next - home) & mask) >= ((next - free) & mask)) {
        keys[free] = keys[next];
        places[free] = places[next];
        free = next;
      }
    }
    places[free] = 0;
    if (keys.length > FIRST_CAPACITY && 8 * size < keys.length) {
      resize(keys.length / 2);
    }
  }

  int size() {
    return size;
  }

  /** What it takes. */
  public long memoryBytes() {
    return (long) keys.length * (Long.BYTES + Integer.BYTES);
  }

  private int find(long id) {
    int mask = keys.length - 1;
    int at = home(id);
    while (places[at] != 0 && keys[at] != id) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private int home(long id) {
    long hash = id * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32) & (keys.length - 1);
  }

  private void resize(int capacity) {
    long[] oldKeys = keys;
    int[] oldPlaces = places;
    keys = new long[capacity];
    places = new int[capacity];
    Arrays.fill(places, 0);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldPlaces[i] != 0) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        places[at] = oldPlaces[i];
      }
    }
  }
}
