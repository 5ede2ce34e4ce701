// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package org.apache.kafka.common.network;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import org.apache.kafka.common.memory.MemoryPool;
import org.jspecify.annotations.Nullable;

/**
 * A message of Kafka's protocol that is being received: its length in four bytes, then that many
 * bytes.
 *
 * <p>In place of the client's own class, which has no bound for clients and allocates whatever
 * length comes: an address that answers with something else, as a TLS port does to a client without
 * TLS, or a web server, ends the process with an OutOfMemoryError (KAFKA-4090). A longer message
 * than {@link #MAX_BYTES} breaks the connection instead, which the client retries. Not thread-safe.
 */
public class NetworkReceive implements Receive {
  public static final String UNKNOWN_SOURCE = "";
  public static final int UNLIMITED = -1;

  private static final int HEAP_SHARE = 4;

  /**
   * The longest message where there is no other limit: a quarter of the heap, within 8 and 64 MB. A
   * broker's longest answer to a producer is the metadata of its topics, about 100 bytes for each
   * partition; to a consumer with the client's defaults, 50 MB of messages. What is not Kafka's
   * protocol nearly always begins with a larger number.
   */
  static final int MAX_BYTES =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_SHARE, 8L << 20, 64L << 20);

  private static final int LENGTH_BYTES = 4;

  private final String source;
  private final int maxSize;
  private final MemoryPool memoryPool;
  private final ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);
  private int wanted = -1;
  private @Nullable ByteBuffer payload;

  public NetworkReceive(String source, ByteBuffer buffer) {
    this(UNLIMITED, source);
    this.payload = buffer;
    this.wanted = buffer.remaining();
  }

  public NetworkReceive(String source) {
    this(UNLIMITED, source);
  }

  public NetworkReceive(int maxSize, String source) {
    this(maxSize, source, MemoryPool.NONE);
  }

  /**
   * @param maxSize in bytes; {@link #UNLIMITED} for {@link #MAX_BYTES}
   * @param source the connection's id
   * @param memoryPool gives the memory of the message
   */
  public NetworkReceive(int maxSize, String source, MemoryPool memoryPool) {
    this.source = source;
    this.maxSize = maxSize == UNLIMITED ? MAX_BYTES : maxSize;
    this.memoryPool = memoryPool;
  }

  public NetworkReceive() {
    this(UNKNOWN_SOURCE);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public boolean complete() {
    return !length.hasRemaining() && payload != null && !payload.hasRemaining();
  }

  /**
   * Reads what has come.
   *
   * @return how many bytes
   * @throws InvalidReceiveException if the length is below zero or too large
   * @throws EOFException if the connection has ended
   */
  @Override
  public long readFrom(ScatteringByteChannel channel) throws IOException {
    int read = 0;
    if (length.hasRemaining()) {
      read += readSome(channel, length);
      if (!length.hasRemaining()) {
        wanted = checked(length.getInt(0));
      }
    }
    if (payload == null && wanted >= 0) {
      payload = wanted == 0 ? ByteBuffer.allocate(0) : memoryPool.tryAllocate(wanted);
    }
    if (payload != null) {
      read += readSome(channel, payload);
    }
    return read;
  }

  private static int readSome(ScatteringByteChannel channel, ByteBuffer into) throws IOException {
    int read = channel.read(into);
    if (read < 0) {
      throw new EOFException();
    }
    return read;
  }

  private int checked(int size) {
    if (size < 0 || size > maxSize) {
      throw new InvalidReceiveException(
          "not a Kafka broker, or a message too large: length %d not in 0..%d"
              .formatted(size, maxSize));
    }
    return size;
  }

  @Override
  public boolean requiredMemoryAmountKnown() {
    return wanted != -1;
  }

  @Override
  public boolean memoryAllocated() {
    return payload != null;
  }

  @Override
  public void close() {
    if (payload != null) {
      memoryPool.release(payload);
      payload = null;
    }
  }

  public @Nullable ByteBuffer payload() {
    return payload;
  }

  /** Of the length and the message together. */
  public int bytesRead() {
    return length.position() + (payload == null ? 0 : payload.position());
  }

  /** Of the length and the message together, once it is complete. */
  public int size() {
    return LENGTH_BYTES + (payload == null ? 0 : payload.limit());
  }
}
