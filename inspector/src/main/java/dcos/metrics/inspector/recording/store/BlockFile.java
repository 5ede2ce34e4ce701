// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that holds blocks: one of the ring's, or the one that was opened. One thread writes, any
 * may read.
 */
public final class BlockFile implements BlockStore {
  private final Path path;
  private final FileChannel channel;
  private final boolean temporary;
  // Written by the one thread that appends.
  private long length;

  private BlockFile(Path path, FileChannel channel, boolean temporary) {
    this.path = path;
    this.channel = channel;
    this.temporary = temporary;
  }

  /** A new file that goes when it is closed. */
  static BlockFile create(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new BlockFile(path, channel, true);
  }

  /** A file that is there, and stays. */
  public static BlockFile of(Path path) throws IOException {
    return new BlockFile(path, FileChannel.open(path, StandardOpenOption.READ), false);
  }

  @Override
  public boolean isTemporary() {
    return temporary;
  }

  long length() {
    return length;
  }

  /** Writes behind what is there, and says where. */
  public long append(byte[] bytes) throws IOException {
    long at = length;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
    length = at + bytes.length;
    return at;
  }

  @Override
  public byte[] read(long at, int count) throws IOException {
    byte[] bytes = new byte[count];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException(
            "%s ends at %d, asked for %d bytes at %d".formatted(path, channel.size(), count, at));
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    try (channel) {
      if (temporary) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing " + path, e);
    }
  }
}
