// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.collector.ingest.TcpInput;
import dcos.metrics.collector.recording.EventMemory;
import dcos.metrics.collector.settings.Settings;

/** How large a heap the settings need: an operator who raises one must raise the other. */
final class HeapCheck {
  private static final int MEGABYTE = 1 << 20;
  // Kafka's buffer (6 MB), one message in the making (4 MB), and what the program itself takes.
  private static final long BESIDE_BYTES = 16 * MEGABYTE;
  // The JVM does not count one of the survivor spaces as heap.
  private static final int SURVIVOR_MEGABYTES = 1;
  // A header while it grows, its text and a copy for event listeners; and a share for the others.
  private static final int HEADERS_AT_ONCE = 4;

  private HeapCheck() {}

  /** The budget for headers and texts of schemas while they are read, in bytes. */
  static long headerBytes(int largestHeaderBytes) {
    return Math.max(MEGABYTE, (long) HEADERS_AT_ONCE * largestHeaderBytes);
  }

  /**
   * @param memoryLimitBytes of the budget for records; that for pieces comes with it
   * @param recordingBytes of that limit, for recordings
   * @param input whose headers and connections need memory too
   * @throws IllegalArgumentException if the heap is too small for the budgets, in one line that
   *     names what must be changed
   */
  static void check(
      long memoryLimitBytes, long recordingBytes, Settings.Input input, long heapBytes) {
    long need =
        memoryLimitBytes
            + memoryLimitBytes / PipelineBudgets.OVERHEAD_SHARE
            + headerBytes(input.maxHeaderBytes())
            + TcpInput.unpaidBytes(input.maxConnections(), memoryLimitBytes - recordingBytes)
            + ContainerReader.schemaMemory().limitBytes()
            + EventMemory.TOTAL_BYTES
            + BESIDE_BYTES;
    if (need > heapBytes) {
      long needMegabytes = Math.ceilDiv(need, MEGABYTE);
      throw new IllegalArgumentException(
          "memory-limit-kbytes=%d with max-header-kbytes=%d and max-connections=%d needs a heap of %d MB, and this one has %d: raise it with COLLECTOR_JVM_FLAGS=-Xmx%dm"
              .formatted(
                  memoryLimitBytes / 1024,
                  input.maxHeaderBytes() / 1024,
                  input.maxConnections(),
                  needMegabytes,
                  heapBytes / MEGABYTE,
                  needMegabytes + SURVIVOR_MEGABYTES));
    }
  }
}
