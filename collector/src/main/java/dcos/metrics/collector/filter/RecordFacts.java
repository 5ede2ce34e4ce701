// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.RecordState;
import java.util.Optional;
import java.util.OptionalLong;

/** Of a record, what filters ask for beside its own bytes. */
public interface RecordFacts {
  /** Of a record in a file of metrics, which no collector has seen. */
  static RecordFacts ofFile(String source) {
    return new FixedRecordFacts(source, OptionalLong.empty(), "", RecordState.RECEIVED);
  }

  /**
   * Of a record that was read from Kafka.
   *
   * @param wallMs the message's time, since the epoch; negative if it has none
   */
  static RecordFacts ofKafka(String topic, Receipt receipt, long wallMs) {
    var delivered = RecordState.of(new Outcome.Delivered(receipt));
    OptionalLong time = wallMs < 0 ? OptionalLong.empty() : OptionalLong.of(wallMs);
    return new FixedRecordFacts("", time, topic, delivered);
  }

  /** Where it came from, such as {@code tcp 127.0.0.1:40122}. */
  String source();

  /** When it came, since the epoch; empty where it did not come to a collector. */
  OptionalLong wallMs();

  /** Empty where it was rejected, or nothing was decided yet. */
  String kafkaTopic();

  RecordState state();

  /** The message that it is in. */
  Optional<? extends MessageFacts> message();
}
