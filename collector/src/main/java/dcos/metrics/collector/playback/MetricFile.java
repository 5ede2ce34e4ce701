// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.recording.EventReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Containers of metrics, one or several one after the other: a file of avro-tools, a stream that
 * was saved, a Kafka message.
 */
final class MetricFile {
  private static final ContainerLimits LIMITS =
      new ContainerLimits(EventReader.MAX_HEADER_BYTES, EventReader.MAX_BLOCK_BYTES);

  private MetricFile() {}

  /** Takes blocks as they are read. */
  @FunctionalInterface
  interface Blocks {
    void take(RecordBlock block) throws IOException;
  }

  /**
   * Reads all of it.
   *
   * @throws dcos.metrics.codec.container.MalformedContainerException where it is damaged, after the
   *     blocks before that
   */
  static void read(InputStream in, Blocks blocks) throws IOException {
    try (var reader = new ContainerReader(in, LIMITS)) {
      for (RecordBlock block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
        blocks.take(block);
      }
    }
  }
}
