// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens in a collector that runs elsewhere, from its {@code /events}. */
public final class AttachedSession implements GrowingSession {
  private static final Logger logger = LoggerFactory.getLogger(AttachedSession.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** A collector sends an event every five seconds. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);

  private static final int MAX_REASON_BYTES = 500;

  private final Endpoint collector;
  private final Optional<String> token;
  private final SessionListener listener;
  private final Recording recording;
  private final Thread reader;
  // Written by the reader, closed by close().
  private volatile @Nullable HttpURLConnection connection;
  private volatile boolean closed;
  // The reader's thread only.
  private long unknownEvents;

  /**
   * Starts nothing.
   *
   * @param collector its http-endpoint
   * @param token its http-token, if it has one
   * @param temporary where the recording may keep its bytes
   * @throws IOException if the folder for them cannot be made
   */
  public AttachedSession(
      Endpoint collector, Optional<String> token, Path temporary, SessionListener listener)
      throws IOException {
    this.collector = collector;
    this.token = token;
    this.listener = listener;
    this.recording = new Recording(RecordingLimits.DEFAULT, temporary);
    this.reader = Thread.ofPlatform().daemon().name("attached").unstarted(this::read);
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public String title() {
    return "attached " + collector;
  }

  @Override
  public String endedTitle() {
    return title();
  }

  @Override
  public void start() {
    recording.start();
    reader.start();
  }

  private void read() {
    try (InputStream body = open();
        EventReader events = EventReader.of(body)) {
      events.onUnknownEvent(() -> countUnknown(events.unknownEvents()));
      // What it cannot keep up with waits in the collector, which skips it and says so.
      for (Event event = events.next(); event != null; event = events.next()) {
        recording.put(event);
      }
      end("it has ended");
    } catch (IOException e) {
      end(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts them in the recording; logs the first, and their number at the end. */
  private void countUnknown(long total) {
    if (unknownEvents == 0) {
      logger
          .atWarn()
          .addKeyValue("collector", collector)
          .log("skipping events of a newer version; the status bar counts them");
    }
    unknownEvents = total;
    recording.setUnknownEvents(total);
  }

  private void end(String why) {
    if (unknownEvents > 0) {
      logger
          .atWarn()
          .addKeyValue("collector", collector)
          .addKeyValue("events", unknownEvents)
          .log("events of a newer version skipped");
    }
    if (!closed) {
      listener.failed(this, "no longer attached to " + collector + ": " + why);
    }
  }

  private InputStream open() throws IOException {
    HttpURLConnection opened;
    try {
      var uri = new URI("http", null, collector.host(), collector.port(), "/events", null, null);
      opened = (HttpURLConnection) uri.toURL().openConnection();
    } catch (URISyntaxException e) {
      throw new IOException("no host: " + collector.host(), e);
    }
    opened.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
    opened.setReadTimeout((int) SILENCE_LIMIT.toMillis());
    token.ifPresent(known -> opened.setRequestProperty("Authorization", "Bearer " + known));
    connection = opened;
    int status = opened.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("it answered " + status + reason(opened));
    }
    return opened.getInputStream();
  }

  private static String reason(HttpURLConnection refused) throws IOException {
    try (InputStream body = refused.getErrorStream()) {
      return body == null
          ? ""
          : ": " + new String(body.readNBytes(MAX_REASON_BYTES), StandardCharsets.UTF_8).strip();
    }
  }

  @Override
  public void close() {
    closed = true;
    HttpURLConnection opened = connection;
    if (opened != null) {
      opened.disconnect();
    }
    reader.interrupt();
    recording.close();
  }
}
