// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.container.BlockReader;
import dcos.metrics.codec.container.ContainerPositions;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.collector.event.Event;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording of this version, an earlier or a later one, event by event, while it may still
 * grow. Others may follow it in the same stream, as {@code cat} makes them. Damaged blocks are
 * skipped and counted, and so are the events of later versions that this one does not know. In a
 * file, blocks can be found again by their offsets. Not thread-safe.
 */
public final class EventReader implements Closeable {
  /** The largest header of a recording, in bytes. */
  public static final int MAX_HEADER_BYTES = 1 << 20;

  /** The largest block of a recording, in bytes, before and after decompression. */
  public static final int MAX_BLOCK_BYTES = 1 << 28;

  private final BlockReader in;
  private final boolean withBodies;
  private RecordingVersion version;
  private long versionFrom;
  private @Nullable EventBlock block;
  private int nextInBlock;
  private boolean atEnd;
  private long unknownEvents;
  private Runnable onUnknownEvent = () -> {};

  private EventReader(BlockReader in, boolean withBodies) throws MalformedContainerException {
    this.in = in;
    this.version = RecordingVersion.of(in.schema(), in.containerOffset());
    this.versionFrom = in.containerOffset();
    this.withBodies = withBodies;
  }

  /**
   * Whether a file is a recording of some version, and not a container of something else.
   *
   * @throws MalformedContainerException if it is not a container
   */
  public static boolean isRecording(Path file) throws IOException {
    try (BlockReader in = BlockReader.open(file, MAX_HEADER_BYTES, MAX_BLOCK_BYTES)) {
      return RecordingVersion.isRecording(in.schema());
    }
  }

  /**
   * Whether a stream is a recording of some version, and not a container of something else. Reads
   * the header and returns to its first byte, so that the stream need not be opened again.
   *
   * @throws MalformedContainerException if it is not a container
   */
  public static boolean isRecording(BufferedInputStream in) throws IOException {
    in.mark(Integer.MAX_VALUE); // what is kept is bounded by the largest header
    String schema = new BlockReader(in, MAX_HEADER_BYTES, MAX_BLOCK_BYTES).schema();
    in.reset();
    in.mark(0); // keeps nothing from here on
    return RecordingVersion.isRecording(schema);
  }

  /**
   * Reads the header of a stream.
   *
   * @throws MalformedContainerException if it is not a recording
   */
  public static EventReader of(InputStream in) throws IOException {
    return of(in, true);
  }

  /**
   * Reads the header of a stream.
   *
   * @param withBodies as for {@link #open(Path, boolean)}
   * @throws MalformedContainerException if it is not a recording
   */
  public static EventReader of(InputStream in, boolean withBodies) throws IOException {
    return new EventReader(new BlockReader(in, MAX_HEADER_BYTES, MAX_BLOCK_BYTES), withBodies);
  }

  /**
   * Opens a file.
   *
   * @throws MalformedContainerException if it is not a recording
   */
  public static EventReader open(Path file) throws IOException {
    return open(file, true);
  }

  /**
   * Opens a file.
   *
   * @param withBodies false reads every {@link Event.BlockReceived} with no bytes, for who only
   *     counts
   * @throws MalformedContainerException if it is not a recording
   */
  public static EventReader open(Path file, boolean withBodies) throws IOException {
    return open(file, withBodies, new ContainerPositions());
  }

  /**
   * Opens a file that has other readers.
   *
   * @param withBodies as for {@link #open(Path, boolean)}
   * @param containers those that readers of this file have found: {@link #seek} goes to their
   *     blocks
   * @throws MalformedContainerException if it is not a recording
   */
  public static EventReader open(Path file, boolean withBodies, ContainerPositions containers)
      throws IOException {
    BlockReader in = BlockReader.open(file, MAX_HEADER_BYTES, MAX_BLOCK_BYTES, containers);
    try {
      return new EventReader(in, withBodies);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * The next event; null at the end. If the recording has grown since, the next call returns its
   * next event.
   *
   * @throws MalformedContainerException if another container begins and is not a recording
   * @throws IOException if it cannot be read
   */
  public @Nullable Event next() throws IOException {
    while (true) {
      EventBlock events = block;
      if (events != null && events.hasNext()) {
        try {
          Event event = events.next();
          nextInBlock++;
          if (event != null) {
            return event;
          }
          unknownEvents++;
          onUnknownEvent.run();
          continue;
        } catch (CorruptRecordException | DataFormatException _) {
          in.countDamaged();
          block = null; // the events after it in the block cannot be found
        }
      }
      atEnd = false;
      byte[] bytes = in.next();
      if (in.containerOffset() != versionFrom) {
        version = RecordingVersion.of(in.schema(), in.containerOffset());
        versionFrom = in.containerOffset();
      }
      if (bytes == null) {
        block = null;
        atEnd = true;
        return null;
      }
      block = version.block(bytes, withBodies);
      nextInBlock = 0;
    }
  }

  /**
   * Sets what is called at each skipped event: {@link #next} returns only after it has found one
   * that is not skipped.
   *
   * @see #unknownEvents
   */
  public void onUnknownEvent(Runnable action) {
    onUnknownEvent = action;
  }

  /** How many events were skipped so far because this version does not support them. */
  public long unknownEvents() {
    return unknownEvents;
  }

  /** Where the block of the last event begins. */
  public long blockOffset() {
    return in.blockOffset();
  }

  /** Which one of its block the last event was, from 0. */
  public int indexInBlock() {
    return nextInBlock - 1;
  }

  /**
   * How many bytes the block has that the last event received, also where they are left out; 0
   * before there was one.
   */
  public int bodyBytes() {
    return block == null ? 0 : block.bodyBytes();
  }

  /** How many bytes were read so far; once {@link #next} returned null, no whole block follows. */
  public long offset() {
    return in.offset();
  }

  /** How many damaged places were passed over. */
  public long skippedBlocks() {
    return in.skippedBlocks();
  }

  /** How many bytes at the end are not a whole block, once {@link #next} returned null. */
  public long cutBytes() {
    return in.bytesLeft();
  }

  /** Whether {@link #next} returned null. */
  public boolean isAtEnd() {
    return atEnd;
  }

  /** As {@link BlockReader#lostFrom}. */
  public OptionalLong lostFrom() {
    return in.lostFrom();
  }

  /**
   * Goes to a block.
   *
   * @param blockOffset as {@link #blockOffset} of this reader said, or of one that shares its
   *     containers
   * @throws IllegalStateException if this does not read a file
   */
  public void seek(long blockOffset) throws IOException {
    in.seek(blockOffset);
    block = null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
