// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of recordings in one folder: named by when they begin, and not too many. */
final class RecordingDirectory {
  private static final Pattern NAME =
      Pattern.compile("(?:input|output)-(\\d{8}T\\d{6}\\.\\d{3}Z)\\.avro");
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final long limitBytes;

  /** Where a file's bytes go. */
  @FunctionalInterface
  interface Opener {
    OutputStream open(Path file) throws IOException;
  }

  RecordingDirectory(Path folder, long limitBytes) {
    this.folder = folder;
    this.limitBytes = limitBytes;
  }

  /** A file that does not exist, its folder made. */
  Path next(RecordingTrack track, Instant start) throws IOException {
    Files.createDirectories(folder);
    Instant at = start;
    while (true) {
      Path file = folder.resolve(track.fileName() + "-" + START.format(at) + ".avro");
      if (!Files.exists(file)) {
        return file;
      }
      at = at.plusMillis(1);
    }
  }

  /** What tells a file from another one that takes its place; null if it is not there. */
  static @Nullable Object identity(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? file : key; // not every file system has keys
    } catch (IOException _) {
      return null;
    }
  }

  static OutputStream create(Path file) throws IOException {
    return new FileOutputStream(file.toFile());
  }

  /**
   * Deletes the oldest recordings until there is room.
   *
   * @param open files that are kept, and whose bytes do not count
   * @param reservedBytes what they may grow to
   */
  void makeRoom(Set<Path> open, long reservedBytes) throws IOException {
    record ClosedFile(Path file, String start, long bytes) {}

    List<ClosedFile> closed = new ArrayList<>();
    long total = reservedBytes;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        var name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && !open.contains(file)) {
          long bytes = Files.size(file);
          closed.add(new ClosedFile(file, name.group(1), bytes));
          total += bytes;
        }
      }
    }
    closed.sort(Comparator.comparing(ClosedFile::start));
    for (ClosedFile oldest : closed) {
      if (total <= limitBytes) {
        return;
      }
      Files.delete(oldest.file());
      total -= oldest.bytes();
    }
  }
}
