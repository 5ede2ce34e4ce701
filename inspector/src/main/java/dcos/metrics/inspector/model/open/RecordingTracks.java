// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.open;

import dcos.metrics.codec.Containers;
import dcos.metrics.codec.MalformedContainerException;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The events of several files in the order in which they happened. Not thread-safe. */
public final class RecordingTracks implements Closeable {
  private final List<Track> all = new ArrayList<>();
  private final PriorityQueue<Track> tracks =
      new PriorityQueue<>(
          Comparator.comparingLong(Track::wallMs)
              .thenComparingLong(Track::nanos)
              .thenComparingInt(track -> track.file));
  private int file;
  private long place;
  private int bodyBytes;

  /** Opens them all, and reads the bytes of blocks too. */
  public RecordingTracks(List<Path> paths) throws IOException {
    this(paths, paths.stream().map(_ -> new Containers()).toList(), true);
  }

  /**
   * Opens them all, without the bytes of blocks.
   *
   * @param containers of each file: those that are found are added
   */
  RecordingTracks(List<Path> paths, List<Containers> containers) throws IOException {
    this(paths, containers, false);
  }

  private RecordingTracks(List<Path> paths, List<Containers> containers, boolean withBodies)
      throws IOException {
    try {
      for (int i = 0; i < paths.size(); i++) {
        all.add(
            new Track(
                paths.get(i), EventReader.open(paths.get(i), withBodies, containers.get(i)), i));
        all.getLast().advance();
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    tracks.addAll(all);
  }

  /** A file, and its next event. */
  private static final class Track {
    private final Path path;
    private final EventReader reader;
    private final int file;
    private @Nullable Event next;
    private long place;
    private int bodyBytes;
    private String problem = "";

    private Track(Path path, EventReader reader, int file) {
      this.path = path;
      this.reader = reader;
      this.file = file;
    }

    /** Where another container begins and is invalid, the track ends, and says so. */
    private void advance() throws IOException {
      try {
        next = reader.next();
      } catch (MalformedContainerException e) {
        next = null;
        problem = path + ": " + e.getMessage();
      }
      place = next == null ? -1 : RecordedBlocks.placeOf(reader);
      bodyBytes = next instanceof Event.BlockReceived ? reader.bodyBytes() : 0;
    }

    private long wallMs() {
      return next == null ? Long.MAX_VALUE : next.at().wallMs();
    }

    private long nanos() {
      return next == null ? Long.MAX_VALUE : next.at().nanos();
    }
  }

  /** The next event; null behind the last. */
  public @Nullable Event next() throws IOException {
    Track track = tracks.poll();
    Event event = track == null ? null : track.next;
    if (track == null || event == null) {
      return null; // The first of all tracks is at its end.
    }
    file = track.file;
    place = track.place;
    bodyBytes = track.bodyBytes;
    track.advance();
    tracks.add(track);
    return event;
  }

  /**
   * What ended one of the files before its end; empty if nothing did. Once {@link #next} returned
   * null.
   */
  public String problem() {
    return all.stream()
        .map(track -> track.problem)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Which of the files the last event is from. */
  int file() {
    return file;
  }

  /** What it is known by there. */
  long place() {
    return place;
  }

  /** How many bytes it has, if it received a block. */
  int bodyBytes() {
    return bodyBytes;
  }

  public long readBytes() {
    return sum(EventReader::offset);
  }

  long skippedBlocks() {
    return sum(EventReader::skippedBlocks);
  }

  public long unknownEvents() {
    return sum(EventReader::unknownEvents);
  }

  private long sum(ToLongFunction<EventReader> figure) {
    return all.stream().mapToLong(track -> figure.applyAsLong(track.reader)).sum();
  }

  @Override
  public void close() throws IOException {
    for (Track track : all) {
      track.reader.close();
    }
  }
}
