// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.pinned;

import static java.nio.charset.StandardCharsets.UTF_8;

import dcos.metrics.collector.selfmetrics.SampleSelfMetrics;
import dcos.metrics.collector.selfmetrics.SelfMetricReporter;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.testing.StandardError;
import dcos.metrics.testkit.PinnedNames;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names of the collector's own metrics, as they arrive at StatsD and in the log. */
@Timeout(60)
class PinnedSelfMetricsTest {
  /** The last gauge of a report. */
  private static final String LAST = ".left_out_gauges";

  private static final Pattern KEY = Pattern.compile(" ([\\w-]+)=(\\S*)");

  private final PinnedNames pinned = PinnedNames.ofModule();

  @Test
  void noGaugeOfStatsdChanges() throws Exception {
    SortedSet<String> names = new TreeSet<>();
    try (var statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      statsd.setSoTimeout(30_000);
      int port = statsd.getLocalPort();
      Map<String, String> options =
          Map.of("STATSD_UDP_HOST", "127.0.0.1", "STATSD_UDP_PORT", Integer.toString(port));
      try (var _ = new DryRun(options)) { // Reports at its end.
      }
      receive(statsd, names);
      // Of topics, with every outcome.
      var settings = new Settings.Statsd(Optional.of("127.0.0.1"), port, Duration.ofHours(1));
      try (var metrics =
          new SelfMetricReporter(
              settings, () -> SampleSelfMetrics.of(SampleSelfMetrics.ledger()))) {
        metrics.start();
      }
      receive(statsd, names);
    }

    pinned.check("statsd gauges", names);
  }

  @Test
  void noKeyOfALoggedComponentChanges() throws Exception {
    List<String> lines;
    try (var log = StandardError.captured()) {
      try (var _ = new DryRun(Map.of())) { // Reports at its end.
      }
      lines = log.lines(" component=");
    }
    SortedSet<String> names = new TreeSet<>();
    for (String line : lines) {
      var keys = KEY.matcher(line).results().toList();
      String component = keys.getFirst().group(2);
      keys.stream().skip(1).forEach(key -> names.add(component + " " + key.group(1)));
    }

    pinned.check("self-metrics log keys", names);
  }

  private static void receive(DatagramSocket statsd, SortedSet<String> names) throws IOException {
    boolean last = false;
    while (!last) {
      var packet = new DatagramPacket(new byte[2048], 2048);
      statsd.receive(packet);
      for (String gauge :
          new String(packet.getData(), 0, packet.getLength(), UTF_8).split("\n", -1)) {
        String name = gauge.substring(0, gauge.lastIndexOf(':'));
        names.add(name.replaceAll("\\.topics\\.[^.]+\\.", ".topics.TOPIC."));
        last |= name.endsWith(LAST);
      }
    }
  }
}
