// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.container.ContainerPositions;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.container.StreamBytes;
import dcos.metrics.collector.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several recordings in one stream, as {@code cat} makes them. */
class ConsecutiveRecordingsTest {
  private static final int RECORDINGS = 3;

  @TempDir private Path folder;
  private byte[] all = {};
  // Where each recording begins.
  private final List<Integer> begins = new ArrayList<>();
  // Where each block begins and ends.
  private final List<Integer> blocks = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();

  @BeforeEach
  void write() throws Exception {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < RECORDINGS; i++) {
      begins.add(bytes.size());
      try (var writer = new EventWriter(bytes)) {
        writer.flush();
        for (int j = 0; j < 2; j++) {
          blocks.add(bytes.size());
          writer.write(SampleEvents.block(10 * i + j, 300));
          writer.flush();
          ends.add(bytes.size());
        }
      }
    }
    all = bytes.toByteArray();
  }

  @Test
  void readsWhatIsWholeWhereverItIsCut() throws Exception {
    for (int length = blocks.getFirst(); length <= all.length; length++) {
      byte[] cut = Arrays.copyOf(all, length);
      int whole = (int) ends.stream().filter(end -> end <= cut.length).count();
      try (EventReader reader = EventReader.of(new ByteArrayInputStream(cut))) {
        assertThat(ids(reader)).as("cut at %d", length).hasSize(whole);
        assertThat(reader.skippedBlocks()).isZero();
        assertThat(reader.offset() + reader.cutBytes()).isEqualTo(length);
      }
    }
  }

  @Test
  void continuesWhereTheFileHasGrown() throws Exception {
    Path file = folder.resolve("growing.avro");
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE)) {
      int written = blocks.getFirst();
      out.write(all, 0, written);
      try (EventReader reader = EventReader.open(file)) {
        List<Long> seen = new ArrayList<>();
        while (written < all.length) {
          out.write(all[written]);
          written++;
          seen.addAll(ids(reader));
        }
        assertThat(seen).containsExactly(0L, 1L, 10L, 11L, 20L, 21L);
        assertThat(reader.skippedBlocks()).isZero();
      }
    }
  }

  @Test
  void goesToBlocksOfContainersThatAnotherReaderHasFound() throws Exception {
    Path file = Files.write(folder.resolve("all.avro"), all);
    var containers = new ContainerPositions();
    try (EventReader reader = EventReader.open(file, true, containers);
        EventReader other = EventReader.open(file, true, containers)) {
      assertThat(ids(reader)).hasSize(2 * RECORDINGS);

      other.seek(blocks.get(5));
      assertThat(ids(other)).containsExactly(21L);
      other.seek(blocks.get(1));
      assertThat(ids(other)).containsExactly(1L, 10L, 11L, 20L, 21L);
      assertThat(other.skippedBlocks()).isZero();
    }
  }

  @Test
  void looksForTheMarkerOfTheRecordingThatIsDamagedOnly() throws Exception {
    byte[] damaged = all.clone();
    damaged[blocks.get(2)] = (byte) 0xff; // the first block of the second recording
    try (EventReader reader = EventReader.of(new ByteArrayInputStream(damaged))) {
      assertThat(ids(reader)).containsExactly(0L, 1L, 11L, 20L, 21L);
      assertThat(reader.skippedBlocks()).isEqualTo(1);
    }
  }

  @Test
  void refusesAContainerOfAnotherKindWithItsOffset() throws Exception {
    var mixed = new ByteArrayOutputStream();
    mixed.write(all, 0, begins.get(1));
    mixed.write(StreamBytes.ownHeader()); // without a block

    assertRefused(mixed.toByteArray(), "not a recording: ");
  }

  @Test
  void refusesAHeaderThatIsInvalidWithItsOffset() throws Exception {
    var mixed = new ByteArrayOutputStream();
    mixed.write(all, 0, begins.get(1));
    mixed.write(StreamBytes.header("{}", "unknown"));
    mixed.write(all);

    assertRefused(mixed.toByteArray(), "unsupported codec unknown");
  }

  private void assertRefused(byte[] stream, String reason) throws IOException {
    try (EventReader reader = EventReader.of(new ByteArrayInputStream(stream))) {
      List<Long> before = new ArrayList<>();
      assertThatThrownBy(() -> readInto(before, reader))
          .isInstanceOfSatisfying(
              MalformedContainerException.class,
              e -> {
                assertThat(e.reason()).startsWith(reason);
                assertThat(e.offset()).isBetween(begins.get(1).longValue(), begins.get(1) + 100L);
              });
      assertThat(before).containsExactly(0L, 1L);
    }
  }

  private static List<Long> ids(EventReader reader) throws IOException {
    List<Long> ids = new ArrayList<>();
    readInto(ids, reader);
    return ids;
  }

  private static void readInto(List<Long> ids, EventReader reader) throws IOException {
    for (Event event = reader.next(); event != null; event = reader.next()) {
      ids.add(((Event.BlockReceived) event).block());
    }
  }
}
