// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/**
 * Shows INFO and up; of the Kafka client nothing, unless it is asked to be verbose: our own lines
 * say what is wrong, once, where the client would repeat it by the second.
 */
final class LineLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private final boolean kafka;

  LineLogger(String name) {
    this.name = name;
    this.kafka = name.startsWith("org.apache.kafka.");
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return !kafka || ProgramLog.isKafkaVerbose();
  }

  @Override
  public boolean isWarnEnabled() {
    return isInfoEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return isInfoEnabled();
  }

  @Override
  public void log(LoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    List<Marker> markers = event.getMarkers();
    boolean named = markers != null && markers.contains(LogMarkers.UP_TO_20);
    write(
        event.getLevel(),
        event.getMessage(),
        event.getArgumentArray(),
        pairs == null ? List.of() : pairs,
        event.getThrowable(),
        named ? LineLimit.PER_NAMED_KIND : LineLimit.PER_KIND);
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    write(level, message, arguments, List.of(), error, LineLimit.PER_KIND);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  private void write(
      Level level,
      @Nullable String message,
      Object @Nullable [] arguments,
      List<KeyValuePair> pairs,
      @Nullable Throwable error,
      int perKind) {
    if (kafka || ProgramLog.admits(level, name, String.valueOf(message), perKind)) {
      String text = String.valueOf(MessageFormatter.basicArrayFormat(message, arguments));
      if (kafka) {
        text = ProgramLog.masked(text);
      }
      ProgramLog.writeLine(LogLine.format(Instant.now(), level, name, text, pairs, error));
    }
  }
}
