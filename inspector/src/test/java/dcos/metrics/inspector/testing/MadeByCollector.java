// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.settings.OptionValues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Files as a collector leaves them: it runs dry, in this process, and is sent a container. */
public final class MadeByCollector {
  private static final Map<String, String> DRY =
      Map.of(
          "KAFKA", "false",
          "AGENT_POLLING", "false",
          "LISTEN_ENDPOINT", "127.0.0.1:0",
          "RECORD_INPUT_LOG", "true",
          "RECORD_OUTPUT_LOG", "true");

  private MadeByCollector() {}

  /** Recordings of what went in and of what came out, in a folder. */
  public static List<Path> recordings(Path folder, byte[] container) throws Exception {
    List<String> _ = run(Map.of("RECORD_DIR", folder.toString()), container);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".avro")).sorted().toList();
    }
  }

  /** A text log with the lines of all records. */
  public static Path log(Path file, byte[] container) throws Exception {
    return Files.write(file, run(Map.of(), container));
  }

  private static List<String> run(Map<String, String> more, byte[] container) throws Exception {
    Map<String, String> environment = new TreeMap<>(DRY);
    environment.putAll(more);
    OptionValues values = OptionValues.of(Map.of(), environment);
    List<String> lines = new CopyOnWriteArrayList<>();
    var collector =
        new Pipeline(values.settings(), values.environmentLines(), "1", lines::add, _ -> {});
    collector.start();
    try {
      send(container, collector.endpoint().port());
    } finally {
      collector.stop(Duration.ofSeconds(10)); // Reads what has arrived.
    }
    return lines;
  }

  private static void send(byte[] container, int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(container);
      socket.shutdownOutput();
      int end = socket.getInputStream().read(); // The collector has taken all of it.
      if (end >= 0) {
        throw new IOException("a collector answers nothing, was " + end);
      }
    }
  }
}
