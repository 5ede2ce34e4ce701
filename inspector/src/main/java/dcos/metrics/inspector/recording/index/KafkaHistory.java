// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How Kafka fares. Guarded by the recording's lock. */
final class KafkaHistory {
  /** So many outages are kept. */
  static final int KEPT = 1000;

  private CapturedKafka.KafkaAvailability state = CapturedKafka.KafkaAvailability.UNKNOWN;
  private long sinceMs;
  private String lastError = "";
  // Until Kafka has answered, that it is up is but assumed.
  private boolean answered;
  private long made;
  private long ended;
  private long delivered;
  private long failed;
  // The last of them lasts while nothing is delivered.
  private final Deque<CapturedKafka.KafkaOutage> outages = new ArrayDeque<>();
  private long outagesBefore;

  /**
   * What a snapshot says of it.
   *
   * @param up whether it takes messages, or empty in a dry run
   * @param delivered whether it has ever taken a message
   */
  void begin(Optional<Boolean> up, boolean delivered, long wallMs) {
    answered |= delivered;
    CapturedKafka.KafkaAvailability said =
        up.map(
                is ->
                    is
                        ? CapturedKafka.KafkaAvailability.UP
                        : CapturedKafka.KafkaAvailability.NOT_DELIVERING)
            .orElse(CapturedKafka.KafkaAvailability.DRY_RUN);
    if (said == CapturedKafka.KafkaAvailability.DRY_RUN) {
      become(said, wallMs);
    } else {
      turn(said == CapturedKafka.KafkaAvailability.UP, "", wallMs);
    }
  }

  void change(boolean up, String error, long wallMs) {
    answered = true;
    turn(up, error, wallMs);
  }

  private void turn(boolean up, String error, long wallMs) {
    boolean lasts = state == CapturedKafka.KafkaAvailability.NOT_DELIVERING;
    if (!error.isEmpty()) {
      lastError = error;
    }
    if (lasts) {
      CapturedKafka.KafkaOutage last = outages.removeLast();
      outages.addLast(
          new CapturedKafka.KafkaOutage(
              last.fromMs(),
              up ? OptionalLong.of(wallMs) : OptionalLong.empty(),
              error.isEmpty() ? last.error() : error));
    } else if (!up) {
      outages.addLast(new CapturedKafka.KafkaOutage(wallMs, OptionalLong.empty(), error));
      if (outages.size() > KEPT) {
        outages.removeFirst();
        outagesBefore++;
      }
    }
    become(
        up ? CapturedKafka.KafkaAvailability.UP : CapturedKafka.KafkaAvailability.NOT_DELIVERING,
        wallMs);
  }

  private void become(CapturedKafka.KafkaAvailability now, long wallMs) {
    if (now != state) {
      state = now;
      sinceMs = wallMs;
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
        state == CapturedKafka.KafkaAvailability.UP && !answered
            ? CapturedKafka.KafkaAvailability.UNKNOWN
            : state,
        sinceMs,
        lastError,
        Math.max(0, made - ended),
        delivered,
        failed,
        List.copyOf(outages),
        outagesBefore);
  }
}
