// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.format;

import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.RecordedSettings;
import java.util.List;
import java.util.Optional;

/** Kafka's state in words and colours, the same everywhere. */
public final class KafkaText {
  private KafkaText() {}

  /** Those that it was told of; empty where they are found by a framework's name. */
  public static Optional<String> brokers(List<String> settings) {
    return new RecordedSettings(settings)
        .value(Options.KAFKA_BROKERS)
        .filter(brokers -> !brokers.isBlank());
  }

  /** How well that is. */
  public static StatusTone tone(CapturedKafka kafka) {
    return switch (kafka.state()) {
      case UNKNOWN, DRY_RUN -> StatusTone.QUIET;
      case UP -> StatusTone.GOOD;
      case NOT_DELIVERING -> StatusTone.BAD;
    };
  }
}
