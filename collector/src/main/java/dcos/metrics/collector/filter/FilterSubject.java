// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.function.Predicate;

/**
 * Whatever a {@link Filter} is asked about: a record, a message, a series.
 *
 * <p>It hands what it has to a test until the test says yes, and says whether it did; what it does
 * not have, it answers with false. Nothing needs to be copied or made a string for this: a subject
 * may be a view that a loop moves from row to row.
 *
 * <p>A filter hands the same test for the same term each time, and tests of terms that are written
 * alike are equal. So a store whose texts are in a dictionary may keep a test's answer for each of
 * its entries, and test no text twice.
 */
public interface FilterSubject {
  /** A message. Records have {@link RecordSubject}. */
  static FilterSubject of(MessageFacts message) {
    return new MessageSubject(message);
  }

  /** A series with its last point. */
  static FilterSubject of(SeriesFacts series) {
    return new SeriesSubject(series);
  }

  /**
   * Whether the test accepts one of the key's texts.
   *
   * @param key one of the keys of texts, other than {@link FilterKey#NAME}; for {@link
   *     FilterKey#TAG} every tag's key and every tag's value are tested, each alone
   */
  boolean anyText(FilterKey key, Predicate<CharSequence> test);

  /** Whether the test accepts the value of the tag with exactly this key. */
  boolean anyTagValue(String tag, Predicate<CharSequence> test);

  /**
   * Whether the test accepts one of the key's numbers, in the unit that {@link FilterKey} names.
   *
   * @param key one of the keys of numbers and times, other than {@link FilterKey#VALUE}
   */
  boolean anyNumber(FilterKey key, NumberPredicate test);

  /**
   * Whether the test accepts one of the datapoints. A record offers each of its own; a row of one
   * datapoint or one series offers just that; a row without datapoints answers false.
   */
  boolean anyDatapoint(DatapointPredicate test);
}
