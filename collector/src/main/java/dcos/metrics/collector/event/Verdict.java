// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

/** What was decided of a record when it came in. */
public enum Verdict {
  /** It goes into a message. */
  ACCEPTED,
  /** It was over the input limit of its connection. */
  THROTTLED,
  /** Its topic can not be made one of Kafka's. */
  REJECTED_TOPIC
}
