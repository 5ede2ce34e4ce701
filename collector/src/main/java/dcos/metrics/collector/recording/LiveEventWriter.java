// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.container.UncompressedBlockWriter;
import dcos.metrics.collector.event.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes events as an uncompressed Avro object container by {@code recording.avsc} to a reader that
 * reads while it grows. Small events share a block; a larger one is written to the stream as it is
 * encoded. So the memory is bounded by {@link #MAX_BYTES}, whatever an event's size. After an
 * exception it is of no use. Not thread-safe.
 */
final class LiveEventWriter {
  /** The size of a block of small events. */
  static final int BLOCK_BYTES = 8 * 1024;

  /** The memory of a writer: its two buffers, which grow by doubling. */
  static final int MAX_BYTES = 4 * BLOCK_BYTES;

  private final OutputStream out;
  private final UncompressedBlockWriter blocks;
  private final EncodedOutput.Counted counted = new EncodedOutput.Counted();
  private final EventEncoder counter = new EventEncoder(counted);
  private final EncodedBytes small = new EncodedBytes();
  private final EventEncoder smallEncoder = new EventEncoder(small);
  private final EventEncoder largeEncoder;
  private final Streamed streamed = new Streamed();
  private boolean begun;
  private int events;

  /** Writes nothing yet. */
  LiveEventWriter(OutputStream out) {
    this.out = out;
    this.blocks = new UncompressedBlockWriter(out, RecordingSchema.text());
    this.largeEncoder = new EventEncoder(streamed);
  }

  /** Takes a small event, and writes a large one. */
  void write(Event event) throws IOException {
    counter.put(event);
    long bytes = counted.takeBytes();
    if (small.length() + bytes > BLOCK_BYTES) {
      writeSmall();
    }
    if (bytes <= BLOCK_BYTES) {
      smallEncoder.put(event);
      events++;
    } else {
      writeLarge(event, bytes);
    }
  }

  /** Writes what was taken so far, and the header if it is not written yet. */
  void flush() throws IOException {
    writeSmall();
    out.flush();
  }

  private void writeSmall() throws IOException {
    begin();
    if (events > 0) {
      blocks.beginBlock(events, small.length());
      out.write(small.array(), 0, small.length());
      blocks.endBlock();
      events = 0;
      small.clear(Integer.MAX_VALUE);
    }
  }

  private void writeLarge(Event event, long bytes) throws IOException {
    blocks.beginBlock(1, bytes);
    try {
      largeEncoder.put(event);
      streamed.writeOut();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    blocks.endBlock();
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      blocks.writeHeader();
    }
  }

  /** Passes encoded values on to the stream. */
  private final class Streamed implements EncodedOutput {
    private final EncodedBytes buffer = new EncodedBytes();

    @Override
    public void putByte(int value) {
      buffer.putByte(value);
      writeOutIfLarge();
    }

    @Override
    public void putLong(long value) {
      buffer.putLong(value);
      writeOutIfLarge();
    }

    @Override
    public void putText(byte[] utf8) {
      if (utf8.length < BLOCK_BYTES) {
        buffer.putText(utf8);
        writeOutIfLarge();
        return;
      }
      buffer.putLong(utf8.length);
      try {
        writeOut();
        out.write(utf8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void writeOutIfLarge() {
      if (buffer.length() >= BLOCK_BYTES) {
        try {
          writeOut();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private void writeOut() throws IOException {
      out.write(buffer.array(), 0, buffer.length());
      buffer.clear(Integer.MAX_VALUE);
    }
  }
}
