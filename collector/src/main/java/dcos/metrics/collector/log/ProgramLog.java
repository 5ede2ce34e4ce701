// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** The program's standard error: which lines are written, and how they are escaped. Thread-safe. */
public final class ProgramLog {
  private static final int MAX_QUOTED = 500;

  // Set once at the start, read by every logger of the Kafka client.
  private static volatile boolean kafkaVerbose;

  // Set once at the start, by a program whose log must stay small; without it, nothing is hidden.
  private static volatile @Nullable LineLimit limit;

  // Replaced under the class's lock, read by every thread that prints a text of others.
  private static volatile SecretMask secrets = SecretMask.NONE;

  private ProgramLog() {}

  /**
   * From now on, {@link #masked} hides these values and their words. Values given before stay
   * hidden: another pipeline of this process may have them.
   */
  public static synchronized void hideSecrets(Collection<String> values) {
    secrets = secrets.with(values);
  }

  /** A text that a library has written, such as an exception's message, without secrets. */
  public static String masked(String text) {
    return secrets.apply(text);
  }

  /**
   * From now on, warnings and errors are bounded: at most 100 lines a minute, whatever happens. The
   * first of a kind are shown; the others are counted, and the counts logged by {@link
   * #endPeriodIfOver} and {@link #endPeriod}. Lines of the Kafka client, and what {@link
   * #writeLine} writes, are not bounded.
   */
  public static void limitLines() {
    limit = new LineLimit(System::nanoTime);
  }

  /** To be called every few seconds: logs what was not shown, once the minute is over. */
  public static void endPeriodIfOver() {
    LineLimit bound = limit;
    if (bound != null) {
      report(bound.endPeriodIfOver());
    }
  }

  /** Logs what was not shown so far, before the program ends. */
  public static void endPeriod() {
    LineLimit bound = limit;
    if (bound != null) {
      report(bound.endPeriod());
    }
  }

  /**
   * Whether a line is shown.
   *
   * @param message without its values
   * @param perKind how many of its kind are shown in a period
   */
  static boolean admits(Level level, String logger, String message, int perKind) {
    LineLimit bound = limit;
    if (bound == null || level.toInt() < Level.WARN.toInt()) {
      return true;
    }
    report(bound.endPeriodIfOver());
    return bound.admits(level, logger, message, perKind);
  }

  private static void report(List<LineLimit.Hidden> all) {
    for (LineLimit.Hidden hidden : all) {
      boolean oneKind = !hidden.message().isEmpty();
      String text = oneKind ? "further lines of one kind" : "further lines of other kinds";
      List<KeyValuePair> pairs =
          List.of(
              oneKind
                  ? new KeyValuePair("message", hidden.message())
                  : new KeyValuePair("kinds", hidden.kinds()),
              new KeyValuePair("lines", hidden.lines()));
      writeLine(LogLine.format(Instant.now(), hidden.level(), hidden.logger(), text, pairs, null));
    }
  }

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
    // Looked up every time, so that a replaced System.err gets our lines too.
    PrintStream err = System.err;
    err.write(bytes, 0, bytes.length);
    err.flush();
  }

  /**
   * An untrusted text, made to stay on its line: control characters and others that would move or
   * hide their neighbours are escaped, characters after the first 500 are only counted, and a text
   * with blanks, quotes, backslashes or equals signs is quoted.
   */
  public static String quote(String text) {
    String bounded = LogEscaping.bounded(text, MAX_QUOTED);
    return LogEscaping.needsQuotes(text)
        ? '"' + LogEscaping.escape(bounded, true) + '"'
        : LogEscaping.escape(bounded, false);
  }

  /** The same without quotes, for a text at the end of a line or on its own. */
  public static String escape(String text) {
    return LogEscaping.escape(LogEscaping.bounded(text, MAX_QUOTED), false);
  }
}
