// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.delivery;

/**
 * A topic whose messages Kafka does not accept now. Immutable.
 *
 * @param topic Kafka's name of it
 * @param messages not acknowledged
 * @param records in these messages
 * @param bytes of these records, before tags
 * @param error the last error, in one line
 */
public record WaitingTopic(String topic, int messages, long records, long bytes, String error) {
  /** The same topic with one more message. */
  public WaitingTopic plus(int moreRecords, long moreBytes) {
    return new WaitingTopic(topic, messages + 1, records + moreRecords, bytes + moreBytes, error);
  }
}
