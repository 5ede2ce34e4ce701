// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.Limits;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.LedgerCount;
import dcos.metrics.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
  @Test
  void showsWhatCanBecomeOfAMetric(@TempDir Path folder) throws Exception {
    List<Path> files = Sample.unpack(folder);
    try (Recording recording = Recording.open(files, Limits.DEFAULT, folder)) {
      recording.start();
      Await.until("it is read", recording::isSettled);

      // As the collector's last line said.
      LedgerCount ledger = recording.ledger();
      assertThat(ledger.records(Term.RECEIVED)).isEqualTo(2294);
      assertThat(ledger.records(Term.DELIVERED)).isEqualTo(977);
      assertThat(ledger.records(Term.THROTTLED_INPUT)).isEqualTo(1315);
      assertThat(ledger.records(Term.REJECTED_TOPIC)).isEqualTo(2);
      assertThat(ledger.skippedEvents()).isZero();
      assertThat(recording.deliveries(0, 1000))
          .hasSize(177)
          .extracting(CapturedDelivery::state)
          .containsOnly(MessageState.of(Term.DELIVERED));
      assertThat(recording.sources().stream().flatMap(source -> source.end().stream()))
          .extracting(CapturedSource.End::cause)
          .anyMatch(cause -> cause.contains("sync marker"))
          .anyMatch(cause -> cause.contains("truncated"));
      assertThat(recording.settings()).noneMatch(line -> line.contains("/"));
    }
  }
}
