// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.codec.ContainerReader;
import dcos.metrics.codec.SchemaMemory;
import dcos.metrics.collector.batch.Intake;
import dcos.metrics.collector.figures.Figures.BudgetUse;
import dcos.metrics.collector.http.HttpEndpoint;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.recording.EventMemory;
import dcos.metrics.collector.recording.Recorder;
import dcos.metrics.collector.settings.Settings;
import java.util.List;

/**
 * All memory of a pipeline that depends on what others send. {@link HeapNeed} adds it up.
 *
 * @param headers for headers and texts of schemas while they are read
 * @param records for the bytes of records
 * @param pieces for what records take beside their bytes
 * @param events for clients of {@code /events}
 * @param recordingBytes for events on their way to recordings; part of the memory limit
 */
record Budgets(
    Budget headers, Budget records, Budget pieces, EventMemory events, long recordingBytes) {
  /** The share of the memory limit for what records take beside their bytes. */
  static final int PIECES_SHARE = 8;

  /**
   * @param onWait called whenever a reader begins to wait because records fill the memory
   */
  static Budgets of(Settings settings, Runnable onWait) {
    long memory = settings.memoryLimitBytes();
    int largestHeader = settings.input().maxHeaderBytes();
    long recordingBytes = recordingBytes(settings);
    var records =
        new Budget(
            memory - recordingBytes,
            Math.min(settings.input().maxBlockBytes(), memory / 4),
            onWait);
    return new Budgets(
        new Budget(HeapNeed.headerBytes(largestHeader), largestHeader, () -> {}),
        records,
        new Budget(memory / PIECES_SHARE, onWait),
        new EventMemory(records, HttpEndpoint.MAX_EVENT_CLIENTS),
        recordingBytes);
  }

  /** How each is used at this moment. */
  List<BudgetUse> use() {
    SchemaMemory schemas = ContainerReader.schemaMemory();
    return List.of(
        BudgetUse.of("records", records),
        BudgetUse.of("pieces", pieces),
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
    long most = settings.memoryLimitBytes() / 4 - Intake.PIECE_BYTES;
    return Math.clamp(Recorder.queueBytes(settings.input().maxBlockBytes()), 0, Math.max(0, most));
  }
}
