// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.delivery;

import dcos.metrics.collector.outcome.LedgerTerm;
import java.time.Instant;
import java.util.Optional;

/**
 * How delivery goes, at one moment. Immutable.
 *
 * @param state whether messages are being acknowledged
 * @param since when that began; for an outage its beginning
 * @param outage whether an outage lasts
 * @param lastError the last error, of this outage or an earlier one, one line
 * @param messages counts of messages
 */
public record DeliveryStatus(
    DeliveryState state,
    Instant since,
    boolean outage,
    Optional<String> lastError,
    Messages messages) {

  /** The last error while an outage lasts. */
  public Optional<String> outageError() {
    return outage ? lastError : Optional.empty();
  }

  /**
   * Counts of messages, since the start but for the last two.
   *
   * @param submitted handed over; those sent again are not counted again
   * @param acknowledged that the destination has, parts of split ones among them
   * @param resent sendings after the first of a message
   * @param split that were too large and went in parts
   * @param undeliverable that no retry mends, or parts of them
   * @param inFlight that were sent and not acknowledged yet, now
   * @param waiting that were not sent yet, now
   */
  public record Messages(
      long submitted,
      long acknowledged,
      long resent,
      long split,
      long undeliverable,
      long inFlight,
      long waiting) {}

  /** Whether the destination acknowledges messages. */
  public enum DeliveryState {
    /** Nothing is sent. */
    DRY_RUN(LedgerTerm.DRY_RUN.kind()),
    /** No message has been acknowledged yet; in an outage, the destination cannot be reached. */
    CONNECTING("connecting"),
    /** The last messages were acknowledged. */
    UP("up"),
    /** Messages were sent, and none has been acknowledged for too long. */
    NOT_DELIVERING("not-delivering"),
    /** The destination cannot be reached any more. */
    DOWN("down");

    private final String code;

    DeliveryState(String code) {
      this.code = code;
    }

    /** As {@code /health} names it. */
    public String code() {
      return code;
    }
  }
}
