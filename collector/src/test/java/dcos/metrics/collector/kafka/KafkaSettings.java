// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as the defaults are, but for what a test is about. */
final class KafkaSettings {
  private KafkaSettings() {}

  static Settings of(Settings.Kafka kafka) {
    return of(kafka, 4 << 20);
  }

  static Settings of(Settings.Kafka kafka, int maxBlockBytes) {
    var limit = new Settings.Limit(0, Duration.ofSeconds(60));
    return new Settings(
        new Settings.Input(
            new Endpoint("127.0.0.1", 0),
            16,
            Duration.ZERO,
            Duration.ofSeconds(30),
            64 << 10,
            maxBlockBytes),
        limit,
        limit,
        Math.max(16 << 20, 4 * maxBlockBytes),
        new Settings.RecordLogs(false, false, false, false),
        new Settings.Recording(Optional.empty(), 1, 2),
        new Settings.Agent(
            false,
            List.of(),
            5051,
            "http",
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            "agent",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Settings.Batching(
            "metrics-", Optional.empty(), 1024, 512 << 10, Duration.ofSeconds(15)),
        kafka,
        new Settings.Statsd(Optional.empty(), 0, Duration.ofSeconds(15)),
        new Settings.Http(Optional.empty(), Optional.empty(), List.of()),
        Duration.ofSeconds(10));
  }

  /** Brokers and properties; sent at once, not compressed. */
  static Settings.Kafka kafka(String brokers, Map<String, String> properties) {
    return new Settings.Kafka(
        true,
        List.of(Endpoint.parse(brokers)),
        "",
        List.of(),
        Duration.ZERO,
        true,
        true,
        false,
        properties);
  }

  static Settings.Kafka uncompressed(String brokers) {
    return new Settings.Kafka(
        true,
        List.of(Endpoint.parse(brokers)),
        "",
        List.of(),
        Duration.ZERO,
        false,
        true,
        false,
        Map.of());
  }

  static Settings.Kafka linger(Settings.Kafka kafka, Duration linger) {
    return new Settings.Kafka(
        kafka.enabled(),
        kafka.brokers(),
        kafka.framework(),
        kafka.dnsServers(),
        linger,
        kafka.snappy(),
        kafka.allAcks(),
        kafka.verbose(),
        kafka.properties());
  }
}
