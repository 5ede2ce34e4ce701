// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, as in {@code 127.0.0.1:8124} or {@code [::1]:8124}.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535; 0 picks one where something listens
 */
public record Endpoint(String host, int port) {
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}_.%:-]+");
  // An IPv6 address holds colons itself, so it stands in brackets.
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([^\\[\\]]+)\\]|([^\\[\\]:]+)):([0-9]{1,5})");

  public Endpoint {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("host must be a name or an address");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
    }
  }

  /** Reads {@code HOST:PORT}; an IPv6 address stands in brackets. */
  public static Endpoint parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be HOST:PORT, an IPv6 address in brackets");
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    return new Endpoint(host, Integer.parseInt(parts.group(3)));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
