// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Stamp;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The events of several recordings in the order in which they happened: input and output are
 * recorded in separate files, and each continues in the next. A file is open from its first event
 * to its last, so that only those of one time are. Not thread-safe.
 */
public final class MergedRecordings implements Closeable {
  private final List<Track> all = new ArrayList<>();
  private final PriorityQueue<Track> due =
      new PriorityQueue<>(
          Comparator.comparingLong((Track track) -> track.at.wallMs())
              .thenComparingLong(track -> track.at.nanos())
              .thenComparingInt(track -> track.number));
  private final Ends ends;
  private int recording;
  private long blockOffset;
  private int indexInBlock;
  private int bodyBytes;

  /** Opens a recording from its first event. */
  @FunctionalInterface
  public interface Opening {
    /** As {@link EventReader#open(java.nio.file.Path)}; twice, with the same events. */
    EventReader open() throws IOException;
  }

  /** Takes the ends of recordings. */
  @FunctionalInterface
  public interface Ends {
    /**
     * A recording ended.
     *
     * @param recording its number, from 0
     * @param reader of it, for its counts
     * @param problem what ended it too early
     */
    void ended(int recording, EventReader reader, Optional<IOException> problem);
  }

  /** A recording, and its next event. */
  private static final class Track {
    private final int number;
    private final Opening opening;
    private @Nullable EventReader reader;
    private @Nullable Event next;
    private Stamp at;
    private long blockOffset;
    private int indexInBlock;
    private int bodyBytes;
    // Of a reader that is closed.
    private long readBytes;
    private long skippedBlocks;
    private long unknownEvents;

    private Track(int number, Opening opening, Stamp first) {
      this.number = number;
      this.opening = opening;
      this.at = first;
    }

    private long count(ToLongFunction<EventReader> figure, long ofClosed) {
      return reader == null ? ofClosed : figure.applyAsLong(reader);
    }
  }

  /**
   * Reads the first event of each recording.
   *
   * @param ends called as each recording ends, from {@link #next}
   * @throws IOException if one of them cannot be opened
   */
  public MergedRecordings(List<? extends Opening> recordings, Ends ends) throws IOException {
    this.ends = ends;
    for (Opening opening : recordings) {
      all.add(new Track(all.size(), opening, firstStamp(opening)));
    }
    due.addAll(all);
  }

  /** One that is empty or invalid from the beginning is due at once, to report that. */
  private static Stamp firstStamp(Opening opening) throws IOException {
    try (EventReader reader = opening.open()) {
      Event first;
      try {
        first = reader.next();
      } catch (IOException _) { // Reported when it is due.
        first = null;
      }
      return first == null ? new Stamp(Long.MIN_VALUE, 0) : first.at();
    }
  }

  /** The next event; null at the end of all recordings. */
  public @Nullable Event next() throws IOException {
    while (true) {
      Track track = due.poll();
      if (track == null) {
        return null;
      }
      if (track.reader == null) {
        track.reader = track.opening.open();
        advance(track);
        continue;
      }
      Event event = track.next;
      recording = track.number;
      blockOffset = track.blockOffset;
      indexInBlock = track.indexInBlock;
      bodyBytes = track.bodyBytes;
      advance(track);
      if (event != null) {
        return event;
      }
    }
  }

  /** Reads the next event of a track that is open; closes it at its end. */
  private void advance(Track track) throws IOException {
    EventReader reader = track.reader;
    if (reader == null) {
      throw new IllegalStateException("it is not open");
    }
    Optional<IOException> problem = Optional.empty();
    try {
      track.next = reader.next();
    } catch (IOException e) {
      track.next = null;
      problem = Optional.of(e);
    }
    if (track.next == null) {
      end(track, reader, problem);
      return;
    }
    track.at = track.next.at();
    track.blockOffset = reader.blockOffset();
    track.indexInBlock = reader.indexInBlock();
    track.bodyBytes = track.next instanceof Event.BlockReceived ? reader.bodyBytes() : 0;
    due.add(track);
  }

  private void end(Track track, EventReader reader, Optional<IOException> problem)
      throws IOException {
    track.readBytes = reader.offset();
    track.skippedBlocks = reader.skippedBlocks();
    track.unknownEvents = reader.unknownEvents();
    try {
      ends.ended(track.number, reader, problem);
    } finally {
      track.reader = null;
      reader.close();
    }
  }

  /** The number of the recording that the last event is from. */
  public int recording() {
    return recording;
  }

  /** Of the last event, as {@link EventReader#blockOffset()}. */
  public long blockOffset() {
    return blockOffset;
  }

  /** Of the last event, as {@link EventReader#indexInBlock()}. */
  public int indexInBlock() {
    return indexInBlock;
  }

  /** How many bytes the last event's block has; 0 for other events. */
  public int bodyBytes() {
    return bodyBytes;
  }

  /** How many bytes were read of all recordings. */
  public long readBytes() {
    return all.stream().mapToLong(track -> track.count(EventReader::offset, track.readBytes)).sum();
  }

  /** How many damaged blocks were skipped in all recordings. */
  public long skippedBlocks() {
    return all.stream()
        .mapToLong(track -> track.count(EventReader::skippedBlocks, track.skippedBlocks))
        .sum();
  }

  /** How many events of later versions were skipped in all recordings. */
  public long unknownEvents() {
    return all.stream()
        .mapToLong(track -> track.count(EventReader::unknownEvents, track.unknownEvents))
        .sum();
  }

  /** Closes the recordings that have not ended. */
  @Override
  public void close() throws IOException {
    for (Track track : all) {
      if (track.reader != null) {
        track.reader.close();
      }
    }
  }
}
