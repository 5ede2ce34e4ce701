// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.container.BlockWriter;
import dcos.metrics.collector.event.Event;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes events as an Avro object container by {@code recording.avsc}: a file, or a stream that
 * somebody reads while it grows. Compressed with zstandard, in blocks of about {@link
 * #BLOCK_BYTES}, or one event where that is larger. After an exception it is of no use. Not
 * thread-safe.
 */
public final class EventWriter implements Closeable {
  /** How many bytes make a block, before compression. */
  public static final int BLOCK_BYTES = 256 * 1024;

  /** Of zstandard: what a node can spare the time for. The benchmarks compare levels. */
  public static final int LEVEL = -1;

  private final EncodedBytes sink = new EncodedBytes();
  private final EventEncoder encoder = new EventEncoder(sink);
  private final BlockWriter out;
  private boolean begun;
  private int events;

  /** Writes nothing yet. */
  public EventWriter(OutputStream out) {
    this(out, LEVEL);
  }

  /**
   * @param level of zstandard; negative is faster
   */
  public EventWriter(OutputStream out, int level) {
    this.out = new BlockWriter(out, RecordingSchema.text(), level);
  }

  /** Takes an event, and writes a block if there is enough for one. */
  public void write(Event event) throws IOException {
    encoder.put(event);
    events++;
    if (sink.length() >= BLOCK_BYTES) {
      writeBlock();
    }
  }

  /** Writes what was taken so far, and the header if that is not written. */
  public void flush() throws IOException {
    writeBlock();
    out.flush();
  }

  /** How many bytes were written so far. */
  public long bytesWritten() {
    return out.bytesWritten();
  }

  /** Flushes, and closes the stream below, whatever happens. */
  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }

  /** Closes the stream below and writes nothing more: after a failure, that could only be torn. */
  public void abandon() throws IOException {
    out.close();
  }

  private void writeBlock() throws IOException {
    if (!begun) {
      begun = true;
      out.writeHeader();
    }
    if (events > 0) {
      out.writeBlock(events, sink.array(), sink.length());
      events = 0;
      sink.clear(2 * BLOCK_BYTES);
    }
  }
}
