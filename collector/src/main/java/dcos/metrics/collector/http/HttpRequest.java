// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header of a request, as far as pages need it.
 *
 * @param path of the target, percent-decoded, without the query
 * @param keepsChunks whether the client takes the chunked coding: HTTP/1.1 and later
 * @param hosts the values of {@code Host}, at most one; that of the target where it has one
 * @param origins the values of {@code Origin}
 * @param authorization the value of {@code Authorization}; empty if there is none
 */
record HttpRequest(
    String method,
    String path,
    boolean keepsChunks,
    List<String> hosts,
    List<String> origins,
    String authorization) {

  /** The most header fields of a request. */
  static final int MAX_FIELDS = 64;

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VERSION = Pattern.compile("HTTP/([0-9])\\.([0-9])");
  private static final String SCHEME = "http://";

  HttpRequest {
    hosts = List.copyOf(hosts);
    origins = List.copyOf(origins);
  }

  /** A header field; the name in lower case. */
  private record Field(String name, String value) {}

  /**
   * Whether the answer has no body.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2">RFC 9110, 9.3.2</a>
   */
  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether the method is one that only reads: GET or HEAD. */
  boolean isRead() {
    return isHead() || method.equals("GET");
  }

  /**
   * Parses a request's header by RFC 9112, sections 3 and 5. It accepts a line that ends with a
   * single LF (section 2.2), and is strict in everything else that servers and proxies could
   * understand differently.
   *
   * @param head the lines, each with its end, without the empty line after them; one character per
   *     byte
   */
  static HttpRequest parse(String head) throws MalformedRequestException {
    List<String> lines = lines(head);
    String[] parts = lines.getFirst().split(" ", -1);
    if (parts.length != 3) {
      throw malformed("the request line must be: method, target, version");
    }
    boolean keepsChunks = checkVersion(parts[2]);
    String method = parts[0];
    if (!TOKEN.matcher(method).matches()) {
      throw malformed("the method is not a token");
    }
    if (lines.size() - 1 > MAX_FIELDS) {
      throw new MalformedRequestException(431, "more than " + MAX_FIELDS + " header fields");
    }
    List<Field> fields = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      fields.add(field(line));
    }
    List<String> hosts = values(fields, "host");
    if (hosts.size() > 1) {
      throw malformed("more than one Host"); // RFC 9112, section 3.2
    }
    // RFC 9112, section 3.2, requires 400 without Host for HTTP/1.1. Scripts and probes may omit
    // it;
    // a browser never does, so it is not needed to refuse a web page's requests.
    String target = parts[1];
    Optional<String> authority = authority(target);
    var request =
        new HttpRequest(
            method,
            path(target, authority),
            keepsChunks,
            // RFC 9112, section 3.2.2: the target's host replaces that of the field.
            authority.isPresent() ? List.of(authority.get()) : hosts,
            values(fields, "origin"),
            values(fields, "authorization").stream().findFirst().orElse(""));
    checkContent(request, fields);
    return request;
  }

  private static List<String> lines(String head) throws MalformedRequestException {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < head.length()) {
      int end = head.indexOf('\n', start);
      int next = end < 0 ? head.length() : end + 1;
      int last = end < 0 ? head.length() : end;
      if (last > start && head.charAt(last - 1) == '\r') {
        last--;
      }
      String line = head.substring(start, last);
      // RFC 9110, section 5.5, and RFC 9112, section 2.2: CR, LF and NUL are not part of a line.
      if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
        throw malformed("a control character in the header");
      }
      lines.add(line);
      start = next;
    }
    if (lines.isEmpty()) {
      throw malformed("no request line");
    }
    return lines;
  }

  /** Returns whether it is HTTP/1.1 or a later 1.x (RFC 9110, section 6.2). */
  private static boolean checkVersion(String version) throws MalformedRequestException {
    var matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw malformed("the version is not HTTP/n.n");
    }
    if (!matcher.group(1).equals("1")) {
      throw new MalformedRequestException(505, "only HTTP/1.0 and HTTP/1.1");
    }
    return !matcher.group(2).equals("0");
  }

  private static Field field(String line) throws MalformedRequestException {
    if (line.startsWith(" ") || line.startsWith("\t")) {
      throw malformed("a folded header line"); // RFC 9112, section 5.2
    }
    int colon = line.indexOf(':');
    // RFC 9112, section 5.1: no blank between the name and the colon.
    if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
      throw malformed("a header line without a name");
    }
    return new Field(
        line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
  }

  private static List<String> values(List<Field> fields, String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
  }

  /** The host and port of a target in absolute form (RFC 9112, section 3.2.2). */
  private static Optional<String> authority(String target) throws MalformedRequestException {
    if (!target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    int end = SCHEME.length();
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    String authority = target.substring(SCHEME.length(), end);
    if (authority.isEmpty() || authority.contains("@")) {
      throw malformed("the target's host is not allowed"); // RFC 9110, sections 4.2.1 and 4.2.4
    }
    return Optional.of(authority);
  }

  private static String path(String target, Optional<String> authority)
      throws MalformedRequestException {
    if (target.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '#')) {
      throw malformed("a character in the target that must be percent-encoded");
    }
    String rest =
        authority.map(host -> target.substring(SCHEME.length() + host.length())).orElse(target);
    int query = rest.indexOf('?');
    String path = query < 0 ? rest : rest.substring(0, query);
    if (path.isEmpty() && authority.isPresent()) {
      return "/";
    }
    if (!path.startsWith("/")) {
      throw malformed("the target must be a path or an http URL");
    }
    return decode(path);
  }

  /** RFC 3986, section 2.1; once, so that an encoded percent sign stays one. */
  private static String decode(String path) throws MalformedRequestException {
    if (path.indexOf('%') < 0) {
      return path;
    }
    var bytes = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
        int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw malformed("a percent sign without two hexadecimal digits");
        }
        bytes.write(16 * high + low);
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(UTF_8);
  }

  /**
   * A request that only reads has no content: with some, where it ends is a matter of opinion (RFC
   * 9110, section 9.3.1). Others are refused anyway, and the connection ends with the answer.
   */
  private static void checkContent(HttpRequest request, List<Field> fields)
      throws MalformedRequestException {
    List<String> lengths = values(fields, "content-length");
    List<String> codings = values(fields, "transfer-encoding");
    if (request.isRead()
        && (!codings.isEmpty() || lengths.stream().anyMatch(length -> !length.equals("0")))) {
      throw malformed("a request with content");
    }
    // RFC 9110, section 10.1.1: without content, the final status may be sent instead of 100.
    for (String expectation : values(fields, "expect")) {
      if (!expectation.equalsIgnoreCase("100-continue")) {
        throw new MalformedRequestException(417, "only Expect: 100-continue");
      }
    }
  }

  private static MalformedRequestException malformed(String reason) {
    return new MalformedRequestException(400, "malformed request: " + reason);
  }
}
