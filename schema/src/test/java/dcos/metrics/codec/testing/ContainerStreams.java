// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.testing;

import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.record.RecordBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads containers whole. */
public final class ContainerStreams {
  public static final ContainerLimits LIMITS = new ContainerLimits(64 << 10, 4 << 20);

  private ContainerStreams() {}

  public static List<RecordBlock> blocks(InputStream in, ContainerLimits limits)
      throws IOException {
    List<RecordBlock> blocks = new ArrayList<>();
    readInto(blocks, in, limits);
    return blocks;
  }

  public static List<RecordBlock> blocks(byte[] container) throws IOException {
    return blocks(new ByteArrayInputStream(container), LIMITS);
  }

  /** Adds blocks as they are read, so that those before a failure are there too. */
  public static void readInto(List<RecordBlock> blocks, InputStream in, ContainerLimits limits)
      throws IOException {
    try (var reader = new ContainerReader(in, limits)) {
      readInto(blocks, reader);
    }
  }

  /** Adds the blocks of all containers, as they are read. */
  public static void readInto(List<RecordBlock> blocks, ContainerReader reader) throws IOException {
    for (RecordBlock block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
      blocks.add(block);
    }
  }

  /** All records' bytes, one behind the other. */
  public static byte[] recordBytes(byte[] container) throws IOException {
    var out = new ByteArrayOutputStream();
    for (RecordBlock block : blocks(container)) {
      out.write(block.bytes(), block.offset(), block.length());
    }
    return out.toByteArray();
  }

  /** A stream that hands out one byte a read, as a slow sender does. */
  public static InputStream byteByByte(byte[] bytes) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(length, 1));
      }
    };
  }

  /** A stream of which a part is there at a time, as from a sender that writes so much at once. */
  public static InputStream inParts(byte[] bytes, int part) {
    return new InputStream() {
      private int at;

      @Override
      public int available() {
        return Math.min(bytes.length - at, part - at % part);
      }

      @Override
      public int read() {
        return at < bytes.length ? bytes[at++] & 0xff : -1;
      }

      @Override
      public int read(byte[] to, int offset, int length) {
        if (at == bytes.length) {
          return -1;
        }
        int got = Math.min(length, available());
        System.arraycopy(bytes, at, to, offset, got);
        at += got;
        return got;
      }
    };
  }
}
