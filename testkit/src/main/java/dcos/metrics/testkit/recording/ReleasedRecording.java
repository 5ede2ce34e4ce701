// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * A recording in {@code schema/recordings}, made by a release, with what that release printed of
 * it. For tests that run in the folder of a module.
 *
 * @param version of the release
 * @param name such as {@code outcomes-input}
 */
public record ReleasedRecording(String version, String name) {
  private static final Path FOLDER = Path.of("..", "schema", "recordings");
  private static final String RECORDING = ".avro";

  /** Those of all releases. */
  public static List<ReleasedRecording> all() {
    return versions().stream().flatMap(version -> files(version).stream()).toList();
  }

  /** The releases that have recordings. */
  public static List<String> versions() {
    return list(FOLDER).filter(Files::isDirectory).map(ReleasedRecording::nameOf).toList();
  }

  /** The text of a release's {@code recording.avsc}. */
  public static String schema(String version) {
    return read(FOLDER.resolve(version).resolve("recording.avsc"));
  }

  /** The text of {@code recording.avsc} as it is now. */
  public static String currentSchema() {
    return read(FOLDER.resolve("..").resolve("recording.avsc"));
  }

  private static List<ReleasedRecording> files(String version) {
    return list(FOLDER.resolve(version))
        .map(ReleasedRecording::nameOf)
        .filter(file -> file.endsWith(RECORDING))
        .map(file -> new ReleasedRecording(version, file.replace(RECORDING, "")))
        .toList();
  }

  /** The recording itself. */
  public Path file() {
    return FOLDER.resolve(version).resolve(name + RECORDING);
  }

  /** What {@code collector cat} of the release printed. */
  public List<String> lines() {
    Path file = FOLDER.resolve(version).resolve(name + ".json.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code collector cat --stats} of the release printed. */
  public List<String> stats() {
    return read(FOLDER.resolve(version).resolve(name + ".stats")).lines().toList();
  }

  /** How many events it has, by the Avro library. */
  public long events() {
    try (var reader =
        new DataFileReader<GenericRecord>(file().toFile(), new GenericDatumReader<>())) {
      long events = 0;
      while (reader.hasNext()) {
        reader.next();
        events++;
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return version + "/" + name;
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
