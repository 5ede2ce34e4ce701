// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Event.BlockReceived;
import dcos.metrics.collector.event.Event.MessageMade;
import dcos.metrics.collector.event.Event.Skipped;
import dcos.metrics.collector.event.Event.Snapshot;
import dcos.metrics.collector.event.Event.SourceClosed;
import dcos.metrics.collector.event.Event.SourceOpened;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.testing.StandardError;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderTest {
  private static final long MB = 1 << 20;
  private static final Event.Snapshot NOTHING = SampleEvents.emptySnapshot();

  @TempDir private Path temp;

  @Test
  void writesWhatComesInAndWhatGoesOutIntoFilesOfTheirOwn() throws Exception {
    try (var recorder = new Recorder(settings(64), true, true, MB, () -> NOTHING)) {
      recorder.start();
      SampleEvents.all().forEach(recorder::accept);
    }

    List<Event> input = events("input");
    List<Event> output = events("output");
    assertThat(names("input"))
        .singleElement()
        .asString()
        .matches("input-\\d{8}T\\d{6}\\.\\d{3}Z\\.avro");
    EventRoundTripTest.assertSame(
        input, SampleEvents.all().stream().filter(RecordingTrack.INPUT::takes).toList());
    EventRoundTripTest.assertSame(
        output, SampleEvents.all().stream().filter(RecordingTrack.OUTPUT::takes).toList());
    assertThat(input.size() + output.size()).isGreaterThan(SampleEvents.all().size());
  }

  @Test
  void writesOnlyWhatIsAskedFor() throws Exception {
    try (var recorder = new Recorder(settings(64), false, true, MB, () -> NOTHING)) {
      recorder.start();
      SampleEvents.all().forEach(recorder::accept);
    }

    assertThat(names("input")).isEmpty();
    assertThat(events("output")).hasAtLeastOneElementOfType(MessageMade.class);
  }

  @Test
  void isOnDiskWithinASecondWithoutBeingClosed() throws Exception {
    try (var recorder = new Recorder(settings(64), true, false, MB, () -> NOTHING)) {
      recorder.start();
      recorder.accept(NOTHING);
      recorder.accept(SampleEvents.block(1, 10));

      Await.until("the block", () -> blocks().equals(List.of(1L)));
    }
  }

  @Test
  void continuesInANewFileWhereItsFolderIsDeleted() throws Exception {
    try (var err = StandardError.captured();
        var recorder = new Recorder(settings(64), true, true, MB, () -> NOTHING)) {
      recorder.start();
      recorder.accept(NOTHING);
      recorder.accept(SampleEvents.block(1, 10));
      Await.until("the block", () -> blocks().equals(List.of(1L)));

      Files.move(dir(), temp.resolve("elsewhere")); // at once: the recorder finds nothing
      Await.until("two new files", () -> files("(input|output)").size() == 2);
      recorder.accept(SampleEvents.block(2, 10));

      Await.until("the next block", () -> blocks().equals(List.of(2L)));
      assertThat(err.lines("recording was deleted or replaced; continuing in a new file file=.*"))
          .hasSize(2);
      assertThat(events("input").getFirst()).isInstanceOf(Snapshot.class);
    }
  }

  @Test
  void continuesInANewFileWhereAnotherTakesThePlaceOfItsOwn() throws Exception {
    try (var err = StandardError.captured();
        var recorder = new Recorder(settings(64), true, false, MB, () -> NOTHING)) {
      recorder.start();
      recorder.accept(NOTHING);
      Await.until("a file", () -> files("input").size() == 1);
      Path file = files("input").getFirst();

      Path other = Files.createTempFile(temp, "other", "");
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

      Await.until("another file", () -> files("input").size() == 2);
      assertThat(err.awaitLine("recording was deleted or replaced")).contains("file=" + file);
      assertThat(Files.size(file)).isZero();
    }
  }

  @Test
  void stopsWithALineWhereItCannotContinueInANewFile() throws Exception {
    var opened = new AtomicInteger();
    RecordingDirectory.Opener once =
        path -> {
          if (opened.getAndIncrement() > 0) {
            throw new IOException("read-only file system");
          }
          return RecordingDirectory.create(path);
        };
    try (var err = StandardError.captured();
        var recorder = new Recorder(settings(64), true, false, MB, () -> NOTHING, once)) {
      recorder.start();
      recorder.accept(NOTHING);
      Await.until("a file", () -> files("input").size() == 1);

      Files.move(dir(), temp.resolve("elsewhere"));

      assertThat(err.awaitLine("recording stopped; the collector continues without it"))
          .contains("folder=" + dir(), "read-only file system");
    }
  }

  @Test
  void beginsEachFileWithASnapshotThatKnowsTheSourcesOfItsBlocks() throws Exception {
    try (var recorder = new Recorder(settings(1), true, false, MB, () -> NOTHING)) {
      recorder.start();
      recorder.accept(NOTHING);
      recorder.accept(SampleEvents.OPENED);
      recorder.accept(SampleEvents.HEADER);
      record(recorder, 1, 20);
      recorder.accept(new SourceClosed(SampleEvents.AT, 2, "", 1, 1, 1));
      record(recorder, 21, 40);
    }

    assertThat(names("input")).hasSizeBetween(8, 20);
    List<Long> seen = new ArrayList<>();
    for (Path file : files("input")) {
      List<Event> events = events(file);
      assertThat(Files.size(file)).isLessThanOrEqualTo(2 * MB);
      assertThat(events.getFirst()).isInstanceOf(Snapshot.class);
      events.stream()
          .filter(BlockReceived.class::isInstance)
          .forEach(e -> seen.add(((BlockReceived) e).block()));
      boolean open = ((BlockReceived) events.get(events.size() - 1)).block() <= 20;
      if (!file.equals(files("input").getFirst()) && open) {
        Event.OpenSource source = ((Snapshot) events.getFirst()).sources().getFirst();
        assertThat(source.opened()).isEqualTo(SampleEvents.OPENED);
        assertThat(source.header().orElseThrow().header()).isEqualTo(SampleEvents.HEADER.header());
      }
    }
    assertThat(seen).isSorted().hasSize(40);
    assertThat(((Snapshot) events(files("input").getLast()).getFirst()).sources()).isEmpty();
  }

  @Test
  void deletesTheOldestRecordingsAndNothingElse() throws Exception {
    Files.createDirectories(dir());
    Path other = Files.write(dir().resolve("input-of-mine.avro"), new byte[(int) MB]);
    Path old = Files.write(dir().resolve("output-20200101T000000.000Z.avro"), new byte[(int) MB]);
    var settings = new Settings.RecordingSettings(Optional.of(dir()), MB, 4 * MB);
    try (var recorder = new Recorder(settings, true, false, MB, () -> NOTHING)) {
      recorder.start();
      recorder.accept(NOTHING);
      record(recorder, 1, 60);
    }

    assertThat(other).exists();
    assertThat(old).doesNotExist();
    List<Long> left = blocks();
    assertThat(left).isSorted().endsWith(60L).doesNotContain(1L);
    long total = 0;
    for (Path file : files("input")) {
      total += Files.size(file);
    }
    assertThat(total).isBetween(2 * MB, 5 * MB);
  }

  @Test
  void leavesOutWhatItCannotKeepUpWithAndSaysSo() throws Exception {
    var gate = new CountDownLatch(1);
    var recorder =
        new Recorder(
            settings(64),
            true,
            true,
            MB,
            () -> NOTHING,
            file -> {
              awaitUninterruptibly(gate);
              return RecordingDirectory.create(file);
            });
    try (recorder) {
      recorder.start();
      recorder.accept(NOTHING);
      for (int i = 1; i <= 100; i++) {
        recorder.accept(SampleEvents.block(i, 100_000));
      }
      recorder.accept(SampleEvents.all().get(7)); // sorted: there is room for small events
      gate.countDown();
      Await.until(
          "the rest",
          () -> events("input").stream().anyMatch(Event.RecordsSorted.class::isInstance));
    }

    long skipped = 0;
    for (Event event : events("input")) {
      if (event instanceof Skipped(_, long events, long records, long bytes)) {
        skipped += events;
        assertThat(records).isEqualTo(7 * events);
        assertThat(bytes).isEqualTo(100_000 * events);
      }
    }
    assertThat(blocks()).hasSize((int) (100 - skipped)).hasSizeBetween(9, 11);
    assertThat(events("output")).noneMatch(Skipped.class::isInstance);
  }

  @Test
  void takesABlockThatIsLargerThanTheQueueWhereItIsAlone() throws Exception {
    try (var recorder = new Recorder(settings(64), true, false, MB, () -> NOTHING)) {
      recorder.start();
      recorder.accept(NOTHING);
      Await.until("the snapshot", () -> !events("input").isEmpty());

      recorder.accept(SampleEvents.block(1, 4 << 20));
      recorder.accept(SampleEvents.OPENED);
    }

    assertThat(blocks()).containsExactly(1L);
    assertThat(events("input").getLast()).isInstanceOf(SourceOpened.class);
  }

  @Test
  void endsWithWhatIsOnDiskWhenTheDiskIsFull() throws Exception {
    var space = new AtomicInteger(1 << 20);
    var recorder =
        new Recorder(settings(64), true, false, MB, () -> NOTHING, file -> limited(file, space));
    try (recorder) {
      recorder.start();
      recorder.accept(NOTHING);
      for (int i = 1; i <= 30; i++) {
        long block = i;
        recorder.accept(SampleEvents.block(block, 100_000));
        Await.until("a place", () -> space.get() < 0 || blocks().contains(block));
      }
    }

    assertThat(blocks()).startsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L).hasSizeLessThan(11);
  }

  @Test
  void aFolderThatCannotBeMadeIsNotThePipelinesConcern() throws Exception {
    Files.write(dir(), new byte[1]);
    try (var recorder = new Recorder(settings(64), true, true, MB, () -> NOTHING)) {
      recorder.start();
      SampleEvents.all().forEach(recorder::accept);
    }

    assertThat(Files.size(dir())).isEqualTo(1);
  }

  @Test
  void doesNotWaitForADiskThatHangs() throws Exception {
    var gate = new CountDownLatch(1);
    var recorder =
        new Recorder(
            settings(64),
            true,
            false,
            MB,
            () -> NOTHING,
            file -> {
              awaitUninterruptibly(gate);
              return RecordingDirectory.create(file);
            });
    recorder.start();
    recorder.accept(NOTHING);

    recorder.close(Duration.ofMillis(50));

    assertThat(dir().resolve("none")).doesNotExist();
    gate.countDown();
    recorder.close();
  }

  private static OutputStream limited(Path file, AtomicInteger space) throws IOException {
    OutputStream out = RecordingDirectory.create(file);
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        int left = space.getAndAdd(-length);
        out.write(bytes, offset, Math.clamp(left, 0, length));
        if (left < length) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  /** Waits for each, so that nothing is left out. */
  private void record(Recorder recorder, int first, int last) {
    for (int i = first; i <= last; i++) {
      long block = i;
      recorder.accept(SampleEvents.block(block, 300_000));
      Await.until("block " + block, () -> blocks().contains(block));
    }
  }

  private List<Long> blocks() {
    return events("input").stream()
        .filter(BlockReceived.class::isInstance)
        .map(event -> ((BlockReceived) event).block())
        .toList();
  }

  private List<Event> events(String track) {
    return files(track).stream().flatMap(file -> events(file).stream()).toList();
  }

  private static List<Event> events(Path file) {
    try (EventReader reader = EventReader.open(file)) {
      return EventRoundTripTest.all(reader);
    } catch (IOException _) {
      return List.of(); // its header is not there yet
    }
  }

  private List<String> names(String track) {
    return files(track).stream().map(file -> file.getFileName().toString()).toList();
  }

  private List<Path> files(String track) {
    if (!Files.isDirectory(dir())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(dir())) {
      return all.filter(file -> file.getFileName().toString().matches(track + "-2\\d+T.*"))
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private Path dir() {
    return temp.resolve("recordings");
  }

  private Settings.RecordingSettings settings(int fileMbytes) {
    return new Settings.RecordingSettings(Optional.of(dir()), fileMbytes * MB, 1024 * MB);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
