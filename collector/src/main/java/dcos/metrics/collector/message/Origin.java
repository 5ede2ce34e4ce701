// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.collector.event.Part;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which records of a block the records of an array are. Immutable. */
public final class Origin {
  private final long block;
  // Of each record its place in the block, rising; null where all of the block's are here.
  private final int @Nullable [] places;

  private Origin(long block, int @Nullable [] places) {
    this.block = block;
    this.places = places;
  }

  /** All records of the block. */
  public static Origin whole(long block) {
    return new Origin(block, null);
  }

  /**
   * Some records of the block.
   *
   * @param places of each its number in the block, from 0, rising; must not be changed
   */
  public static Origin some(long block, int[] places) {
    return new Origin(block, places);
  }

  /** The parts of the block that are the records from {@code first} on, added to {@code to}. */
  public void addParts(int first, int records, List<Part> to) {
    if (places == null) {
      to.add(new Part(block, first, records));
      return;
    }
    int from = first;
    int end = Math.min(first + records, places.length);
    while (from < end) {
      int next = from + 1;
      while (next < end && places[next] == places[next - 1] + 1) {
        next++;
      }
      to.add(new Part(block, places[from], next - from));
      from = next;
    }
  }

  @Override
  public String toString() {
    return "block " + block + (places == null ? "" : " records " + Arrays.toString(places));
  }
}
