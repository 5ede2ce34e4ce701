// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Receipt;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A message, or records that are being collected for one, as filters ask for it. */
public interface MessageFacts {
  /** The pipeline's number; -1 while its records are being collected. */
  long id();

  /** The Kafka topic; empty where it is not known. */
  String topic();

  int records();

  /** Of the records, before tags. */
  long bytes();

  /** What made it; null while its records are being collected, and where it is not known. */
  @Nullable FlushTrigger trigger();

  MessageState state();

  /** Why it has its outcome, one line; empty where there is nothing to explain. */
  String detail();

  /** Where it is, if it was delivered. */
  Optional<Receipt> receipt();

  /** When it was made, since the epoch; while records are collected, when the first came. */
  long wallMs();

  /** From then until all of it was settled; empty until then, and where that is not known. */
  OptionalLong settleNanos();
}
