// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.open;

import dcos.metrics.codec.Containers;
import dcos.metrics.collector.event.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a recording as one: input and output are in separate files, and each continues
 * in the next. The bytes of blocks stay where they are.
 */
final class RecordingFiles {
  private static final Logger logger = LoggerFactory.getLogger(RecordingFiles.class);
  private static final int BATCH = 512;

  private final List<Path> paths;
  private final List<Containers> containers;
  private final List<RecordedBlocks> stores;
  private final Opener.Feed feed;

  RecordingFiles(List<Path> paths, Opener.Feed feed) {
    this.paths = paths;
    this.containers = paths.stream().map(_ -> new Containers()).toList();
    this.stores =
        IntStream.range(0, paths.size())
            .mapToObj(i -> new RecordedBlocks(paths.get(i), containers.get(i)))
            .toList();
    this.feed = feed;
  }

  /** An event, and its place in a file. */
  private record Entry(Event event, RecordedBlocks file, long place, int bodyBytes) {}

  void read() throws IOException {
    try (var tracks = new RecordingTracks(paths, containers)) {
      readAll(tracks);
    }
  }

  private void readAll(RecordingTracks tracks) throws IOException {
    List<Entry> batch = new ArrayList<>(BATCH);
    while (!feed.progress().stopped) {
      Event event = tracks.next();
      if (event != null) {
        batch.add(new Entry(event, stores.get(tracks.file()), tracks.place(), tracks.bodyBytes()));
      }
      if (batch.size() == BATCH || event == null) {
        feed.enter(
            () -> {
              batch.forEach(this::enter);
              feed.book().missing().setUnknownEvents(tracks.unknownEvents());
            });
        batch.clear();
        feed.progress().readBytes.set(tracks.readBytes());
        feed.progress().skipped.set(tracks.skippedBlocks());
      }
      if (event == null) {
        logUnknown(tracks.unknownEvents());
        if (!tracks.problem().isEmpty()) {
          throw new IOException(tracks.problem());
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
      feed.book().enter(block, entry.file(), entry.place(), entry.bodyBytes());
    } else {
      feed.book().enter(entry.event());
    }
  }
}
