// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Instant;
import java.util.Optional;

/** A state of health for tests that are about something else. */
final class SampleHealth {
  static final Health WELL =
      new Health(
          Optional.empty(),
          Health.Kafka.UP,
          Instant.EPOCH,
          Optional.empty(),
          false,
          Optional.empty());

  private SampleHealth() {}
}
