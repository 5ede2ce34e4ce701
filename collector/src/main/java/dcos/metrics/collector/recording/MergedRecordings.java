// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
  private final List<MergedInput> all = new ArrayList<>();
  private final PriorityQueue<MergedInput> due =
      new PriorityQueue<>(
          Comparator.comparingLong((MergedInput input) -> input.at.wallMs())
              .thenComparingLong(input -> input.at.nanos())
              .thenComparingInt(input -> input.number));
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
     * @param reader of it, for its counts; null if it could not be opened
     * @param problem what ended it too early
     */
    void ended(int recording, @Nullable EventReader reader, Optional<IOException> problem);
  }

  /** A recording, and its next event. */
  private static final class MergedInput {
    private final int number;
    private final Opening opening;
    private @Nullable EventReader reader;
    private @Nullable Event next;
    // It has no next event.
    private boolean ended;
    private Optional<IOException> problem = Optional.empty();
    private EventTime at;
    private long blockOffset;
    private int indexInBlock;
    private int bodyBytes;
    // Of a reader that is closed.
    private long readBytes;
    private long skippedBlocks;
    private long unknownEvents;

    private MergedInput(int number, Opening opening, EventTime first) {
      this.number = number;
      this.opening = opening;
      this.at = first;
    }

    private long count(ToLongFunction<EventReader> selfMetric, long ofClosed) {
      return reader == null ? ofClosed : selfMetric.applyAsLong(reader);
    }
  }

  /**
   * Reads the first event of each recording.
   *
   * @param ends called as each recording ends, or cannot be opened, from {@link #next}
   */
  public MergedRecordings(List<? extends Opening> recordings, Ends ends) throws IOException {
    this.ends = ends;
    for (Opening opening : recordings) {
      all.add(new MergedInput(all.size(), opening, firstTime(opening)));
    }
    due.addAll(all);
  }

  /** One that is empty or invalid from the beginning is due at once, to report that. */
  private static EventTime firstTime(Opening opening) throws IOException {
    var atOnce = new EventTime(Long.MIN_VALUE, 0);
    EventReader opened;
    try {
      opened = opening.open();
    } catch (IOException _) { // Reported when it is due.
      return atOnce;
    }
    try (opened) {
      Event first = opened.next();
      return first == null ? atOnce : first.at();
    } catch (IOException _) { // Reported when it is due.
      return atOnce;
    }
  }

  /** The next event; null at the end of all recordings. */
  public @Nullable Event next() throws IOException {
    for (MergedInput input = due.poll(); input != null; input = due.poll()) {
      Event event = input.next;
      if (input.ended) {
        end(input);
      } else if (event == null) {
        open(input);
      } else {
        recording = input.number;
        blockOffset = input.blockOffset;
        indexInBlock = input.indexInBlock;
        bodyBytes = input.bodyBytes;
        advance(input);
        return event;
      }
    }
    return null;
  }

  private void open(MergedInput input) throws IOException {
    try {
      input.reader = input.opening.open();
    } catch (IOException e) {
      ends.ended(input.number, null, Optional.of(e));
      return;
    }
    advance(input);
  }

  /** Reads the next event, or notices that there is none, which is reported when it is due. */
  private void advance(MergedInput input) {
    EventReader reader = Objects.requireNonNull(input.reader, "it is open");
    try {
      input.next = reader.next();
    } catch (IOException e) {
      input.next = null;
      input.problem = Optional.of(e);
    }
    if (input.next == null) {
      input.ended = true;
    } else {
      input.at = input.next.at();
      input.blockOffset = reader.blockOffset();
      input.indexInBlock = reader.indexInBlock();
      input.bodyBytes = input.next instanceof Event.BlockReceived ? reader.bodyBytes() : 0;
    }
    due.add(input);
  }

  private void end(MergedInput input) throws IOException {
    EventReader reader = Objects.requireNonNull(input.reader, "it is open");
    input.readBytes = reader.offset();
    input.skippedBlocks = reader.skippedBlocks();
    input.unknownEvents = reader.unknownEvents();
    try {
      ends.ended(input.number, reader, input.problem);
    } finally {
      input.reader = null;
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
    return all.stream().mapToLong(input -> input.count(EventReader::offset, input.readBytes)).sum();
  }

  /** How many damaged blocks were skipped in all recordings. */
  public long skippedBlocks() {
    return all.stream()
        .mapToLong(input -> input.count(EventReader::skippedBlocks, input.skippedBlocks))
        .sum();
  }

  /** How many events of later versions were skipped in all recordings. */
  public long unknownEvents() {
    return all.stream()
        .mapToLong(input -> input.count(EventReader::unknownEvents, input.unknownEvents))
        .sum();
  }

  /** Closes the recordings that have not ended. */
  @Override
  public void close() throws IOException {
    for (MergedInput input : all) {
      if (input.reader != null) {
        input.reader.close();
      }
    }
  }
}
