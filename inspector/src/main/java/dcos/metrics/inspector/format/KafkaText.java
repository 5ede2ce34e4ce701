// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.model.captured.CapturedKafka;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.List;
import java.util.Optional;

/** Kafka's state in words and colours, the same everywhere. */
final class KafkaText {
  private KafkaText() {}

  /** Those that it was told of; empty where they are found by a framework's name. */
  static Optional<String> brokers(List<String> settings) {
    return new LimitsInForce(settings)
        .value(Options.KAFKA_BROKERS)
        .filter(brokers -> !brokers.isBlank());
  }

  /** How well that is. */
  static Tone tone(CapturedKafka kafka) {
    return switch (kafka.state()) {
      case UNKNOWN, DRY_RUN -> Tone.QUIET;
      case UP -> Tone.GOOD;
      case NOT_DELIVERING -> Tone.BAD;
    };
  }
}
