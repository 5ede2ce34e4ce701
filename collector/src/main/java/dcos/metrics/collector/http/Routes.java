// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Answers GET and HEAD by exact path. A page answers a few requests at once, so that clients which
 * read slowly or never hold little and no other page. Thread-safe.
 */
final class Routes {
  private final SortedMap<String, Route> routes = new TreeMap<>();
  private final AllowedHosts allowedHosts;

  private record Route(Page page, PageSlots slots) {}

  Routes(Map<String, Page> pages, AllowedHosts allowedHosts) {
    pages.forEach((path, page) -> routes.put(path, new Route(page, new PageSlots(page))));
    this.allowedHosts = allowedHosts;
  }

  /**
   * Reads the request of a connection and answers it; sends no answer if the client sent no
   * request.
   */
  void serve(HttpConnection connection) throws IOException {
    HttpRequest request;
    try {
      request = new RequestReader(connection.in()).read();
    } catch (MalformedRequestException e) {
      connection.beginAnswer("");
      new HttpResponse(connection.out(), true, false).sendLine(e.status(), e.reason(), "");
      return;
    }
    if (request != null) {
      answer(connection, request);
    }
  }

  private void answer(HttpConnection connection, HttpRequest request) throws IOException {
    // May wait for a look-up of names; until then, the connection has no right to its place.
    Optional<String> refusal = allowedHosts.refusal(request.hosts(), request.origins());
    connection.beginAnswer(request.path());
    var response = new HttpResponse(connection.out(), !request.isHead(), request.keepsChunks());
    Route route = routes.get(request.path());
    if (refusal.isPresent()) {
      response.sendLine(403, refusal.get(), "");
    } else if (route == null) {
      response.sendLine(404, "no such path; there are " + String.join(", ", routes.keySet()), "");
    } else if (!request.isRead()) {
      response.sendLine(405, "only GET and HEAD", "Allow: GET, HEAD\r\n");
    } else {
      answer(connection, request, response, route);
    }
  }

  private static void answer(
      HttpConnection connection, HttpRequest request, HttpResponse response, Route route)
      throws IOException {
    PageSlots.Slot slot;
    try {
      slot = route.slots().acquire(connection);
      if (slot == null) {
        response.sendLine(503, "too many requests at once", "Retry-After: 1\r\n");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the collector stops");
    }
    try {
      Page.PageAnswer answer = slot.answer(() -> route.page().answer(request.authorization()));
      if (answer.isEndless()) {
        connection.beginEndlessAnswer();
      }
      response.send(answer);
    } finally {
      route.slots().release(slot, connection);
    }
  }
}
