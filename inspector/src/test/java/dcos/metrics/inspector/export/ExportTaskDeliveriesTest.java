// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.export.ExportTask.ExportResult;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.workspace.View;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportTaskDeliveriesTest extends MadeRecording {
  @Test
  void writesDeliveriesWithEveryDigit() throws Exception {
    happen();
    Path file = temp.resolve("out.csv");
    Recording recording = recorded();

    ExportResult ending = export(recording, View.DELIVERIES, Filter.ALL, file);

    assertThat(ending).isEqualTo(new ExportResult.Exported(BLOCKS, 0, 0));
    List<List<String>> lines = csv(file);
    assertThat(lines).hasSize(BLOCKS + 1);
    assertThat(lines.get(0))
        .containsExactly(
            "message",
            "time",
            "kafka_topic",
            "records",
            "bytes",
            "trigger",
            "state",
            "detail",
            "partition",
            "offset",
            "batch_ns",
            "settle_ns",
            "settled_records");
    // The block at 2 ms, sorted, made at 4 ms and settled at 5 ms.
    assertThat(lines.get(2).subList(2, 13))
        .containsExactly(
            "metrics-x",
            lines.get(2).get(3),
            "12345678901",
            "count",
            "delivered",
            "",
            "3",
            "1001",
            "2000000",
            "1000000",
            lines.get(2).get(3));
    assertThat(lines.get(1).get(6)).isEqualTo("dry-run");
  }

  @Test
  void writesDeliveriesAsJson() throws Exception {
    happen();
    Path file = temp.resolve("out.jsonl");

    export(recorded(), View.DELIVERIES, Filter.parse("state:delivered"), file);

    List<JsonNode> lines = json(file);
    assertThat(lines).hasSize(BLOCKS / 2);
    assertThat(lines.getFirst().get("message").asLong()).isEqualTo(1);
    assertThat(lines.getFirst().get("partition").asInt()).isEqualTo(3);
    assertThat(lines.getFirst().get("settle_ns").asLong()).isEqualTo(1_000_000);
  }
}
