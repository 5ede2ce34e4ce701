// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.collector.recording.EventReader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A file, a pipe, a device or standard input. All but regular files are opened once and read once,
 * from the first byte to the last: a pipe that is opened a second time has lost what was read of
 * it, and a FIFO waits for another writer.
 */
public final class PlaybackInput {
  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

  private final String name;
  private final Path path;
  private final Optional<InputStream> stream;

  private PlaybackInput(String name, Path path, Optional<InputStream> stream) {
    this.name = name;
    this.path = path;
    this.stream = stream;
  }

  /** A file, or anything else that has a path. */
  public static PlaybackInput of(Path path) {
    return new PlaybackInput(path.toString(), path, Optional.empty());
  }

  /**
   * Standard input.
   *
   * @param name for messages
   */
  public static PlaybackInput standard(String name, InputStream in) {
    return new PlaybackInput(name, STANDARD_INPUT, Optional.of(in));
  }

  /**
   * The first input that is given a second time although it can be read only once. Regular files
   * can be read again.
   */
  public static Optional<PlaybackInput> firstRepeated(List<PlaybackInput> inputs) {
    Set<Object> once = new HashSet<>();
    return inputs.stream()
        .filter(input -> input.identity().filter(identity -> !once.add(identity)).isPresent())
        .findFirst();
  }

  /** As it was given. */
  public String name() {
    return name;
  }

  /** Whether it can be opened more than once, and read beside others. */
  boolean isRegularFile() {
    return stream.isEmpty() && Files.isRegularFile(path);
  }

  /** The folder of its path. */
  Path folder() {
    return Objects.requireNonNullElse(path.toAbsolutePath().normalize().getParent(), path);
  }

  /** Whether a regular file is a recording; false if it cannot be read. */
  boolean isRecording() {
    try (OpenedInput opened = open()) {
      return opened.isRecording();
    } catch (IOException _) { // Opening it again gives the reason.
      return false;
    }
  }

  /**
   * Opens a regular file that is a recording, any number of times.
   *
   * @throws IOException the reason, without the name, if it cannot be read or is not a recording
   */
  EventReader openRecording() throws IOException {
    InputStream in = open().in();
    try {
      return EventReader.of(in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** The name of its records' source: the file's name, without the directories. */
  String sourceName() {
    return isRegularFile() ? String.valueOf(path.getFileName()) : name;
  }

  /** Of an input that can be read only once; empty for others and where there is none. */
  private Optional<Object> identity() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isOther()) {
        return Optional.of(Objects.requireNonNullElse(attributes.fileKey(), path));
      }
    } catch (IOException _) {
      // Opening it gives the reason.
    }
    // Where standard input is a regular file, it still has one position only.
    return stream.map(in -> in);
  }

  /**
   * Opens it and reads its header.
   *
   * @throws IOException the reason, without the name, if it cannot be read or is not a container
   */
  OpenedInput open() throws IOException {
    var in = new BufferedInputStream(stream.isPresent() ? stream.get() : openPath());
    try {
      in.mark(1);
      if (in.read() < 0) {
        throw new IOException("empty, neither a recording nor a file of metrics");
      }
      in.reset();
      return new OpenedInput(in, EventReader.isRecording(in));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private InputStream openPath() throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("is a directory");
    }
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new IOException("no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (FileSystemException e) {
      throw new IOException(Objects.requireNonNullElse(e.getReason(), "cannot be opened"), e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * An input that was opened.
   *
   * @param in all of it, from its first byte
   * @param isRecording false for a container of metrics
   */
  record OpenedInput(InputStream in, boolean isRecording) implements Closeable {
    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
