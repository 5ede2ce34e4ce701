// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.collector.filter.MessageFacts;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Receipt;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka message, as far as it is known now.
 *
 * @param number in the order in which they were made, from 0; -1 while it is {@link
 *     MessageState#QUEUED}
 * @param id the pipeline's
 * @param topic the Kafka topic
 * @param bytes of the records, before tags
 * @param trigger what made a message of its records; null while they are being collected
 * @param wallMs when it was made, since the epoch; while it is queued, when the first record came
 * @param receipt where it is, if it was delivered
 * @param detail why it is undeliverable, one line; else empty
 * @param batchNanos from its first record until it was made, as far as that record is known
 * @param settleNanos from then until it was settled; none while it is not
 * @param settledRecords how many of the records have been settled
 */
public record CapturedDelivery(
    long number,
    long id,
    String topic,
    int records,
    long bytes,
    @Nullable FlushTrigger trigger,
    MessageState state,
    long wallMs,
    Optional<Receipt> receipt,
    String detail,
    OptionalLong batchNanos,
    OptionalLong settleNanos,
    int settledRecords)
    implements MessageFacts {
  /**
   * Records that are being collected.
   *
   * @param sinceMs when the first came, since the epoch
   */
  public static CapturedDelivery queued(String topic, int records, long sinceMs) {
    return new CapturedDelivery(
        -1,
        -1,
        topic,
        records,
        0,
        null,
        MessageState.QUEUED,
        sinceMs,
        Optional.empty(),
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        0);
  }
}
