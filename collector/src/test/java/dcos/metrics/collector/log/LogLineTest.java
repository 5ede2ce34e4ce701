// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

class LogLineTest {
  private static final Instant TIME = Instant.parse("2026-11-22T12:13:14.120Z");

  @Test
  void messageComesFirstThenItsContext() {
    assertThat(
            line(
                Level.WARN,
                "stream closed",
                null,
                pair("peer", "127.0.0.1:40122"),
                pair("records", 10),
                pair("cause", "block size 500 not in 0..499")))
        .isEqualTo(
            "2026-11-22T12:13:14.120Z WARN  ingest  stream closed peer=127.0.0.1:40122 records=10"
                + " cause=\"block size 500 not in 0..499\"");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "a, a",
        "'', '\"\"'",
        "a b, '\"a b\"'",
        "a=b, '\"a=b\"'",
        "say \"x\", '\"say \\\"x\\\"\"'",
        "back\\slash, '\"back\\\\slash\"'",
        "\u00e9\uD83D\uDE00, \u00e9\uD83D\uDE00"
      })
  void valuesAreQuotedWhereTheyMustBe(String value, String written) {
    assertThat(line(Level.INFO, "m", null, pair("k", value))).endsWith(" k=" + written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n", "\r", "\t", "\0", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e",
        "\ufeff", "\ud800"
      })
  void nobodyForgesALineOrHidesOne(String hostile) {
    String text = "x" + hostile + "2026-11-22T12:13:14.120Z ERROR";

    String line =
        line(Level.ERROR, text, new IOException(text), pair("cause", text), pair(text, "v"));

    assertThat(line).doesNotContain(hostile);
    assertThat(line).contains("cause=\"x\\");
  }

  @Test
  void longValuesAndLinesAreCutAndSaySo() {
    assertThat(line(Level.INFO, "m", null, pair("k", "x".repeat(600))))
        .endsWith(" k=" + "x".repeat(500) + "...(100 more)");

    String line = line(Level.INFO, "y".repeat(5000), null);
    assertThat(line).hasSizeLessThanOrEqualTo(2000).endsWith("y...(3059 more)");
  }

  @Test
  void errorAndWhatItIsCausedByIsToldWithoutItsStack() {
    var error = new UncheckedIOException("no agent", new IOException("refused"));

    assertThat(line(Level.WARN, "m", error))
        .endsWith("m error=\"UncheckedIOException: no agent; by IOException: refused\"");
  }

  @Test
  void stackIsFoldedIntoTheLineOfAnError() {
    var error = new IllegalStateException("odd");
    error.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("a.b.C", "m", "C.java", 12),
          new StackTraceElement("a.D", "n", "D.java", 3)
        });

    assertThat(line(Level.ERROR, "m", error))
        .endsWith("m error=\"IllegalStateException: odd\" at=\"C.m:12 D.n:3\"");
  }

  @ParameterizedTest
  @CsvSource({
    "dcos.metrics.collector.ingest.Listener, ingest",
    "dcos.metrics.collector.Pipeline, collector",
    "a.B, a",
    "plain, plain"
  })
  void loggersAreNamedByTheirPackage(String name, String shown) {
    assertThat(LogLine.component(name)).isEqualTo(shown);
  }

  @Test
  void loggersWriteThroughTheProvider() {
    String written =
        capture(
            () -> {
              var logger = LoggerFactory.getLogger("dcos.metrics.collector.ingest.Listener");
              logger.atInfo().addKeyValue("port", 0).log("listening");
              logger.warn("odd {}", "thing");
              logger.debug("unseen");
            });

    assertThat(written.lines().map(line -> line.substring(25)))
        .containsExactly("INFO  ingest  listening port=0", "WARN  ingest  odd thing");
  }

  @Test
  void kafkaClientIsSilentUnlessVerbose() {
    var logger = LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient");

    assertThat(capture(() -> logger.warn("disconnected"))).isEmpty();
    assertThat(capture(() -> logger.error("not authorized"))).isEmpty();
    ProgramLog.setKafkaVerbose(true);
    try {
      assertThat(capture(() -> logger.info("disconnected")))
          .contains("INFO  clients  disconnected");
    } finally {
      ProgramLog.setKafkaVerbose(false);
    }
  }

  @Test
  void linesOfTheKafkaClientAndErrorsHaveNoSecrets() {
    ProgramLog.hideSecrets(List.of("log-line-secret"));
    var client = LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient");
    var ours = LoggerFactory.getLogger("dcos.metrics.collector.ingest.Listener");
    ProgramLog.setKafkaVerbose(true);
    try {
      assertThat(capture(() -> client.info("url = {}", "log-line-secret")))
          .contains("url = ********")
          .doesNotContain("log-line-secret");
      assertThat(capture(() -> ours.error("failed", new IOException("log-line-secret"))))
          .contains("error=\"IOException: ********\"")
          .doesNotContain("log-line-secret");
    } finally {
      ProgramLog.setKafkaVerbose(false);
    }
  }

  @Test
  void linesOfManyThreadsStayWhole() {
    String written =
        capture(
            () -> {
              List<Thread> threads = new ArrayList<>();
              for (int i = 0; i < 8; i++) {
                String line = String.valueOf((char) ('a' + i)).repeat(20_000);
                threads.add(
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              for (int n = 0; n < 20; n++) {
                                ProgramLog.writeLine(line);
                              }
                            }));
              }
              for (Thread thread : threads) {
                try {
                  thread.join();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            });

    assertThat(written.lines()).hasSize(160).allMatch(line -> line.matches("(.)\\1{19999}"));
  }

  private static String capture(Runnable run) {
    PrintStream before = System.err;
    var bytes = new ByteArrayOutputStream();
    try (var err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      run.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String line(
      Level level, String message, @Nullable Throwable error, KeyValuePair... pairs) {
    return LogLine.format(
        TIME, level, "dcos.metrics.collector.ingest.Listener", message, List.of(pairs), error);
  }

  private static KeyValuePair pair(String key, Object value) {
    return new KeyValuePair(key, value);
  }
}
