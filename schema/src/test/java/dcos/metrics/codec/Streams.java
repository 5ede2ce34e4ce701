// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads containers whole. */
final class Streams {
  static final ContainerLimits LIMITS = new ContainerLimits(64 << 10, 4 << 20);

  private Streams() {}

  static List<RecordBlock> blocks(InputStream in, ContainerLimits limits) throws IOException {
    List<RecordBlock> blocks = new ArrayList<>();
    readInto(blocks, in, limits);
    return blocks;
  }

  static List<RecordBlock> blocks(byte[] container) throws IOException {
    return blocks(new ByteArrayInputStream(container), LIMITS);
  }

  /** Adds blocks as they are read, so that those before a failure are there too. */
  static void readInto(List<RecordBlock> blocks, InputStream in, ContainerLimits limits)
      throws IOException {
    try (var reader = new ContainerReader(in, limits)) {
      reader.readHeader();
      for (BlockFrame frame = reader.nextFrame(); frame != null; frame = reader.nextFrame()) {
        blocks.add(reader.readBlock(frame));
      }
    }
  }

  /** All records' bytes, one behind the other. */
  static byte[] recordBytes(byte[] container) throws IOException {
    var out = new ByteArrayOutputStream();
    for (RecordBlock block : blocks(container)) {
      out.write(block.bytes(), block.offset(), block.length());
    }
    return out.toByteArray();
  }

  /** A stream that hands out one byte a read, as a slow sender does. */
  static InputStream byteByByte(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(length, 1));
      }
    };
  }
}
