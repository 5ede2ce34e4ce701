// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpResponseTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "1994-11-06T08:49:37Z, 'Sun, 06 Nov 1994 08:49:37 GMT'",
    "2026-12-31T23:00:00Z, 'Thu, 31 Dec 2026 23:00:00 GMT'"
  })
  void datesAreInTheFixedFormat(String time, String date) {
    assertThat(HttpResponse.date(OffsetDateTime.parse(time))).isEqualTo(date);
  }

  @Test
  void aBodyIsSentInChunksWithAnEnd() throws Exception {
    new HttpResponse(out, true, true).send(answer(200, "x".repeat(8192) + "yz"));

    assertThat(out.toString(UTF_8))
        .startsWith("HTTP/1.1 200 OK\r\nDate: ")
        .contains("\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2000\r\nx")
        .endsWith("x\r\n2\r\nyz\r\n0\r\n\r\n");
  }

  @Test
  void anUnauthorizedClientLearnsTheScheme() throws Exception {
    new HttpResponse(out, true, true).send(answer(401, "no"));

    assertThat(out.toString(UTF_8)).contains("\r\nWWW-Authenticate: Bearer\r\n");
  }

  @Test
  void headHasNoBody() throws Exception {
    new HttpResponse(out, false, true).send(answer(200, "no"));
    assertThat(out.toString(UTF_8)).endsWith("Connection: close\r\n\r\n");

    out.reset();
    new HttpResponse(out, false, true).sendLine(404, "none", "");
    assertThat(out.toString(UTF_8)).endsWith("Content-Length: 5\r\nConnection: close\r\n\r\n");
  }

  private static Page.PageAnswer answer(int status, String body) {
    return new Page.PageAnswer() {
      @Override
      public int status() {
        return status;
      }

      @Override
      public String contentType() {
        return "text/plain";
      }

      @Override
      public void writeTo(OutputStream to) throws IOException {
        to.write(body.getBytes(UTF_8));
      }
    };
  }
}
