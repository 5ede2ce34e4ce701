// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.deliveries;

import dcos.metrics.inspector.format.StatusTone;

/**
 * A Kafka message.
 *
 * @param position in the order in which they were made; -1 while its records are being collected
 *     and it is none yet
 * @param message its number in the collector, by which filters and exports know it; -1 if nobody
 *     said
 * @param millis when it was made, by the wall clock, since 1970; until then, when its first record
 *     came
 * @param trigger what made a message of its records
 * @param state in words: queued, sending, or the outcome and why
 * @param batchMillis from its first record until it was made, or until now
 * @param ackMillis from then until it was acknowledged, or until now
 */
public record DeliveryRow(
    long position,
    long message,
    long millis,
    String topic,
    int records,
    long bytes,
    String trigger,
    String state,
    StatusTone tone,
    double batchMillis,
    double ackMillis) {
  /** Whether it is a message: else its records are still being collected. */
  public boolean isMade() {
    return position >= 0;
  }

  /** The same after so many milliseconds of collecting. */
  public DeliveryRow batchedFor(double millis) {
    return new DeliveryRow(
        position,
        message,
        this.millis,
        topic,
        records,
        bytes,
        trigger,
        state,
        tone,
        millis,
        ackMillis);
  }
}
