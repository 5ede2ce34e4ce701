// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program's standard error: what it takes and how it is escaped. Thread-safe. */
public final class ProgramLog {
  private static final int MAX_QUOTED = 500;

  // Set once at the start, read by every logger of the Kafka client.
  private static volatile boolean kafkaVerbose;

  private ProgramLog() {}

  /** Whether the Kafka client's own lines are shown, from INFO up. */
  public static void setKafkaVerbose(boolean verbose) {
    kafkaVerbose = verbose;
  }

  static boolean isKafkaVerbose() {
    return kafkaVerbose;
  }

  /**
   * Writes a line of any length, whole: lines of other threads come before or after it. The caller
   * sees to it that the text holds no line breaks.
   */
  public static void writeLine(String line) {
    byte[] bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
    // Looked up every time, so that whoever replaces System.err gets our lines too.
    PrintStream err = System.err;
    err.write(bytes, 0, bytes.length);
    err.flush();
  }

  /**
   * A text that stays on its line whoever sent it: control characters and others that would move or
   * hide what surrounds them are written as escapes, beyond 500 characters only their number is
   * told, and a text with blanks, quotes, backslashes or equals signs stands in quotes.
   */
  public static String quote(String text) {
    String bounded = Escapes.bounded(text, MAX_QUOTED);
    return Escapes.needsQuotes(text)
        ? '"' + Escapes.escape(bounded, true) + '"'
        : Escapes.escape(bounded, false);
  }

  /** The same without quotes, for a text at the end of a line or on its own. */
  public static String escape(String text) {
    return Escapes.escape(Escapes.bounded(text, MAX_QUOTED), false);
  }
}
