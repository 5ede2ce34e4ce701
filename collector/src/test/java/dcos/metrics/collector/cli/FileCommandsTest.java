// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of {@code cat} and {@code replay}, and how they exit. */
class FileCommandsTest {
  private final Terminal terminal = new Terminal();
  @TempDir private Path temp;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(temp.resolve("m.avro"), Streams.container(Records.many("web", 3, 1)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "cat|cat: a file is missing, cat -h says more",
        "cat --to=h:1 m|--to=h:1: unknown option, cat -h lists all",
        "cat --filter=topic:( m|--filter=topic:(: no value behind \"topic:\" at 1",
        "replay m|replay: --to=HOST:PORT is missing, replay -h says more",
        "replay --to=h m|--to=h: must be HOST:PORT",
        "replay --to=http://u:p@h:1 m|--to=http://********@h:1: must be HOST:PORT",
        "replay --to=h:1|replay: a file is missing, replay -h says more",
        "replay --to=h:1 --stats m|--stats: unknown option, replay -h lists all",
      },
      delimiter = '|')
  void refusesInOneLineWhatIsNotAllowed(String arguments, String line) {
    assertThat(terminal.run(arguments.split(" ", -1))).isEqualTo(2);

    assertThat(terminal.err().lines()).containsExactly(line);
    assertThat(terminal.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "fast"})
  void refusesASpeedThatIsNone(String speed) {
    assertThat(terminal.run("replay", "--to=h:1", "--speed=" + speed, "m")).isEqualTo(2);

    assertThat(terminal.err().lines())
        .singleElement()
        .asString()
        .startsWith("--speed=" + speed + ": ");
  }

  @Test
  void showsAFileAndSaysWhichIsNotThere() {
    assertThat(terminal.run("cat", file.toString(), "nowhere.avro")).isEqualTo(1);

    assertThat(terminal.out().lines()).hasSize(3);
    assertThat(terminal.err().lines()).containsExactly("nowhere.avro: no such file");
  }

  @Test
  void countsAFile() {
    assertThat(terminal.run("cat", "--stats", file.toString())).isZero();

    assertThat(terminal.out()).contains("web");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void reportsThatNobodyListensWhereItIsToSend() throws IOException {
    int port;
    try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }

    assertThat(terminal.run("replay", "--to=127.0.0.1:" + port, file.toString())).isEqualTo(1);

    assertThat(terminal.err().lines())
        .containsExactly("cannot connect to 127.0.0.1:" + port + ": Connection refused");
  }
}
