// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * An event as a line: {@code 2026-11-22T12:13:14.123Z WARN ingest stream closed
 * peer=127.0.0.1:40122 records=10}. At most 2,000 characters, and no line breaks wherever its parts
 * come from.
 */
final class LogLine {
  private static final Pattern OWN_COMPONENT = Pattern.compile("dcos\\.metrics\\.\\w+\\.(\\w+)\\.");

  private static final int MAX_LINE = 2000;
  private static final int MAX_VALUE = 500;
  private static final int MAX_FRAMES = 8;
  private static final int MAX_CAUSES = 4;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private LogLine() {}

  static String format(
      Instant time,
      Level level,
      String logger,
      String message,
      List<KeyValuePair> pairs,
      @Nullable Throwable error) {
    var line = new StringBuilder(160);
    line.append(TIME.format(time)).append(' ').append(level);
    line.append(level.name().length() == 4 ? "  " : " ");
    line.append(component(logger)).append("  ").append(LogEscaping.escape(message, false));
    for (KeyValuePair pair : pairs) {
      append(line, pair.key, String.valueOf(pair.value));
    }
    if (error != null) {
      append(line, "error", ProgramLog.masked(messages(error)));
      if (level == Level.ERROR) {
        append(line, "at", frames(error));
      }
    }
    return LogEscaping.bounded(line.toString(), MAX_LINE - 20);
  }

  /**
   * The part of the program that logs: of this project's classes the package below the program's,
   * so {@code dcos.metrics.collector.kafka.producer.ProducerSupervisor} is kafka; of others the
   * last part of the package.
   */
  static String component(String logger) {
    int end = logger.lastIndexOf('.');
    if (end < 0) {
      return LogEscaping.escape(logger, false);
    }
    Matcher own = OWN_COMPONENT.matcher(logger);
    String component =
        own.lookingAt()
            ? own.group(1)
            : logger.substring(logger.lastIndexOf('.', end - 1) + 1, end);
    return LogEscaping.escape(component, false);
  }

  private static void append(StringBuilder line, String key, String value) {
    String bounded = LogEscaping.bounded(value, MAX_VALUE);
    line.append(' ').append(LogEscaping.escape(key, false)).append('=');
    if (LogEscaping.needsQuotes(value)) {
      line.append('"').append(LogEscaping.escape(bounded, true)).append('"');
    } else {
      line.append(bounded);
    }
  }

  private static String messages(Throwable error) {
    var text = new StringBuilder();
    Throwable next = error;
    for (int depth = 0; next != null && depth < MAX_CAUSES; depth++) {
      text.append(depth == 0 ? "" : "; by ").append(next.getClass().getSimpleName());
      if (next.getMessage() != null) {
        text.append(": ").append(next.getMessage());
      }
      next = next.getCause();
    }
    return text.toString();
  }

  /** The innermost frames of what came first: where to look. */
  private static String frames(Throwable error) {
    Throwable root = error;
    for (int depth = 0; root.getCause() != null && depth < MAX_CAUSES; depth++) {
      root = root.getCause();
    }
    var text = new StringBuilder();
    StackTraceElement[] trace = root.getStackTrace();
    for (int i = 0; i < Math.min(MAX_FRAMES, trace.length); i++) {
      StackTraceElement frame = trace[i];
      String type = frame.getClassName();
      text.append(i == 0 ? "" : " ").append(type.substring(type.lastIndexOf('.') + 1));
      text.append('.').append(frame.getMethodName()).append(':').append(frame.getLineNumber());
    }
    return text.toString();
  }
}
