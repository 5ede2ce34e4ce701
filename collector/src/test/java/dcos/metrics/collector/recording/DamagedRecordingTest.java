// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.container.MalformedContainerException;
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

/** A recording that was cut or damaged is read as far as it is whole. */
class DamagedRecordingTest {
  private static final int BLOCKS = 4;
  private static final int SYNC_BYTES = 16;

  @TempDir private Path folder;
  private byte[] container = {};
  // Where each block begins, and where the last one ends.
  private final List<Integer> bounds = new ArrayList<>();

  @BeforeEach
  void write() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new EventWriter(bytes)) {
      writer.flush();
      for (int i = 1; i <= BLOCKS; i++) {
        bounds.add(bytes.size());
        writer.write(SampleEvents.block(i, 300));
        writer.write(SampleEvents.block(100 + i, 20));
        writer.flush();
      }
    }
    bounds.add(bytes.size());
    container = bytes.toByteArray();
  }

  @Test
  void readsEveryWholeBlockWhereverItIsCut() throws Exception {
    for (int length = bounds.getFirst(); length < container.length; length++) {
      int cut = length;
      List<Long> whole = new ArrayList<>();
      for (int i = 1; i <= BLOCKS && bounds.get(i) <= cut; i++) {
        whole.addAll(List.of((long) i, 100L + i));
      }
      try (EventReader reader = reader(Arrays.copyOf(container, cut))) {
        assertThat(ids(reader)).as("cut at %d", cut).isEqualTo(whole);
        assertThat(reader.skippedBlocks()).isZero();
        assertThat(reader.offset() + reader.cutBytes()).isEqualTo(cut);
      }
    }
  }

  @Test
  void refusesWhatIsCutInItsHeader() {
    for (int length = 0; length < bounds.getFirst(); length += 97) {
      byte[] cut = Arrays.copyOf(container, length);
      assertThatThrownBy(() -> reader(cut))
          .isInstanceOf(MalformedContainerException.class)
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void passesOverOneBlockWhicheverByteOfItIsDamaged() throws Exception {
    for (int at = bounds.get(1); at < bounds.get(2); at++) {
      byte[] damaged = container.clone();
      damaged[at] ^= 0x55;
      try (EventReader reader = reader(damaged)) {
        List<Long> read = ids(reader);
        assertThat(read).as("byte %d", at).startsWith(1L, 101L).endsWith(4L, 104L);
        // A damaged marker damages the next block too: where that begins is unknown.
        if (at < bounds.get(2) - SYNC_BYTES) {
          assertThat(read).contains(3L, 103L);
        }
        // Only what the count of records says may be wrong without anybody knowing.
        if (at > bounds.get(1)) {
          assertThat(reader.skippedBlocks()).as("byte %d", at).isEqualTo(1);
          assertThat(read).doesNotContain(2L);
        }
      }
    }
  }

  @Test
  void passesOverASizeThatReachesIntoOtherBlocks() throws Exception {
    byte[] damaged = container.clone();
    // Behind the count's one byte: the size's last byte of two becomes one more group of bits.
    damaged[bounds.get(1) + 2] |= (byte) 0x80;
    try (EventReader reader = reader(damaged)) {
      assertThat(ids(reader)).containsExactly(1L, 101L, 3L, 103L, 4L, 104L);
      assertThat(reader.skippedBlocks()).isEqualTo(1);
    }
  }

  @Test
  void continuesWhereTheFileHasGrown() throws Exception {
    Path file = folder.resolve("growing.avro");
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE)) {
      int written = bounds.getFirst();
      out.write(container, 0, written);
      try (EventReader reader = EventReader.open(file)) {
        List<Long> seen = new ArrayList<>();
        for (; written < container.length; written += 61) {
          out.write(container, written, Math.min(61, container.length - written));
          seen.addAll(ids(reader));
        }
        assertThat(seen).containsExactly(1L, 101L, 2L, 102L, 3L, 103L, 4L, 104L);
        assertThat(reader.skippedBlocks()).isZero();
      }
    }
  }

  @Test
  void findsBlocksAgain() throws Exception {
    Path file = Files.write(folder.resolve("file.avro"), container);
    try (EventReader reader = EventReader.open(file)) {
      assertThat(ids(reader)).hasSize(2 * BLOCKS);
      assertThat(reader.blockOffset()).isEqualTo((long) bounds.get(BLOCKS - 1));
      assertThat(reader.indexInBlock()).isEqualTo(1);

      reader.seek(bounds.get(2));
      assertThat(ids(reader)).containsExactly(3L, 103L, 4L, 104L);
      assertThat(reader.skippedBlocks()).isZero();
    }
  }

  @Test
  void aStreamCannotBeSought() throws Exception {
    try (EventReader reader = reader(container)) {
      assertThatThrownBy(() -> reader.seek(7))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a stream can not be read from 7");
    }
  }

  private static EventReader reader(byte[] bytes) throws IOException {
    return EventReader.of(new ByteArrayInputStream(bytes));
  }

  private static List<Long> ids(EventReader reader) throws IOException {
    return EventRoundTripTest.all(reader).stream()
        .map(event -> ((Event.BlockReceived) event).block())
        .toList();
  }
}
