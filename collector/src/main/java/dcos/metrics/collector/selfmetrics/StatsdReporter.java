// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Sends the figures as StatsD gauges over UDP. The host is looked up again each period, as it may
 * move. One thread at a time, but for {@link #close}.
 */
final class StatsdReporter implements SelfMetricReporter.Reporter {
  private static final String PREFIX = "dcos.metrics.collector.";

  // A receiver's buffer takes some 150 datagrams at once, and a thousand topics make more.
  private static final int BURST = 50;
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final String host;
  private final int port;
  private final Logger logger;
  private final Resolver resolver;
  private final TopicGauges topics = new TopicGauges();
  // Opened by the first report, again after one that failed.
  private volatile @Nullable DatagramSocket socket;
  private volatile boolean closed;
  private boolean failing;
  private long tooLong;
  private long sent;

  /** Looks a host up. */
  interface Resolver {
    InetAddress resolve(String host) throws UnknownHostException;
  }

  StatsdReporter(String host, int port, Logger logger, Resolver resolver) {
    this.host = host;
    this.port = port;
    this.logger = logger;
    this.resolver = resolver;
  }

  @Override
  public void report(Map<Component, Map<String, Long>> period, SelfMetricSnapshot selfMetrics) {
    // Counted even if they can not be sent: the next period is told its own differences only.
    Map<String, Long> topicGauges = topics.of(selfMetrics.ledger());
    try {
      send(period, topicGauges);
      logItWorks();
    } catch (IOException e) {
      closeSocket();
      logItFails(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    closeSocket();
  }

  private void send(Map<Component, Map<String, Long>> period, Map<String, Long> topicGauges)
      throws IOException {
    InetAddress address = resolver.resolve(host);
    DatagramSocket out = openSocket();
    GaugeDatagrams packer =
        new GaugeDatagrams(
            (bytes, length) -> {
              out.send(new DatagramPacket(bytes, length, address, port));
              sent++;
              if (sent % BURST == 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
              }
            });
    for (Map.Entry<Component, Map<String, Long>> component : period.entrySet()) {
      String prefix = PREFIX + component.getKey().metricName() + ".";
      for (Map.Entry<String, Long> gauge : component.getValue().entrySet()) {
        packer.add(prefix + gauge.getKey(), gauge.getValue());
      }
    }
    for (Map.Entry<String, Long> gauge : topicGauges.entrySet()) {
      packer.add(PREFIX + gauge.getKey(), gauge.getValue());
    }
    tooLong += packer.tooLong();
    // The last, so that it can tell of all the others; only a topic makes a name that long.
    packer.add(PREFIX + Component.TOPIC_SORTER.metricName() + ".left_out_gauges", tooLong);
    packer.flush();
  }

  private DatagramSocket openSocket() throws IOException {
    DatagramSocket open = socket;
    if (open == null) {
      open = new DatagramSocket();
      socket = open;
    }
    if (closed) {
      closeSocket();
    }
    return open;
  }

  private void closeSocket() {
    DatagramSocket open = socket;
    if (open != null) {
      open.close();
      socket = null;
    }
  }

  private void logItWorks() {
    if (failing) {
      failing = false;
      logger
          .atInfo()
          .addKeyValue("host", host)
          .addKeyValue("port", port)
          .log("StatsD takes gauges again");
    }
  }

  private void logItFails(IOException cause) {
    if (!failing && !closed) {
      failing = true;
      logger
          .atWarn()
          .addKeyValue("host", host)
          .addKeyValue("port", port)
          .addKeyValue("cause", said(cause))
          .log("can not send gauges to StatsD, trying again each period");
    }
  }

  private static String said(IOException cause) {
    return cause instanceof UnknownHostException
        ? "host is unknown"
        : String.valueOf(cause.getMessage());
  }
}
