// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.settings.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses requests that a web page makes in an operator's browser. A page of another site sends an
 * {@code Origin} (Fetch standard, section 3.2). A page whose name was rebound to our address is of
 * the same origin for the browser, but its requests carry its own name as {@code Host} (RFC 9110,
 * section 7.2). Thread-safe.
 */
final class AllowedHosts {
  private final boolean onLoopback;
  private final Set<String> configured;
  private final MachineNames machineNames;

  /**
   * @param configured names that are allowed where the endpoint is not on the loopback
   */
  AllowedHosts(Endpoint endpoint, List<String> configured) {
    this(endpoint, configured, new MachineNames());
  }

  AllowedHosts(Endpoint endpoint, List<String> configured, MachineNames machineNames) {
    this.onLoopback = isLoopback(endpoint);
    this.configured = configured.stream().map(AllowedHosts::plain).collect(Collectors.toSet());
    this.machineNames = machineNames;
  }

  /** Whether an endpoint can be reached from this machine only. */
  static boolean isLoopback(Endpoint endpoint) {
    try {
      return InetAddress.getByName(endpoint.host()).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false; // it cannot be bound either
    }
  }

  /**
   * Why a request is refused; empty if it is not.
   *
   * @param hosts the values of its {@code Host}
   * @param origins the values of its {@code Origin}
   */
  Optional<String> refusal(List<String> hosts, List<String> origins) {
    if (hosts.size() > 1) {
      return Optional.of("more than one Host");
    }
    for (String origin : origins) {
      if (hosts.isEmpty() || !origin.equalsIgnoreCase("http://" + hosts.getFirst())) {
        return Optional.of("Origin " + ProgramLog.quote(origin) + " is not allowed");
      }
    }
    if (hosts.isEmpty() || isAllowed(nameOf(hosts.getFirst()))) {
      return Optional.empty();
    }
    return Optional.of(
        "Host %s is not allowed; allowed are localhost and IP addresses%s"
            .formatted(
                ProgramLog.quote(hosts.getFirst()),
                onLoopback ? "" : ", this machine's names and those in http-hosts"));
  }

  private boolean isAllowed(String name) {
    if (name.equals("localhost") || isAddress(name)) {
      return true;
    }
    return !onLoopback && (configured.contains(name) || machineNames.contains(name));
  }

  private static boolean isAddress(String name) {
    try {
      return InetAddress.ofLiteral(name).getHostAddress() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Without the port, and without the brackets of an IPv6 address. */
  private static String nameOf(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(1, end);
    }
    int colon = host.lastIndexOf(':');
    return plain(colon < 0 ? host : host.substring(0, colon));
  }

  /** In lower case and without the dot at the end of an absolute name. */
  static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
