// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the package's ahead-of-time cache, a step of the build's package phase. The packaged
 * program itself opens the sample in a window, without a display, and is ended. What it has loaded
 * and linked by then goes into the cache.
 */
final class TrainingRun {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** The window shows; as long again, and what it opened is drawn. */
  private static final Duration DRAWN = Duration.ofSeconds(2);

  /** JDK 25 has written caches, without an error, that end every later start with SIGSEGV. */
  private static final int TRIES = 3;

  private TrainingRun() {}

  /** Takes the package's folder, and the files to open. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Path cache = folder.resolve("lib").resolve("inspector.aot");
    List<String> command = new ArrayList<>(List.of(args));
    command.set(0, folder.resolve("bin").resolve("inspector").toString());
    List<String> lines = List.of();
    for (int i = 0; i < TRIES; i++) {
      Files.deleteIfExists(cache);
      train(start(folder, command, "-XX:AOTCacheOutput=" + cache.getFileName()), cache);
      // A start of its own shows that the cache can be loaded.
      Process check =
          start(
              folder,
              List.of(command.getFirst(), "--version"),
              "-XX:AOTMode=on -XX:+SuppressFatalErrorMessage");
      lines = linesUntilItEnds(check);
      if (check.waitFor() == 0) {
        return;
      }
    }
    Files.deleteIfExists(cache);
    throw new IOException(
        "no ahead-of-time cache that the program starts with: it said:\n"
            + String.join("\n", lines));
  }

  private static Process start(Path folder, List<String> command, String flag) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .put("INSPECTOR_JVM_FLAGS", "-Dglass.platform=Headless -Dprism.order=sw " + flag);
    builder.environment().put("XDG_CONFIG_HOME", folder.resolveSibling("training").toString());
    return builder.directory(folder.resolve("lib").toFile()).start();
  }

  private static List<String> linesUntilItEnds(Process process) throws IOException {
    try (BufferedReader said = process.inputReader()) {
      return said.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void train(Process process, Path cache) throws Exception {
    try {
      awaitCache(process, cache);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void awaitCache(Process process, Path cache) throws Exception {
    List<String> lines = new ArrayList<>();
    try (BufferedReader said = process.inputReader()) {
      boolean shows = false;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        lines.add(line);
        if (!shows && line.contains("window shows")) {
          shows = true;
          LockSupport.parkNanos(DRAWN.toNanos());
          boolean _ = process.toHandle().destroy(); // Its output stays to be read.
        }
      }
    }
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended || !Files.exists(cache)) {
      throw new IOException("no ahead-of-time cache: the run said:\n" + String.join("\n", lines));
    }
  }
}
