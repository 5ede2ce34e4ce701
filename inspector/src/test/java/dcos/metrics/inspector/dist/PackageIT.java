// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.testing.MadeContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder that the build leaves, with its own runtime. */
@Timeout(120)
class PackageIT {
  private static final Path FOLDER = Path.of("target", "inspector").toAbsolutePath();
  private static final Path LIB = FOLDER.resolve("lib");

  @TempDir private Path temp;

  @Test
  void itsRuntimeHasEveryModuleThatOurClassesNeed() throws Exception {
    var release = new Properties();
    try (var in = Files.newInputStream(FOLDER.resolve("runtime").resolve("release"))) {
      release.load(in);
    }
    List<String> ours;
    try (Stream<Path> jars = Files.list(LIB)) {
      ours =
          jars.map(Path::toString)
              .filter(jar -> jar.matches(".*/(metrics|collector)-[^/]*\\.jar"))
              .filter(jar -> !jar.contains("prometheus"))
              .toList();
    }

    String needed =
        jdeps(
            Stream.concat(
                    Stream.of(
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "--multi-release=25",
                        "--class-path=" + LIB + "/*"),
                    ours.stream())
                .toArray(String[]::new));

    assertThat(ours).hasSize(4);
    assertThat(release.getProperty("MODULES").replace("\"", "").split(" "))
        .contains(needed.strip().split(","));
  }

  private static String jdeps(String... arguments) {
    var said = new StringWriter();
    var out = new PrintWriter(said);
    ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, arguments);
    return said.toString();
  }

  @Test
  void capturesWhatIsSentToItUntilItIsEnded() throws Exception {
    int port = freePort();
    var builder =
        new ProcessBuilder(
            FOLDER.resolve("bin").resolve("inspector").toString(),
            "--kafka=false",
            "--agent-polling=false",
            "--listen-endpoint=127.0.0.1:" + port,
            "--statsd-period=1");
    builder.environment().put("INSPECTOR_JVM_FLAGS", "-Dglass.platform=Headless -Dprism.order=sw");
    builder.environment().put("XDG_CONFIG_HOME", temp.toString());
    Process process = builder.redirectErrorStream(true).start();
    var lines = new StringBuilder();
    // Ends the reading below, too.
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    try (BufferedReader said = process.inputReader()) {
      await(said, lines, "the window shows");
      await(said, lines, "tcp_input"); // The first period is over: it listens.
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(MadeContainer.of(300, 0));
      }
      await(said, lines, "blocks=[1-9]\\d* records=300");
      assertThat(process.toHandle().destroy()).isTrue();
      said.lines().forEach(line -> lines.append(line).append('\n'));
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }

    assertThat(lines.toString()).contains("stopping signal=SIGTERM").doesNotContain("Exception");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void await(BufferedReader said, StringBuilder lines, String wanted)
      throws IOException {
    Pattern pattern = Pattern.compile(wanted);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      lines.append(line).append('\n');
      if (pattern.matcher(line).find()) {
        return;
      }
    }
    throw new AssertionError("no " + wanted + " in:\n" + lines);
  }
}
