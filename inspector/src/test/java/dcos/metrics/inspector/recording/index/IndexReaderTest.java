// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.recording.store.BlockIndex;
import dcos.metrics.inspector.testing.Happened;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // by fill
class IndexReaderTest {
  @TempDir private Path folder;
  private final Happened happened = new Happened();
  private long nanos = 17;
  private RecordingIndex recordingIndex;

  @BeforeEach
  void fill() {
    recordingIndex =
        new RecordingIndex(new BlockIndex(folder, 1 << 20, 1 << 20), 1 << 20, () -> nanos);
    recordingIndex.enter(happened.opened(1, "tcp 127.0.0.1:1"));
    for (int second = 0; second < 6; second++) {
      var block = happened.block(second, 1, Happened.records("web", 50, 1));
      recordingIndex.enterWithoutBytes(block, block.stored().length);
      recordingIndex.enter(happened.sorted(second, Happened.accepted("web", 50)));
      happened.pass(998);
    }
  }

  @AfterEach
  void close() {
    recordingIndex.close();
  }

  @Test
  void ratesFallWhileNothingComes() {
    var rows = new IndexReader(recordingIndex, () -> true);
    assertThat(rates(rows)).containsExactly(50.0, 50.0);

    nanos += Duration.ofSeconds(3).toNanos();
    assertThat(rates(rows)).allMatch(rate -> rate > 0 && rate < 50);

    nanos += Duration.ofSeconds(4).toNanos();
    assertThat(rates(rows)).containsExactly(0.0, 0.0);
  }

  @Test
  void ratesOfWhatWasOpenedAreThoseOfItsEnd() {
    var rows = new IndexReader(recordingIndex, () -> false);

    nanos += Duration.ofHours(3).toNanos();

    assertThat(rates(rows)).containsExactly(50.0, 50.0);
  }

  private static List<Double> rates(IndexReader rows) {
    return List.of(rows.sources().getFirst().perSecond(), rows.topics().getFirst().perSecond());
  }
}
