// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

/** What became of a record so far. */
public enum RecordState {
  /** No verdict is known. */
  RECEIVED,
  /** Accepted, and in no message yet. */
  BATCHING,
  /** In a message on its way. */
  SENDING,
  DELIVERED,
  DRY_RUN,
  /** Over the input limit of its connection. */
  THROTTLED_INPUT,
  /** Over the limit of all that leaves. */
  THROTTLED_GLOBAL,
  /** Its topic cannot be made one of Kafka's. */
  REJECTED_TOPIC,
  /** No retry mends its message. */
  FAILED,
  /** Its block's contents do not match its counts. */
  DAMAGED,
  /** Its message has an outcome, or a reason, of a newer version. */
  UNKNOWN,
  /** It goes into no message, by a verdict of a newer version. */
  UNKNOWN_VERDICT
}
