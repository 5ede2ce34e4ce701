// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.testkit.standin.StandInAgent;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageIT {
  private static final Map<String, String> DRY =
      Map.of(
          "KAFKA", "false",
          "AGENT_POLLING", "false",
          "LISTEN_ENDPOINT", "127.0.0.1:0");
  private static final String ARCHIVE_OR_NOTHING = "-Xshare:on";

  @TempDir private Path temp;

  @Test
  void isOf65MegabytesAtMost() throws Exception {
    assertThat(Files.size(UnpackedPackage.TGZ)).isLessThanOrEqualTo(65_000_000);
  }

  @Test
  void runsThroughSymlinksFromAPathWithBlanksInAnyFolder() throws Exception {
    UnpackedPackage unpacked = UnpackedPackage.in(temp.resolve("a b").resolve("c'd"));
    Path folderLink = Files.createSymbolicLink(temp.resolve("folder"), unpacked.folder());
    Path absolute = folderLink.resolve("bin").resolve("collector");
    Path first = Files.createSymbolicLink(temp.resolve("first"), absolute);
    Path second =
        Files.createSymbolicLink(
            Files.createDirectory(temp.resolve("e")).resolve("second"), Path.of("../first"));

    assertThat(first).exists();
    assertDeliversDry(CollectorProcess.launcher(second).directory(Path.of("/")));
  }

  @Test
  void runsByARelativePath() throws Exception {
    UnpackedPackage unpacked = UnpackedPackage.in(temp);

    assertDeliversDry(
        CollectorProcess.command("./collector").directory(unpacked.folder().resolve("bin")));
    assertDeliversDry(
        CollectorProcess.command("/bin/sh", "collector")
            .directory(unpacked.folder().resolve("bin")));
  }

  @Test
  void refusesAPathThatAClassPathCannotHold() throws Exception {
    UnpackedPackage unpacked = UnpackedPackage.in(temp.resolve("a:b"));
    try (var collector = CollectorProcess.launcher(unpacked.launcher()).start()) {
      assertThat(collector.awaitExit()).isEqualTo(1);
      assertThat(collector.lines())
          .containsExactly(
              "collector: cannot run from a folder with a colon in its path: "
                  + unpacked.folder().toRealPath());
    }
  }

  @Test
  void leavesNoShellBehind() throws Exception {
    try (var collector = dry(CollectorProcess.packaged()).start()) {
      collector.port();

      assertThat(Path.of("/proc/" + collector.pid() + "/exe").toRealPath())
          .isEqualTo(CollectorProcess.folder().resolve("runtime/bin/java").toRealPath());
    }
  }

  @Test
  void handsArgumentsOnAsTheyAre() throws Exception {
    try (var collector = CollectorProcess.packaged().arguments("-agent-port", "a * \"$b").start()) {
      assertThat(collector.awaitExit()).isEqualTo(2);
      assertThat(collector.lines()).singleElement().asString().contains("a * \"$b");
    }
  }

  @Test
  void writesNothingIntoItsFolderAndRunsWhereItMayNot() throws Exception {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    UnpackedPackage unpacked = UnpackedPackage.in(temp);
    UnpackedPackage.run("chmod", "-R", "a-w", unpacked.folder().toString());
    Map<String, String> before = unpacked.contents();

    // Nothing is read-only to root.
    List<String> command =
        System.getProperty("user.name").equals("root")
            ? List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                unpacked.launcher().toString())
            : List.of(unpacked.launcher().toString());
    assertDeliversDry(
        CollectorProcess.command(command.toArray(String[]::new)).directory(unpacked.folder()));

    assertThat(unpacked.contents()).isEqualTo(before);
    UnpackedPackage.run("chmod", "-R", "u+w", unpacked.folder().toString());
  }

  @Test
  void usesItsClassArchiveWhereverItIsUnpacked() throws Exception {
    UnpackedPackage unpacked = UnpackedPackage.in(temp);

    assertDeliversDry(
        CollectorProcess.launcher(unpacked.launcher())
            .environment("COLLECTOR_JVM_FLAGS", ARCHIVE_OR_NOTHING));
  }

  @Test
  void runsWithoutAnArchiveThatItCannotUseAndDoesNotMentionIt() throws Exception {
    UnpackedPackage unpacked = UnpackedPackage.in(temp);
    try (var jars = Files.newDirectoryStream(unpacked.lib(""), "kafka-clients-*.jar")) {
      Files.setLastModifiedTime(jars.iterator().next(), FileTime.fromMillis(0));
    }
    try (var collector =
        dry(CollectorProcess.launcher(unpacked.launcher()))
            .environment("COLLECTOR_JVM_FLAGS", ARCHIVE_OR_NOTHING)
            .start()) {
      assertThat(collector.awaitExit()).isEqualTo(1);
    }

    try (var collector = dry(CollectorProcess.launcher(unpacked.launcher())).start()) {
      collector.port();
      assertThat(collector.terminate()).isZero();
      assertThat(collector.lines()).allMatch(line -> line.matches("20\\d\\d-.*Z [A-Z]+ +\\w+ .*"));
      assertThat(collector.output()).isEmpty();
    }

    Files.delete(unpacked.lib("collector.jsa"));
    assertDeliversDry(CollectorProcess.launcher(unpacked.launcher()));
  }

  @Test
  void doesWithoutATemporaryFolder() throws Exception {
    assertDeliversDry(
        CollectorProcess.packaged()
            .environment("COLLECTOR_JVM_FLAGS", "-Djava.io.tmpdir=" + temp.resolve("none")));
  }

  @Test
  void refusesAMemoryLimitThatItsHeapDoesNotHoldUntilThatIsRaised() throws Exception {
    try (var collector =
        dry(CollectorProcess.packaged()).environment("MEMORY_LIMIT_KBYTES", "32768").start()) {
      assertThat(collector.awaitExit()).isEqualTo(2);
      assertThat(collector.lines())
          .singleElement()
          .asString()
          .matches(
              "memory-limit-kbytes=32768 with max-header-kbytes=64 and max-connections=1024 needs a heap of 55 MB, and this one has 3[78]: raise it"
                  + " with COLLECTOR_JVM_FLAGS=-Xmx56m");
    }

    assertDeliversDry(
        CollectorProcess.packaged()
            .environment("MEMORY_LIMIT_KBYTES", "32768")
            .environment("COLLECTOR_JVM_FLAGS", "-Xmx56m"));
  }

  @Test
  void doesNotHeedWhatOtherJvmsAreTold() throws Exception {
    assertDeliversDry(
        CollectorProcess.packaged()
            .environment("JAVA_TOOL_OPTIONS", "-Xmx1k")
            .environment("JDK_JAVA_OPTIONS", "-Xmx1k")
            .environment("_JAVA_OPTIONS", "-Xmx1k")
            .environment("CLASSPATH", "/nowhere"));
  }

  @Test
  void asksAnAgentOverTlsWhoseCertificateItIsToldToTrust() throws Exception {
    TlsKeys keys = TlsKeys.in(temp);
    try (var agent = new StandInAgent(0, keys.server(), Clock.systemUTC())) {
      agent.start();
      try (var collector =
          dry(CollectorProcess.packaged())
              .environment("AGENT_POLLING", "true")
              .environment("AGENT_SCHEME", "https")
              .environment("AGENT_IP_COMMAND", "/bin/echo 127.0.0.1")
              .environment("AGENT_PORT", Integer.toString(agent.port()))
              .environment("KAFKA_PRODUCE_COUNT", "1")
              .environment(
                  "COLLECTOR_JVM_FLAGS",
                  "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                      .formatted(keys.trusted(), TlsKeys.PASSWORD))
              .start()) {
        collector.awaitLine("would send a message to Kafka topic=(?!metrics-agent )");

        assertThat(collector.terminate()).isZero();
        assertThat(collector.lines()).noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
      }
    }
  }

  @Test
  void trustsTheUsualAuthorities() throws Exception {
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    Path file = CollectorProcess.folder().resolve("runtime/lib/security/cacerts");
    try (InputStream in = Files.newInputStream(file)) {
      authorities.load(in, null);
    }

    assertThat(authorities.size()).isGreaterThan(50);
  }

  private static CollectorProcess.Builder dry(CollectorProcess.Builder collector) {
    return collector.environment(DRY);
  }

  /** It listens, decodes every codec, stops when it is told to, and has lost nothing. */
  private static void assertDeliversDry(CollectorProcess.Builder builder) throws Exception {
    try (var collector = dry(builder).start()) {
      EveryCodec.send(collector.port(), "web");

      assertThat(collector.terminate()).isZero();

      assertThat(collector.lines().getLast())
          .contains(
              "ledger balances=true received=" + EveryCodec.RECORDS,
              "dry-run=" + EveryCodec.RECORDS);
    }
  }
}
