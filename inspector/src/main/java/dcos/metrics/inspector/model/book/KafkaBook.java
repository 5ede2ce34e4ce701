// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import dcos.metrics.collector.message.Outcome;
import dcos.metrics.inspector.model.captured.CapturedKafka;
import java.util.Optional;

/** How Kafka fares. Guarded by the recording's lock. */
final class KafkaBook {
  private CapturedKafka.State state = CapturedKafka.State.UNKNOWN;
  private long sinceMs;
  private String lastError = "";
  // Until Kafka has answered, that it is up is but assumed.
  private boolean answered;
  private long made;
  private long ended;
  private long delivered;
  private long failed;

  /**
   * What a snapshot says of it.
   *
   * @param up or down, or empty in a dry run
   * @param delivered whether it has ever taken a message
   */
  void begin(Optional<Boolean> up, boolean delivered, long wallMs) {
    answered |= delivered;
    CapturedKafka.State said =
        up.map(is -> is ? CapturedKafka.State.UP : CapturedKafka.State.DOWN)
            .orElse(CapturedKafka.State.DRY_RUN);
    if (said != state) {
      state = said;
      sinceMs = wallMs;
    }
  }

  void change(boolean up, String error, long wallMs) {
    state = up ? CapturedKafka.State.UP : CapturedKafka.State.DOWN;
    answered = true;
    sinceMs = wallMs;
    if (!error.isEmpty()) {
      lastError = error;
    }
  }

  void made() {
    made++;
  }

  /**
   * @param whole whether all of the message is settled now
   */
  void settled(Outcome outcome, boolean whole) {
    if (whole) {
      ended++;
    }
    if (outcome instanceof Outcome.Delivered) {
      answered = true;
      delivered++;
    }
  }

  void failed(String error) {
    failed++;
    lastError = error;
  }

  CapturedKafka row() {
    return new CapturedKafka(
        state == CapturedKafka.State.UP && !answered ? CapturedKafka.State.UNKNOWN : state,
        sinceMs,
        lastError,
        Math.max(0, made - ended),
        delivered,
        failed);
  }
}
