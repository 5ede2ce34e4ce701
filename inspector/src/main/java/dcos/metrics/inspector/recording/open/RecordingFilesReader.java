// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.open;

import dcos.metrics.codec.container.ContainerPositions;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.recording.MergedRecordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a recording as one: input and output are in separate files, and each continues
 * in the next. The bytes of blocks stay where they are.
 */
final class RecordingFilesReader {
  private static final Logger logger = LoggerFactory.getLogger(RecordingFilesReader.class);
  private static final int BATCH = 512;

  private final List<Path> paths;
  private final List<ContainerPositions> containers;
  private final List<RecordedBlockStore> stores;
  private final FileLoader.IndexFeed feed;
  private String problem = "";

  RecordingFilesReader(List<Path> paths, FileLoader.IndexFeed feed) {
    this.paths = paths;
    this.containers = paths.stream().map(_ -> new ContainerPositions()).toList();
    this.stores =
        IntStream.range(0, paths.size())
            .mapToObj(i -> new RecordedBlockStore(paths.get(i), containers.get(i)))
            .toList();
    this.feed = feed;
  }

  /** An event, and its place in a file. */
  private record Entry(Event event, RecordedBlockStore file, long place, int bodyBytes) {}

  void read() throws IOException {
    List<MergedRecordings.Opening> openings =
        IntStream.range(0, paths.size()).mapToObj(this::opening).toList();
    try (var events = new MergedRecordings(openings, this::ended)) {
      readAll(events);
    }
  }

  private MergedRecordings.Opening opening(int file) {
    return () -> EventReader.open(paths.get(file), false, containers.get(file));
  }

  private void ended(int file, @Nullable EventReader reader, Optional<IOException> error) {
    if (error.isPresent() && problem.isEmpty()) {
      problem = paths.get(file) + ": " + error.get().getMessage();
    }
  }

  private void readAll(MergedRecordings events) throws IOException {
    List<Entry> batch = new ArrayList<>(BATCH);
    while (!feed.progress().stopped) {
      Event event = events.next();
      if (event != null) {
        long place = RecordedBlockStore.place(events.blockOffset(), events.indexInBlock());
        batch.add(new Entry(event, stores.get(events.recording()), place, events.bodyBytes()));
      }
      if (batch.size() == BATCH || event == null) {
        feed.enter(
            () -> {
              batch.forEach(this::enter);
              feed.recordingIndex().missing().setUnknownEvents(events.unknownEvents());
            });
        batch.clear();
        feed.progress().readBytes.set(events.readBytes());
        feed.progress().skipped.set(events.skippedBlocks());
      }
      if (event == null) {
        logUnknown(events.unknownEvents());
        if (!problem.isEmpty()) {
          throw new IOException(problem);
        }
        return;
      }
    }
  }

  private void logUnknown(long events) {
    if (events > 0) {
      logger
          .atWarn()
          .addKeyValue("files", paths)
          .addKeyValue("events", events)
          .log("events of a newer version skipped");
    }
  }

  private void enter(Entry entry) {
    if (entry.event() instanceof Event.BlockReceived block) {
      feed.recordingIndex().enter(block, entry.file(), entry.place(), entry.bodyBytes());
    } else {
      feed.recordingIndex().enter(entry.event());
    }
  }
}
