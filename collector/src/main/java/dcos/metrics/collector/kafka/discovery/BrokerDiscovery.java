// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.discovery;

import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds Kafka's brokers: those that were given, or those that the framework's scheduler names. The
 * scheduler is found by its SRV record. Keeps nothing between two lookups. Thread-safe.
 */
public final class BrokerDiscovery {
  private final List<Endpoint> brokers;
  private final String framework;
  private final SrvResolver dns;
  private final FrameworkClient scheduler;

  private BrokerDiscovery(List<Endpoint> brokers, String framework, SrvResolver dns) {
    this.brokers = brokers;
    this.framework = framework;
    this.dns = dns;
    this.scheduler = new FrameworkClient(dns);
  }

  /**
   * A lookup by brokers, or else by a framework.
   *
   * @param brokers empty asks the framework
   * @param framework its name, without a domain
   * @param dnsServers asked for the framework's address; empty asks the system's
   */
  public static BrokerDiscovery of(
      List<Endpoint> brokers, String framework, List<Endpoint> dnsServers) {
    return new BrokerDiscovery(List.copyOf(brokers), framework, new SrvResolver(dnsServers));
  }

  /**
   * Asks, for some seconds at most for each server that does not answer.
   *
   * @return at least one
   * @throws IOException if none was found: what was asked, where, and what came, in one line
   */
  public List<Endpoint> find() throws IOException {
    if (!brokers.isEmpty()) {
      return brokers;
    }
    List<Endpoint> targets = dns.services("_" + framework + "._tcp.marathon.mesos");
    List<String> errors = new ArrayList<>();
    for (Endpoint target : targets) {
      try {
        return scheduler.brokers(reachable(target));
      } catch (IOException e) {
        errors.add(text(e));
      }
    }
    throw new IOException(String.join("; ", errors));
  }

  /** The target, or the framework's own name where the target's does not resolve. */
  private Endpoint reachable(Endpoint target) throws IOException {
    try {
      var _ = dns.lookup(target.host());
      return target;
    } catch (IOException e) {
      return fallback(target.port(), e);
    }
  }

  /** What our own resolver says tells it all. */
  private static String text(IOException e) {
    return String.valueOf(e.getMessage());
  }

  private Endpoint fallback(int port, IOException why) throws IOException {
    var fallback = new Endpoint(framework + ".mesos", port);
    try {
      var _ = dns.lookup(fallback.host());
      return fallback;
    } catch (IOException e) {
      throw new IOException(text(why) + ", " + text(e), e);
    }
  }
}
