// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Avro object container of {@code MetricList} off a stream, block by block, and checks
 * every declared length before it allocates. Follows the Avro 1.12 specification, "Object Container
 * Files". The caller may wait between {@link #nextFrame} and {@link #readBlock} until there is
 * memory for the block. Not thread-safe: one per connection.
 */
public final class ContainerReader {
  public ContainerReader(InputStream in, ContainerLimits limits) {}

  /**
   * Reads the header.
   *
   * @throws MalformedContainerException if it is no container, over the limit, of an unknown codec,
   *     or of a schema that does not resolve to ours
   */
  public StreamHeader readHeader() throws IOException {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /** Reads the next block's count and size; null where the stream ended cleanly, between blocks. */
  public @Nullable BlockFrame nextFrame() throws IOException {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /**
   * Reads the body and the sync marker of the block that {@link #nextFrame} announced, whole or not
   * at all.
   */
  public RecordBlock readBlock(BlockFrame frame) throws IOException {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /** Whether bytes were read off the stream that belong to what comes next. */
  public boolean hasBuffered() {
    return false;
  }

  /** How many bytes of the container were consumed. */
  public long offset() {
    return 0;
  }
}
