// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

/** Where a message is. */
public enum DeliveryState {
  /** Its records are being collected; the message does not exist yet. */
  BATCHING,
  /** Made, and on its way. */
  SENDING,
  /** Kafka has acknowledged it. */
  DELIVERED,
  /** It would have been sent, were this not a dry run. */
  DRY_RUN,
  /** Over the global limit. */
  THROTTLED,
  /** No retry mends it. */
  FAILED,
  /** It was split, and its parts fared differently. */
  PARTLY_FAILED,
  /** It has an outcome of a later version, which this one does not know. */
  UNKNOWN
}
