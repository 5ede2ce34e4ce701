// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The recording that ships with the program. */
final class BundledSample {
  static final String TITLE = "sample: a minute of the local stack";

  private static final List<String> NAMES = List.of("sample-input.avro", "sample-output.avro");

  private BundledSample() {}

  /** Puts its files into a folder, where they stay until the program ends. */
  static List<Path> unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      try (InputStream in =
          Objects.requireNonNull(BundledSample.class.getResourceAsStream(name), name)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      file.toFile().deleteOnExit();
      files.add(file);
    }
    return files;
  }
}
