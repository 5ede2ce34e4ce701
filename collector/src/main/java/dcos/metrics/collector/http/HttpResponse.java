// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Sends one answer by RFC 9112. Every answer closes the connection: clients ask every few seconds
 * at most, and a connection that is kept would take a place from the others. Not thread-safe.
 */
final class HttpResponse {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private final OutputStream out;
  private final boolean withBody;
  private final boolean chunked;

  /**
   * @param withBody false for HEAD
   * @param chunked whether a body without a known length is sent in the chunked coding; otherwise
   *     it ends with the connection (RFC 9112, section 6.3)
   */
  HttpResponse(OutputStream out, boolean withBody, boolean chunked) {
    this.out = out;
    this.withBody = withBody;
    this.chunked = chunked;
  }

  /**
   * Sends one line.
   *
   * @param fields header lines, each with its CRLF
   */
  void sendLine(int status, String line, String fields) throws IOException {
    byte[] body = (line + "\n").getBytes(UTF_8);
    writeHead(
        status,
        fields
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + ("Content-Length: " + body.length + "\r\n"));
    if (withBody) {
      out.write(body, 0, body.length);
    }
  }

  /** Sends an answer as it is made. */
  void send(Page.PageAnswer answer) throws IOException {
    String fields =
        "Content-Type: " + answer.contentType() + "\r\n" + "Cache-Control: no-store\r\n";
    if (answer.status() == 401) {
      fields += "WWW-Authenticate: Bearer\r\n"; // RFC 9110, section 15.5.2
    }
    if (!withBody) {
      writeHead(answer.status(), fields);
      return;
    }
    writeHead(answer.status(), chunked ? fields + "Transfer-Encoding: chunked\r\n" : fields);
    var body = new BodyOutput(out, chunked);
    answer.writeTo(body);
    // Only now: a body that could not be finished must not look finished.
    body.finish();
  }

  private void writeHead(int status, String fields) throws IOException {
    String head =
        "HTTP/1.1 "
            + status
            + (" " + reason(status) + "\r\n")
            + ("Date: " + date(OffsetDateTime.now(ZoneOffset.UTC)) + "\r\n")
            + (fields + "Connection: close\r\n\r\n");
    byte[] bytes = head.getBytes(ISO_8859_1);
    out.write(bytes, 0, bytes.length);
  }

  /** As RFC 9110, section 5.6.7; a formatter of the JDK would load its locale data. */
  static String date(OffsetDateTime utc) {
    return DAYS[utc.getDayOfWeek().ordinal()]
        + (", " + twoDigits(utc.getDayOfMonth()))
        + (" " + MONTHS[utc.getMonthValue() - 1])
        + (" " + utc.getYear())
        + (" " + twoDigits(utc.getHour()))
        + (":" + twoDigits(utc.getMinute()))
        + (":" + twoDigits(utc.getSecond()))
        + " GMT";
  }

  private static String twoDigits(int value) {
    return value < 10 ? "0" + value : String.valueOf(value);
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 414 -> "URI Too Long";
      case 417 -> "Expectation Failed";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> ""; // RFC 9112, section 4: a client ignores it
    };
  }
}
