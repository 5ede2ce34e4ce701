// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {
  private static final String HOST = "Host: localhost\r\n";

  static Stream<Arguments> malformed() {
    return Stream.of(
        of(400, "GET\r\n" + HOST, "the request line must be: method, target, version"),
        of(400, "GET /health\r\n" + HOST, "the request line must be"),
        of(400, "GET  /health HTTP/1.1\r\n" + HOST, "the request line must be"),
        of(400, "GET /health HTTP/1.1 x\r\n" + HOST, "the request line must be"),
        of(400, " GET /health HTTP/1.1\r\n" + HOST, "the request line must be"),
        of(400, "G(T /health HTTP/1.1\r\n" + HOST, "the method is not a token"),
        of(400, "GET /health http/1.1\r\n" + HOST, "the version is not HTTP/n.n"),
        of(400, "GET /health HTTP/1\r\n" + HOST, "the version is not HTTP/n.n"),
        of(505, "PRI * HTTP/2.0\r\n", "only HTTP/1.0 and HTTP/1.1"),
        of(505, "GET /health HTTP/0.9\r\n" + HOST, "only HTTP/1.0 and HTTP/1.1"),
        of(400, "GET /health HTTP/1.1\r\n" + HOST + HOST, "more than one Host"),
        of(400, "GET /health HTTP/1.1\r\nHost: a\r\n b\r\n", "a folded header line"),
        of(400, "GET /health HTTP/1.1\r\n\tx: y\r\n" + HOST, "a folded header line"),
        of(400, "GET /health HTTP/1.1\r\nHost : a\r\n", "a header line without a name"),
        of(400, "GET /health HTTP/1.1\r\n: a\r\n" + HOST, "a header line without a name"),
        of(400, "GET /health HTTP/1.1\r\nHost\r\n", "a header line without a name"),
        of(400, "GET /health HTTP/1.1\r\nA: b\rHost: c\r\n" + HOST, "a control character"),
        of(400, "GET /health HTTP/1.1\r\nA: \0\r\n" + HOST, "a control character"),
        of(400, "GET /hea\tlth HTTP/1.1\r\n" + HOST, "a character in the target"),
        of(400, "GET /hea\u00e4lth HTTP/1.1\r\n" + HOST, "a character in the target"),
        of(400, "GET /health#x HTTP/1.1\r\n" + HOST, "a character in the target"),
        of(400, "GET health HTTP/1.1\r\n" + HOST, "the target must be a path or an http URL"),
        of(400, "OPTIONS * HTTP/1.1\r\n" + HOST, "the target must be a path or an http URL"),
        of(400, "CONNECT a:1 HTTP/1.1\r\n" + HOST, "the target must be a path or an http URL"),
        of(400, "GET ftp://a/ HTTP/1.1\r\n" + HOST, "the target must be a path or an http URL"),
        of(400, "GET http:///health HTTP/1.1\r\n" + HOST, "the target's host is not allowed"),
        of(400, "GET http://u@a/ HTTP/1.1\r\n" + HOST, "the target's host is not allowed"),
        of(400, "GET /%6 HTTP/1.1\r\n" + HOST, "a percent sign without two"),
        of(400, "GET /%zz HTTP/1.1\r\n" + HOST, "a percent sign without two"),
        of(400, "GET / HTTP/1.1\r\nContent-Length: 1\r\n" + HOST, "a request with content"),
        of(400, "GET / HTTP/1.1\r\nContent-Length: +0\r\n" + HOST, "a request with content"),
        of(400, "GET / HTTP/1.1\r\nContent-Length: 0, 5\r\n" + HOST, "a request with content"),
        of(
            400,
            "HEAD / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST,
            "a request with content"),
        of(
            400,
            "GET / HTTP/1.1\r\nContent-Length: 0\r\nTransfer-Encoding: x\r\n" + HOST,
            "a request with content"),
        of(417, "GET / HTTP/1.1\r\nExpect: more\r\n" + HOST, "only Expect: 100-continue"),
        of(431, "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(64) + HOST, "more than 64 header fields"),
        of(431, "GET / HTTP/1.1\r\nA: " + "b".repeat(9000) + "\r\n", "the header exceeds 8192"),
        of(414, "GET /" + "b".repeat(9000), "the request line exceeds the limit"),
        of(414, "\r\n".repeat(5000), "the request line exceeds the limit"));
  }

  private static Arguments of(int status, String head, String reason) {
    return Arguments.of(status, head, reason);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatCouldBeUnderstoodDifferently(int status, String head, String reason) {
    assertThatThrownBy(() -> read(head + "\r\n"))
        .isInstanceOfSatisfying(
            MalformedRequestException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.reason()).contains(reason);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/health, /health",
    "/health?x=/metrics, /health",
    "/%68ealth, /health",
    "/a%2525, /a%25",
    "//localhost/health, //localhost/health",
    "/a/../health, /a/../health",
    "/%C3%A4, /\u00e4",
    "http://localhost, /",
    "http://localhost?x, /",
    "HTTP://localhost:9124/health?x, /health"
  })
  void decodesThePathOnceAndDropsTheQuery(String target, String path) throws Exception {
    assertThat(get(target).path()).isEqualTo(path);
  }

  @Test
  void theHostOfTheTargetReplacesTheField() throws Exception {
    assertThat(get("http://a:1/health").hosts()).containsExactly("a:1");
    assertThat(get("/health").hosts()).containsExactly("localhost");
  }

  @Test
  void readsTheFieldsThatPagesNeed() throws Exception {
    HttpRequest request =
        accepted(
            String.join(
                "\r\n",
                "HEAD / HTTP/1.1",
                "hOST:\t LocalHost ",
                "Origin: a",
                "origin:b",
                "Authorization: Bearer x",
                "Content-Length: 0",
                "Expect: 100-Continue",
                ""));

    assertThat(request.isHead()).isTrue();
    assertThat(request.hosts()).containsExactly("LocalHost");
    assertThat(request.origins()).containsExactly("a", "b");
    assertThat(request.authorization()).isEqualTo("Bearer x");
    assertThat(request.keepsChunks()).isTrue();
  }

  @Test
  void acceptsARequestWithoutHost() throws Exception {
    assertThat(accepted("GET /health HTTP/1.1\r\n").hosts()).isEmpty();
  }

  @Test
  void aClientOfHttp10NeedsNoHostAndTakesNoChunks() throws Exception {
    HttpRequest request = accepted("GET /health HTTP/1.0\r\n");

    assertThat(request.hosts()).isEmpty();
    assertThat(request.keepsChunks()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\nHost: a\n\n", "\r\n\nGET / HTTP/1.1\r\nHost: a\n\r\n"})
  void acceptsSingleLineFeedsAndEmptyLinesInFront(String head) throws Exception {
    assertThat(Objects.requireNonNull(read(head)).hosts()).containsExactly("a");
  }

  @Test
  void refusesNoMethodYet() throws Exception {
    HttpRequest request = accepted("POST /x HTTP/1.1\r\nContent-Length: 7\r\n" + HOST);

    assertThat(request.isRead()).isFalse();
  }

  @Test
  void readsNoFurtherThanTheHeader() throws Exception {
    var in = bytes("GET / HTTP/1.1\r\n" + HOST + "\r\nGET /second HTTP/1.1\r\n");

    assertThat(Objects.requireNonNull(new RequestReader(in).read()).path()).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\r\n", "GET", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\n\r"})
  void aConnectionThatEndsEarlyHasNoRequest(String head) throws Exception {
    assertThat(read(head)).isNull();
  }

  @Test
  void readsAHeaderThatArrivesByteByByte() throws Exception {
    InputStream whole = bytes("GET /health HTTP/1.1\r\n" + HOST + "\r\n");
    var single =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return whole.read(into, offset, Math.min(1, length));
          }
        };

    assertThat(Objects.requireNonNull(new RequestReader(single).read()).path())
        .isEqualTo("/health");
  }

  private static HttpRequest get(String target) throws IOException {
    return accepted("GET " + target + " HTTP/1.1\r\n" + HOST);
  }

  private static HttpRequest accepted(String head) throws IOException {
    return Objects.requireNonNull(read(head + "\r\n"));
  }

  private static @Nullable HttpRequest read(String head) throws IOException {
    return new RequestReader(bytes(head)).read();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }
}
