// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code /events}: all events from now on, until the client disconnects. They contain what senders
 * send, so a client needs the token; without a token, only the loopback is served.
 */
final class EventsPage implements Page {
  private static final String SCHEME = "Bearer ";

  private final boolean onLoopback;
  private final Optional<Settings.Secret> token;
  private final PageContent.EventCopier events;

  EventsPage(Endpoint endpoint, Optional<Settings.Secret> token, PageContent.EventCopier events) {
    this.onLoopback = AllowedHosts.isLoopback(endpoint);
    this.token = token;
    this.events = events;
  }

  /** As many as there is memory for. */
  @Override
  public int mostAtOnce() {
    return HttpEndpoint.MAX_EVENT_CLIENTS;
  }

  /** An answer is for one client, whose token was checked. */
  @Override
  public Duration shared() {
    return Duration.ZERO;
  }

  /** For the next bytes, not in all writes: the answer may last for days. */
  @Override
  public Duration slow() {
    return Duration.ofSeconds(5);
  }

  @Override
  public PageAnswer answer(String authorization) {
    if (token.isEmpty()) {
      return onLoopback
          ? new EventsBody(events)
          : new Refusal(403, "events are shown beyond the loopback only with http-token");
    }
    byte[] known = (SCHEME + token.get().value()).getBytes(UTF_8);
    // In a time that does not tell how much of it was right.
    return MessageDigest.isEqual(known, authorization.getBytes(UTF_8))
        ? new EventsBody(events)
        : new Refusal(401, "events need the header Authorization: Bearer <http-token>");
  }

  private record EventsBody(PageContent.EventCopier events) implements PageAnswer {
    @Override
    public String contentType() {
      return "avro/binary";
    }

    @Override
    public boolean isEndless() {
      return true;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try {
        events.copyTo(out);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the collector stops");
      }
    }
  }

  private record Refusal(int status, String why) implements PageAnswer {
    @Override
    public String contentType() {
      return "text/plain; charset=utf-8";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write((why + "\n").getBytes(UTF_8));
    }
  }
}
