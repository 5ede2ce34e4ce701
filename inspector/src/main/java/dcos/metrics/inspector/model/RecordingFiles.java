// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of a recording, several as one: what came in and what went out are in files apart,
 * and each of them goes on in the next. The bytes of blocks stay where they are.
 */
final class RecordingFiles {
  private static final int BATCH = 512;

  private final List<Path> paths;
  private final Opener.Feed feed;

  RecordingFiles(List<Path> paths, Opener.Feed feed) {
    this.paths = paths;
    this.feed = feed;
  }

  /** A file, and its next event. */
  private static final class Track {
    private final EventReader reader;
    private final RecordedBlocks blocks;
    private final long index;
    private @Nullable Event next;
    private long place;

    private Track(Path path, long index) throws IOException {
      reader = EventReader.open(path, false);
      blocks = new RecordedBlocks(path);
      this.index = index;
      advance();
    }

    private void advance() throws IOException {
      next = reader.next();
      place = next == null ? -1 : RecordedBlocks.placeOf(reader);
    }

    private long wallMs() {
      return next == null ? Long.MAX_VALUE : next.at().wallMs();
    }

    private long nanos() {
      return next == null ? Long.MAX_VALUE : next.at().nanos();
    }
  }

  /** An event, and where it stands. */
  private record Entry(Event event, RecordedBlocks file, long place) {}

  void read() throws IOException {
    PriorityQueue<Track> tracks =
        new PriorityQueue<>(
            Comparator.comparingLong(Track::wallMs)
                .thenComparingLong(Track::nanos)
                .thenComparingLong(track -> track.index));
    List<Track> all = new ArrayList<>();
    try {
      for (Path path : paths) {
        all.add(new Track(path, all.size()));
      }
      tracks.addAll(all);
      readAll(tracks, all);
    } finally {
      for (Track track : all) {
        track.reader.close();
      }
    }
  }

  private void readAll(PriorityQueue<Track> tracks, List<Track> all) throws IOException {
    List<Entry> batch = new ArrayList<>(BATCH);
    while (!feed.progress().stopped) {
      Track track = tracks.poll();
      Event event = track == null ? null : track.next;
      if (track != null && event != null) {
        batch.add(new Entry(event, track.blocks, track.place));
        track.advance();
        tracks.add(track);
      }
      if (batch.size() == BATCH || event == null) {
        feed.enter(() -> batch.forEach(this::enter));
        batch.clear();
        feed.progress().readBytes.set(sum(all, EventReader::offset));
        feed.progress().skipped.set(sum(all, EventReader::skippedBlocks));
      }
      if (event == null) {
        return; // the first of all tracks is at its end
      }
    }
  }

  private static long sum(List<Track> tracks, ToLongFunction<EventReader> figure) {
    return tracks.stream().mapToLong(track -> figure.applyAsLong(track.reader)).sum();
  }

  private void enter(Entry entry) {
    if (entry.event() instanceof Event.BlockReceived block) {
      feed.book().enter(block, entry.file(), entry.place(), block.stored().length);
    } else {
      feed.book().enter(entry.event());
    }
  }
}
