// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.open;

import dcos.metrics.codec.container.ContainerPositions;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.inspector.recording.store.BlockStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Blocks in a recording's file, found again by where their events stand. Thread-safe; keeps some
 * places open, for whoever reads on from one.
 */
final class RecordedBlockStore implements BlockStore {
  private static final int INDEX_BITS = 22;
  private static final int KEPT_READERS = 3;

  private final Path path;
  private final ContainerPositions containers;
  // Guarded by this; the one used last first.
  private final Deque<Place> places = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param containers those that were found while its events were read
   */
  RecordedBlockStore(Path path, ContainerPositions containers) {
    this.path = path;
    this.containers = containers;
  }

  /** A reader, and the place of the last event that it read. */
  private static final class Place {
    private final EventReader reader;
    private long at = -1;

    private Place(EventReader reader) {
      this.reader = reader;
    }

    private boolean isBefore(long wanted) {
      return at >= 0 && at >>> INDEX_BITS == wanted >>> INDEX_BITS && at < wanted;
    }
  }

  /** What an event is known by. */
  static long place(long blockOffset, int indexInBlock) {
    return blockOffset << INDEX_BITS | indexInBlock;
  }

  private static long placeOf(EventReader reader) {
    return place(reader.blockOffset(), reader.indexInBlock());
  }

  @Override
  public byte[] read(long at, int count) throws IOException {
    Place place = take(at);
    try {
      if (!place.isBefore(at)) {
        place.reader.seek(at >>> INDEX_BITS);
      }
      Event event = place.reader.next();
      while (event != null && placeOf(place.reader) < at) {
        event = place.reader.next();
      }
      place.at = placeOf(place.reader);
      if (event instanceof Event.BlockReceived block && place.at == at) {
        return block.stored();
      }
      throw new IOException(path + " has no block there any more");
    } finally {
      giveBack(place);
    }
  }

  private Place take(long at) throws IOException {
    synchronized (this) {
      if (closed) {
        throw new IOException(path + " is closed");
      }
      Place found = null;
      for (Place place : places) {
        if (found == null && place.isBefore(at)) {
          found = place;
        }
      }
      if (found == null && places.size() == KEPT_READERS) {
        found = places.peekLast();
      }
      if (found != null) {
        places.remove(found);
        return found;
      }
    }
    return new Place(EventReader.open(path, true, containers));
  }

  private void giveBack(Place place) throws IOException {
    @Nullable Place surplus;
    synchronized (this) {
      places.addFirst(place);
      surplus = closed || places.size() > KEPT_READERS ? places.pollLast() : null;
    }
    if (surplus != null) {
      surplus.reader.close();
    }
  }

  @Override
  public void close() {
    Deque<Place> all;
    synchronized (this) {
      closed = true;
      all = new ArrayDeque<>(places);
      places.clear();
    }
    try {
      for (Place place : all) {
        place.reader.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + path, e);
    }
  }
}
