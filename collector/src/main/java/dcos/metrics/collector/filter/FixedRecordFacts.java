// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.collector.outcome.RecordState;
import java.util.Optional;
import java.util.OptionalLong;

/** Facts that are the same for all records of a file or a message. */
record FixedRecordFacts(String source, OptionalLong wallMs, String kafkaTopic, RecordState state)
    implements RecordFacts {
  @Override
  public Optional<MessageFacts> message() {
    return Optional.empty();
  }
}
