// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.resolve.SchemaMemory;
import dcos.metrics.collector.batch.BlockSink;
import dcos.metrics.collector.http.HttpEndpoint;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.recording.EventMemory;
import dcos.metrics.collector.recording.Recorder;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot.BudgetUse;
import dcos.metrics.collector.settings.Settings;
import java.util.List;

/**
 * All memory of a pipeline that depends on what others send. {@link HeapCheck} adds it up.
 *
 * @param headers for headers and texts of schemas while they are read
 * @param records for the bytes of records
 * @param overhead for what records take beside their bytes
 * @param events for clients of {@code /events}
 * @param recordingBytes for events on their way to recordings; part of the memory limit
 */
record PipelineBudgets(
    MemoryBudget headers,
    MemoryBudget records,
    MemoryBudget overhead,
    EventMemory events,
    long recordingBytes) {
  /** The share of the memory limit for what records take beside their bytes. */
  static final int OVERHEAD_SHARE = 8;

  /**
   * @param onWait called whenever a reader begins to wait because records fill the memory
   */
  static PipelineBudgets of(Settings settings, Runnable onWait) {
    long memory = settings.memoryLimitBytes();
    int largestHeader = settings.input().maxHeaderBytes();
    long recordingBytes = recordingBytes(settings);
    var records =
        new MemoryBudget(
            memory - recordingBytes,
            Math.min(settings.input().maxBlockBytes(), memory / 4),
            onWait);
    return new PipelineBudgets(
        new MemoryBudget(HeapCheck.headerBytes(largestHeader), largestHeader, () -> {}),
        records,
        new MemoryBudget(memory / OVERHEAD_SHARE, onWait),
        new EventMemory(records, HttpEndpoint.MAX_EVENT_CLIENTS),
        recordingBytes);
  }

  /** How each is used at this moment. */
  List<BudgetUse> use() {
    SchemaMemory schemas = ContainerReader.schemaMemory();
    return List.of(
        BudgetUse.of("records", records),
        BudgetUse.of("pieces", overhead),
        BudgetUse.of("headers", headers),
        new BudgetUse(
            "schemas",
            schemas.limitBytes(),
            schemas.usedBytes(),
            schemas.shortages(),
            schemas.exhausted()),
        new BudgetUse(
            "events",
            EventMemory.TOTAL_BYTES,
            events.ownBytes(),
            events.shortages(),
            events.isExhausted()));
  }

  static long recordingBytes(Settings settings) {
    if (settings.recording().dir().isEmpty()) {
      return 0;
    }
    // A block may take three quarters: as it is sent, decompressed and rewritten.
    long most = settings.memoryLimitBytes() / 4 - BlockSink.OVERHEAD_BYTES;
    return Math.clamp(Recorder.queueBytes(settings.input().maxBlockBytes()), 0, Math.max(0, most));
  }
}
