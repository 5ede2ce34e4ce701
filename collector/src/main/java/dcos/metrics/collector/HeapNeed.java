// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.collector.recording.EventMemory;

/** How large a heap a memory limit needs: whoever raises one must raise the other. */
final class HeapNeed {
  private static final int MEGABYTE = 1 << 20;
  // Kafka's buffer (6 MB), one message in the making (4 MB), and what the program itself takes.
  private static final long BESIDE_BYTES = 17 * MEGABYTE;
  // Queued events of /events clients.
  private static final long EVENT_BYTES = EventMemory.TOTAL_BYTES;
  // The JVM does not count one of the survivor spaces as heap.
  private static final int SURVIVOR_MEGABYTES = 1;

  private HeapNeed() {}

  /**
   * @param memoryLimitBytes of the budget for records; that for pieces comes with it
   * @throws IllegalArgumentException if the heap is too small for it, in one line that says what is
   *     to be done
   */
  static void check(long memoryLimitBytes, long heapBytes) {
    long need =
        memoryLimitBytes + memoryLimitBytes / Pipeline.PIECES_SHARE + BESIDE_BYTES + EVENT_BYTES;
    if (need > heapBytes) {
      long needMegabytes = Math.ceilDiv(need, MEGABYTE);
      throw new IllegalArgumentException(
          "memory-limit-kbytes=%d needs a heap of %d MB, and this one has %d: raise it with COLLECTOR_JVM_FLAGS=-Xmx%dm"
              .formatted(
                  memoryLimitBytes / 1024,
                  needMegabytes,
                  heapBytes / MEGABYTE,
                  needMegabytes + SURVIVOR_MEGABYTES));
    }
  }
}
