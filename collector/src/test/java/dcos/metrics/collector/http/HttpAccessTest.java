// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.selfmetrics.SampleSelfMetrics;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By whose name, and from where, the endpoint may be asked. */
@Timeout(60)
class HttpAccessTest {
  private final List<HttpEndpoint> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(HttpEndpoint::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/metrics", "/ledger", "/events", "/none"})
  void refusesAForeignHostAndAForeignOriginOnEveryPath(String path) throws Exception {
    int port = start(new Endpoint("127.0.0.1", 0), List.of()).port();

    assertThat(raw(port, path, "Host: evil.example:" + port))
        .startsWith("HTTP/1.1 403 ")
        .contains("Host evil.example:" + port + " is not allowed; allowed are localhost and IP");
    assertThat(raw(port, path, "Host: localhost:" + port, "Origin: http://evil.example"))
        .startsWith("HTTP/1.1 403 ")
        .contains("Origin http://evil.example is not allowed");
    assertThat(raw(port, path, "Host: localhost:" + port)).doesNotStartWith("HTTP/1.1 403 ");
    assertThat(raw(port, path)).doesNotStartWith("HTTP/1.1 403 ");
  }

  @Test
  void servesAScrapeByAConfiguredNameOffTheLoopback() throws Exception {
    HttpEndpoint endpoint = start(new Endpoint("0.0.0.0", 0), List.of("node-7.example"));

    assertThat(raw(endpoint.port(), "/metrics", "Host: node-7.example:" + endpoint.port()))
        .startsWith("HTTP/1.1 200 ")
        .contains("metrics_collector_tcp_input_sessions_opened_total");
    assertThat(raw(endpoint.port(), "/metrics", "Host: node-8.example"))
        .startsWith("HTTP/1.1 403 ");
  }

  /** As the client library does not: with the headers that are given, and no others. */
  private static String raw(int port, String path, String... headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      request.append("Connection: close\r\n\r\n");
      socket.getOutputStream().write(request.toString().getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private HttpEndpoint start(Endpoint at, List<String> hosts) throws IOException {
    HttpEndpoint endpoint =
        new HttpEndpoint(
            at,
            HttpEndpoint.MAX_CONNECTIONS,
            hosts,
            Optional.empty(),
            new PageContent(
                () -> SampleSelfMetrics.idle(new Ledger()),
                () -> SampleHealth.WELL,
                List::of,
                _ -> {}));
    started.add(endpoint);
    endpoint.start();
    return endpoint;
  }
}
