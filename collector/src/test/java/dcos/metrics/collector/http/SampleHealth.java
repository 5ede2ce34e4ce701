// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.delivery.DeliveryStatus.DeliveryState;
import dcos.metrics.collector.delivery.DeliveryStatus.Messages;
import java.time.Instant;
import java.util.Optional;

/** States of health, and one for tests that are about something else. */
final class SampleHealth {
  static final Health WELL =
      new Health(
          Optional.empty(),
          delivery(DeliveryState.UP, Instant.EPOCH, Optional.empty()),
          false,
          Optional.empty());

  private SampleHealth() {}

  /**
   * @param outageError of the outage that lasts; empty where none does
   */
  static DeliveryStatus delivery(DeliveryState state, Instant since, Optional<String> outageError) {
    return new DeliveryStatus(
        state, since, outageError.isPresent(), outageError, new Messages(0, 0, 0, 0, 0, 0, 0));
  }
}
