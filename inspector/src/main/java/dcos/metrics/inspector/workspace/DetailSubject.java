// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.workspace;

/** What the detail pane can show: a row of a table, a source, Kafka, or the errors of a time. */
public sealed interface DetailSubject {
  /** Whether it is a row of a table. */
  default boolean isRow() {
    return switch (this) {
      case OfRecord _, OfDelivery _, OfSeries _ -> true;
      case OfSource _, OfKafka _, OfErrors _ -> false;
    };
  }

  /** A record, by its number in the order of arrival. */
  record OfRecord(long number) implements DetailSubject {}

  /** A message, by its number in the order in which they were made. */
  record OfDelivery(long number) implements DetailSubject {}

  /** Where records come from: a stream, the agent, a file. */
  record OfSource(int number) implements DetailSubject {}

  /** A series, by its number. */
  record OfSeries(long id) implements DetailSubject {}

  /** Kafka: whether it takes messages, and when it did not. */
  record OfKafka() implements DetailSubject {}

  /** What went wrong in a time, from one instant until before another, since 1970. */
  record OfErrors(long fromMillis, long toMillis) implements DetailSubject {
    /** All of it. */
    public static OfErrors all() {
      return new OfErrors(Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }
}
