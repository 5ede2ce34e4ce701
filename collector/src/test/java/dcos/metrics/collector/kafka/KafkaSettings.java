// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static dcos.metrics.collector.settings.Options.KAFKA_BROKERS;
import static dcos.metrics.collector.settings.Options.KAFKA_FLUSH_MS;

import dcos.metrics.collector.settings.TestSettings;

/** Settings to deliver to given brokers, without waiting for more messages to send with one. */
public final class KafkaSettings {
  private KafkaSettings() {}

  public static TestSettings of(String brokers) {
    return TestSettings.defaults().with(KAFKA_BROKERS, brokers).with(KAFKA_FLUSH_MS, 0);
  }
}
