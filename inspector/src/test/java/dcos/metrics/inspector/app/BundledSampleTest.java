// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import dcos.metrics.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledSampleTest {
  @Test
  void showsWhatCanBecomeOfAMetric(@TempDir Path folder) throws Exception {
    List<Path> files = BundledSample.unpack(folder);
    try (Recording recording = Recording.open(files, RecordingLimits.DEFAULT, folder)) {
      recording.start();
      Await.until("it is read", recording::isSettled);

      // As the collector's last line said.
      LedgerTotals ledger = recording.ledger();
      assertThat(ledger.records(LedgerTerm.RECEIVED)).isEqualTo(2294);
      assertThat(ledger.records(LedgerTerm.DELIVERED)).isEqualTo(977);
      assertThat(ledger.records(LedgerTerm.THROTTLED_INPUT)).isEqualTo(1315);
      assertThat(ledger.records(LedgerTerm.REJECTED_TOPIC)).isEqualTo(2);
      assertThat(ledger.skippedEvents()).isZero();
      assertThat(recording.deliveries(0, 1000))
          .hasSize(177)
          .extracting(CapturedDelivery::state)
          .containsOnly(MessageState.of(LedgerTerm.DELIVERED));
      assertThat(recording.sources().stream().flatMap(source -> source.end().stream()))
          .extracting(CapturedSource.SourceEnd::cause)
          .anyMatch(cause -> cause.contains("sync marker"))
          .anyMatch(cause -> cause.contains("truncated"));
      assertThat(recording.settings()).noneMatch(line -> line.contains("/"));
    }
  }
}
