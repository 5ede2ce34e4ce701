// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The package's tgz, unpacked somewhere.
 *
 * @param folder its top folder
 */
record UnpackedPackage(Path folder) {
  /** What the build made. */
  static final Path TGZ = Path.of("target", "collector.tgz").toAbsolutePath();

  /** Unpacks it as Mesos does. */
  static UnpackedPackage in(Path sandbox) throws IOException, InterruptedException {
    Files.createDirectories(sandbox);
    run("tar", "-xzf", TGZ.toString(), "-C", sandbox.toString());
    return new UnpackedPackage(sandbox.resolve("collector"));
  }

  Path launcher() {
    return folder.resolve("bin").resolve("collector");
  }

  Path lib(String name) {
    return folder.resolve("lib").resolve(name);
  }

  /** What lies in it: sizes and times by path. */
  TreeMap<String, String> contents() throws IOException {
    var contents = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        contents.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return contents;
  }

  /** Runs a command of the system. */
  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
