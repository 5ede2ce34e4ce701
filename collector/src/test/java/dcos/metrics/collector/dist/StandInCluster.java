// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import dcos.metrics.testkit.standin.StandInDns;
import dcos.metrics.testkit.standin.StandInFramework;
import java.util.Map;

/** What tells where Kafka is: a DNS server with the framework's SRV record, and the framework. */
record StandInCluster(StandInDns dns, StandInFramework framework) implements AutoCloseable {
  private static final String NAME = "_kafka._tcp.marathon.mesos";
  private static final String HOST = "scheduler.test";

  /** Knows the framework by the name that the collector asks for by default. */
  static StandInCluster started(String... brokers) {
    StandInCluster cluster = withoutKafka(brokers);
    cluster.announceKafka();
    return cluster;
  }

  /** Knows nothing of the framework before {@link #announceKafka}. */
  static StandInCluster withoutKafka(String... brokers) {
    var framework = StandInFramework.started(brokers);
    var dns = StandInDns.started();
    dns.a(HOST, "127.0.0.1");
    return new StandInCluster(dns, framework);
  }

  void announceKafka() {
    dns.srv(NAME, 0, 1, framework.port(), HOST);
  }

  /** What a collector that is not in the cluster is to be told beside its own settings. */
  Map<String, String> environment() {
    return Map.of("DNS_SERVERS", dns.endpoint());
  }

  @Override
  public void close() {
    dns.close();
    framework.close();
  }
}
