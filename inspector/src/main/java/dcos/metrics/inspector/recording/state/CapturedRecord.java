// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.MetricList;
import dcos.metrics.collector.outcome.RecordState;

/**
 * A MetricList as it arrived, and what became of it so far.
 *
 * @param number in the order of arrival, from 0
 * @param wallMs when its block was read, since the epoch
 * @param sourceNumber for the recording's {@code source}
 * @param source such as {@code tcp 127.0.0.1:40122}
 * @param kafkaTopic where it goes; empty where that is not known
 * @param metrics decoded; empty where it cannot be: {@code problem} says why
 * @param bytes its length in our encoding, before tags are added
 * @param delivery the number of its message, or -1
 * @param problem why it cannot be shown; else empty
 */
public record CapturedRecord(
    long number,
    long wallMs,
    int sourceNumber,
    String source,
    String kafkaTopic,
    MetricList metrics,
    int bytes,
    RecordState state,
    long delivery,
    String problem) {
  /** One line: why it has its outcome; empty where there is nothing to explain. */
  public String reason() {
    return state.why();
  }
}
