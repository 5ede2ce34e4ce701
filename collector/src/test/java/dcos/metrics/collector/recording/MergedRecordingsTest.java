// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MergedRecordingsTest {
  private final List<String> ends = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private int mostOpen;

  @Test
  void givesTheEventsInTheOrderInWhichTheyHappened() throws Exception {
    byte[] first = recording(1, 4, 6);
    byte[] second = recording(2, 3, 9);

    assertThat(read(first, second)).containsExactly("0:1", "1:2", "1:3", "0:4", "0:6", "1:9");
    assertThat(ends).containsExactly("0", "1");
    assertThat(open).hasValue(0);
  }

  @Test
  void keepsOpenOnlyTheFilesOfOneTime() throws Exception {
    byte[][] files = new byte[20][];
    for (int i = 0; i < files.length; i++) {
      files[i] = recording(10L * i, 10L * i + 1, 10L * i + 5);
    }

    assertThat(read(files)).hasSize(60);
    assertThat(mostOpen).isEqualTo(1);
  }

  @Test
  void readsOnWhereOneOfThemIsBroken() throws Exception {
    byte[] first = recording(1, 4, 6);
    var broken = new ByteArrayOutputStream();
    broken.writeBytes(recording(2));
    broken.writeBytes(Streams.container(Records.many("web", 1, 1))); // of another kind
    byte[] without = recording();

    assertThat(read(first, broken.toByteArray(), without))
        .containsExactly("0:1", "1:2", "0:4", "0:6");
    assertThat(ends)
        .hasSize(3)
        .anyMatch(end -> end.startsWith("1 not a recording"))
        .contains("0", "2");
    assertThat(open).hasValue(0);
  }

  @Test
  void reportsWhatCannotBeOpened() throws Exception {
    byte[] text = new byte[9];

    assertThat(read(text, recording(1))).containsExactly("1:1");
    assertThat(ends).hasSize(2).anyMatch(end -> end.startsWith("0 invalid magic"));
  }

  @Test
  void closesThoseThatHaveNotEnded() throws Exception {
    try (var merged =
        new MergedRecordings(openings(recording(1, 9), recording(2, 8)), (_, _, _) -> {})) {
      assertThat(merged.next()).isNotNull();
      assertThat(merged.next()).isNotNull();
      assertThat(open).hasValue(2);
    }
    assertThat(open).hasValue(0);
  }

  private List<String> read(byte[]... files) throws IOException {
    List<String> events = new ArrayList<>();
    MergedRecordings.Ends onEnd =
        (number, _, problem) ->
            ends.add(number + problem.map(error -> " " + error.getMessage()).orElse(""));
    try (var merged = new MergedRecordings(openings(files), onEnd)) {
      for (Event event = merged.next(); event != null; event = merged.next()) {
        events.add(merged.recording() + ":" + event.at().wallMs());
      }
    }
    return events;
  }

  private List<MergedRecordings.Opening> openings(byte[]... files) {
    List<MergedRecordings.Opening> openings = new ArrayList<>();
    for (byte[] file : files) {
      openings.add(() -> EventReader.of(counted(file)));
    }
    return openings;
  }

  private InputStream counted(byte[] file) {
    mostOpen = Math.max(mostOpen, open.incrementAndGet());
    return new ByteArrayInputStream(file) {
      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  private static byte[] recording(long... wallMs) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new EventWriter(bytes)) {
      for (long at : wallMs) {
        writer.write(new Event.KafkaChanged(new EventTime(at, at), true, ""));
      }
    }
    return bytes.toByteArray();
  }
}
