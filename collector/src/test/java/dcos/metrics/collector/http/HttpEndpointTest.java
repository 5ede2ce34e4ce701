// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.selfmetrics.SampleSelfMetrics;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import dcos.metrics.collector.settings.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpEndpointTest {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
  private static final Health WELL =
      new Health(
          Optional.empty(),
          SampleHealth.delivery(DeliveryStatus.DeliveryState.UP, SINCE, Optional.empty()),
          true,
          Optional.of(SINCE.plusSeconds(9)));

  private static final int LEDGERS_AT_ONCE = 2;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<HttpEndpoint> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(HttpEndpoint::close);
    client.close();
  }

  @Test
  void healthIsOkWithKafkaAndTheAgent() throws Exception {
    HttpResponse<String> answer = get(start(WELL), "/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"ok","kafka":{"state":"up","since":"2026-01-02T03:04:05Z"},\
            "agent":{"polled":true,"answered":"2026-01-02T03:04:14Z"}}
            """);
  }

  @Test
  void healthFailsWithTheReasonWhenTheProcessCannotWork() throws Exception {
    var ill =
        new Health(
            Optional.of("nothing listens on 127.0.0.1:8124"),
            SampleHealth.delivery(DeliveryStatus.DeliveryState.DRY_RUN, SINCE, Optional.empty()),
            false,
            Optional.empty());

    HttpResponse<String> answer = get(start(ill), "/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"failed","reason":"nothing listens on 127.0.0.1:8124",\
            "kafka":{"state":"dry-run","since":"2026-01-02T03:04:05Z"},\
            "agent":{"polled":false,"answered":null}}
            """);
  }

  @Test
  void servesMetricsToPrometheus() throws Exception {
    HttpResponse<String> answer = get(start(WELL), "/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains("\nmetrics_collector_tcp_input_sessions_opened_total 12.0\n")
        .contains("\nmetrics_collector_topic_held_records{topic=\"metrics-web\"} 9.0\n");
  }

  @Test
  void reportsTheEquationInFull() throws Exception {
    var ledger = new Ledger();
    ledger.receive(
        ledger.open("tcp 127.0.0.1:40122"),
        List.of(
            new SourceEntry("metrics-\"a", LedgerTerm.HELD, 2, 20),
            new SourceEntry("metrics-\"a", LedgerTerm.THROTTLED_INPUT, 1, 5)));
    HttpEndpoint endpoint = start(() -> SampleSelfMetrics.idle(ledger), WELL);

    HttpResponse<String> answer = get(endpoint, "/ledger");

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    String terms =
        """
        "received":{"records":3,"bytes":25},\
        "recovered":{"records":0,"bytes":0},\
        "delivered":{"records":0,"bytes":0},\
        "dry-run":{"records":0,"bytes":0},\
        "throttled":{"records":1,"bytes":5,"reasons":{\
        "input-limit":{"records":1,"bytes":5},"global-limit":{"records":0,"bytes":0}}},\
        "rejected":{"records":0,"bytes":0,"reasons":{"illegal-topic":{"records":0,"bytes":0}}},\
        "undeliverable":{"records":0,"bytes":0,"reasons":{\
        "too-large":{"records":0,"bytes":0},"not-authorized":{"records":0,"bytes":0},\
        "illegal-topic":{"records":0,"bytes":0},"refused":{"records":0,"bytes":0},\
        "shutdown":{"records":0,"bytes":0}}},\
        "held":{"records":2,"bytes":20}""";
    assertThat(answer.body())
        .isEqualTo(
            "{\"balances\":true,\"total\":{"
                + terms
                + "},\"sources\":[{\"name\":\"tcp 127.0.0.1:40122\",\"balances\":true,"
                + terms
                + "}],\"topics\":[{\"name\":\"metrics-\\\"a\",\"balances\":true,"
                + terms
                + "}],\"waiting_topics\":[{\"topic\":\"metrics-\\\"a\",\"messages\":3,"
                + "\"records\":7,\"bytes\":90,\"error\":\"no leader\"}]}\n");
  }

  @Test
  void servesALedgerOfManyRowsWhole() throws Exception {
    Ledger ledger = largeLedger();
    HttpEndpoint endpoint = start(() -> SampleSelfMetrics.idle(ledger), WELL);

    JsonNode json = new ObjectMapper().readTree(get(endpoint, "/ledger").body());

    assertThat(json.get("sources")).hasSize(20_000);
    assertThat(json.get("topics")).hasSize(1001);
    assertThat(json.get("balances").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/health/", "/metrics/x", "/LEDGER"})
  void anUnknownPathListsThoseThereAre(String path) throws Exception {
    HttpResponse<String> answer = get(start(WELL), path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("no such path; there are /events, /health, /ledger, /metrics\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void refusesOtherMethods(String method) throws Exception {
    HttpResponse<String> answer = send(start(WELL), method, "/ledger");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(answer.body()).isEqualTo("only GET and HEAD\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/metrics", "/ledger"})
  void answersHeadWithoutABody(String path) throws Exception {
    HttpResponse<String> answer = send(start(WELL), "HEAD", path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).isPresent();
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void namesTheEndpointWhosePortIsTaken() throws Exception {
    try (var taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = taken.getLocalPort();
      var endpoint = idle(new Endpoint("127.0.0.1", port));

      assertThatThrownBy(endpoint::start)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "http-endpoint 127.0.0.1:" + port + " can not be bound: Address already in use");
      assertThatCode(endpoint::close).doesNotThrowAnyException();
    }
  }

  @Test
  void hasNoPortBeforeTheStart() {
    var endpoint = idle(new Endpoint("127.0.0.1", 0));

    assertThatThrownBy(endpoint::port)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("http-endpoint 127.0.0.1:0 is not started");
  }

  @Test
  void takesNoConnectionAfterTheCloseAndMayBeClosedTwice() {
    HttpEndpoint endpoint = start(WELL);
    int port = endpoint.port();
    endpoint.close();
    endpoint.close();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void afterAFailureItStillAnswers() throws Exception {
    var selfMetrics = new ArrayList<SelfMetricSnapshot>();
    HttpEndpoint endpoint = start(selfMetrics::getFirst, WELL);
    assertThatThrownBy(() -> get(endpoint, "/ledger")).isInstanceOf(IOException.class);

    selfMetrics.add(SampleSelfMetrics.idle(new Ledger()));

    assertThat(get(endpoint, "/ledger").statusCode()).isEqualTo(200);
  }

  @Test
  void answersAFewRequestsOfAPageAtOnceAndOtherPagesMeanwhile() throws Exception {
    var asked = new CountDownLatch(LEDGERS_AT_ONCE);
    var free = new CountDownLatch(1);
    HttpEndpoint endpoint =
        start(
            () -> {
              asked.countDown();
              awaitOrFail(free);
              return SampleSelfMetrics.idle(new Ledger());
            },
            WELL);
    List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
    for (int i = 0; i < LEDGERS_AT_ONCE; i++) {
      slow.add(
          client.sendAsync(
              HttpRequest.newBuilder(uri(endpoint, "/ledger")).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    awaitOrFail(asked);

    HttpResponse<String> refused = get(endpoint, "/ledger");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.body()).isEqualTo("too many requests at once\n");
    assertThat(get(endpoint, "/health").statusCode()).isEqualTo(200);

    free.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : slow) {
      assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(get(endpoint, "/ledger").statusCode()).isEqualTo(200);
  }

  @Test
  void cutsOffAClientThatDoesNotTakeItsAnswer() throws Exception {
    Ledger ledger = largeLedger();
    var writer = new CompletableFuture<Thread>();
    HttpEndpoint endpoint =
        start(
            () -> {
              writer.complete(Thread.currentThread());
              return SampleSelfMetrics.idle(ledger);
            },
            WELL,
            Duration.ofMillis(300));
    try (var slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.port()));
      slow.getOutputStream()
          .write("GET /ledger HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));

      Thread thread = writer.get(30, TimeUnit.SECONDS);
      assertThat(thread.join(Duration.ofSeconds(30))).as("the writer ended").isTrue();

      assertThat(readAll(slow)).startsWith("HTTP/1.1 200 OK\r\n").doesNotEndWith("0\r\n\r\n");
    }
    assertThat(get(endpoint, "/health").statusCode()).isEqualTo(200);
  }

  private static HttpEndpoint idle(Endpoint endpoint) {
    return new HttpEndpoint(
        endpoint,
        HttpEndpoint.MAX_CONNECTIONS,
        List.of(),
        Optional.empty(),
        new PageContent(() -> SampleSelfMetrics.idle(new Ledger()), () -> WELL, List::of, _ -> {}));
  }

  private HttpEndpoint start(Health health) {
    return start(() -> SampleSelfMetrics.of(SampleSelfMetrics.ledger()), health);
  }

  private HttpEndpoint start(Supplier<SelfMetricSnapshot> selfMetrics, Health health) {
    return start(selfMetrics, health, HttpDeadlines.DEFAULT.answer());
  }

  private HttpEndpoint start(
      Supplier<SelfMetricSnapshot> selfMetrics, Health health, Duration answerDeadline) {
    var endpoint =
        new HttpEndpoint(
            new Endpoint("127.0.0.1", 0),
            HttpEndpoint.MAX_CONNECTIONS,
            List.of(),
            Optional.empty(),
            new PageContent(
                selfMetrics,
                () -> health,
                () -> List.of(new WaitingTopic("metrics-\"a", 3, 7, 90, "no leader")),
                _ -> {}),
            new HttpDeadlines(
                HttpDeadlines.DEFAULT.request(),
                answerDeadline,
                HttpDeadlines.DEFAULT.progress(),
                HttpDeadlines.DEFAULT.linger()),
            System::nanoTime);
    started.add(endpoint);
    try {
      endpoint.start();
    } catch (IOException e) {
      throw new AssertionError("cannot listen", e);
    }
    return endpoint;
  }

  private HttpResponse<String> get(HttpEndpoint endpoint, String path) throws Exception {
    return send(endpoint, "GET", path);
  }

  private HttpResponse<String> send(HttpEndpoint endpoint, String method, String path)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(endpoint, path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(HttpEndpoint endpoint, String path) {
    return URI.create("http://127.0.0.1:" + endpoint.port() + path);
  }

  private static String readAll(Socket socket) throws IOException {
    var read = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(read);
    } catch (SocketException e) {
      // Cut off by a reset: the bytes before it count.
      assertThat(e).hasMessageContaining("reset");
    }
    return read.toString(UTF_8);
  }

  /** About 20 MB of JSON: more than the buffers of any connection. */
  private static Ledger largeLedger() {
    var ledger = new Ledger();
    for (int i = 0; i < 20_000; i++) {
      ledger.receive(
          ledger.open("tcp 127.0.0.1:" + i),
          List.of(new SourceEntry("topic-" + i, LedgerTerm.REJECTED_TOPIC, 1, 10)));
    }
    return ledger;
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
