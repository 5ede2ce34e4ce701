// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Picks what the user asks for out of records, messages and series. Immutable and thread-safe.
 *
 * <pre>
 * topic:web tag.host=a1 -name:idle     terms side by side must all hold
 * state:sending or ms&gt;250ms            "or" binds less than that; parentheses group
 * -(topic:web or topic:db)             "-" right before a term or a group: not
 * key:value      contains it, in upper or lower case; * stands for anything
 * key=value      is exactly it; for numbers ":" means this too
 * key!=value     the same as -key=value, so it also finds what has none
 * key&gt;1.5k       for numbers, also &gt;= &lt; &lt;=; k, M and G are thousands each
 * ms&gt;1.5s        for durations, in ms or s; without a unit it is ms
 * time&gt;12:04:31  this time on any day, in the user's zone; or an instant, 2026-01-31T12:04:31Z
 * word           contains it, in a topic, a source, a tag's key or value, or a datapoint's name
 * "a b"          quotes hold blanks, parentheses, operators, and the escapes
 *                \" \\ \* \n \r \t and \u0000; * in them is a wildcard as well
 * </pre>
 *
 * <p>The keys are those of {@link FilterKey}, and {@code tag.KEY} for one tag's value, {@code
 * tag."a key"} where its name needs quotes. What a subject does not have, no term finds; a negated
 * one does.
 *
 * <p><b>Datapoints.</b> A record matches if one of its datapoints does, with the record around it:
 * {@code name:cpu value>1} finds the records of which one datapoint is named so and has such a
 * value, not those where two datapoints share that out. So the records that a filter finds are
 * those that hold the datapoints it finds. For the same reason {@code -name:idle} finds a record
 * with any other datapoint, even beside an idle one: a filter and its negation may both find a
 * record. For rows without datapoints, terms of names and values are false.
 *
 * <p><b>Cost.</b> All but the terms of datapoints is decided once a subject, and often decides the
 * whole. A text is searched in time linear in its length, whatever is searched for.
 */
public final class Filter {
  /** The filter of an empty text. */
  public static final Filter ALL = new Filter(FilterNode.ConstantNode.TRUE);

  private static final DatapointPredicate ANY = (_, _) -> true;

  private final FilterNode root;
  private final Set<FilterKey> keys;
  private final boolean asksForRecords;
  private final boolean asksForMessages;
  private final boolean asksForOutcomes;

  private Filter(FilterNode root) {
    this.root = root;
    Set<FilterKey> found = EnumSet.noneOf(FilterKey.class);
    collect(root, found);
    this.keys = Collections.unmodifiableSet(found);
    this.asksForRecords = !keys.stream().allMatch(FilterKey::isOfOutcome);
    this.asksForMessages = keys.stream().allMatch(FilterKey::isOfMessage);
    this.asksForOutcomes = keys.stream().anyMatch(FilterKey::isOfOutcome);
  }

  /**
   * Reads a filter, with times of day in the zone of this machine.
   *
   * @throws FilterException saying what is wrong, and where
   */
  public static Filter parse(String text) throws FilterException {
    return parse(text, ZoneId.systemDefault());
  }

  /**
   * Reads a filter.
   *
   * @param zone the zone of times of day
   * @throws FilterException saying what is wrong, and where
   */
  public static Filter parse(String text, ZoneId zone) throws FilterException {
    FilterNode root = FilterParser.parse(text, zone);
    return root == FilterNode.ConstantNode.TRUE ? ALL : new Filter(root);
  }

  /** Whether this finds the subject. */
  public boolean matches(FilterSubject subject) {
    FilterNode left = root.given(subject);
    if (left instanceof FilterNode.ConstantNode) {
      return left == FilterNode.ConstantNode.TRUE;
    }
    return subject.anyDatapoint(left)
        || (left.test(null, Double.NaN) && !subject.anyDatapoint(ANY));
  }

  /**
   * Whether this finds a message: by itself where the filter asks for nothing else, and by its
   * records otherwise. Where those are not known, a filter that asks for topics, bytes and times
   * too looks at the message's own.
   *
   * @param anyRecord whether it finds one of the message's records; empty if none of them is known
   */
  public boolean matches(MessageFacts message, Optional<Boolean> anyRecord) {
    if (!asksForRecords() || (anyRecord.isEmpty() && asksForMessages())) {
      return matches(FilterSubject.of(message));
    }
    return anyRecord.orElse(false);
  }

  /** Whether it finds messages by their records, and not by themselves. */
  public boolean asksForRecords() {
    return asksForRecords;
  }

  /** Whether it asks only for values that a message has without its records. */
  public boolean asksForMessages() {
    return asksForMessages;
  }

  /** Which of a subject's datapoints it finds, of a subject that it finds. */
  public DatapointPredicate datapoints(FilterSubject subject) {
    return root.given(subject);
  }

  /** The keys that it asks for; a word asks for all that name something. */
  public Set<FilterKey> keys() {
    return keys;
  }

  /** Whether it finds other records once their messages are settled. */
  public boolean asksForOutcomes() {
    return asksForOutcomes;
  }

  private static void collect(FilterNode node, Set<FilterKey> keys) {
    switch (node) {
      case FilterNode.ConstantNode _ -> {}
      case FilterNode.Not(var inner) -> collect(inner, keys);
      case FilterNode.Group(_, var parts) -> parts.forEach(part -> collect(part, keys));
      case FilterNode.OfText(var key, _) -> keys.add(key);
      case FilterNode.OfTag _ -> keys.add(FilterKey.TAG);
      case FilterNode.OfNumber(var key, _) -> keys.add(key);
      case FilterNode.OfTimeOfDay _ -> keys.add(FilterKey.TIME);
      case FilterNode.OfName _ -> keys.add(FilterKey.NAME);
      case FilterNode.OfValue _ -> keys.add(FilterKey.VALUE);
      case FilterNode.Word _ -> {
        keys.addAll(FilterNode.Word.KEYS);
        keys.add(FilterKey.NAME);
      }
    }
  }

  /**
   * The terms that use a word of an earlier version, each with the one for it now, such as {@code
   * outcome:failed is now outcome:undeliverable}. They find what they found before.
   */
  public List<String> hints() {
    List<String> hints = new ArrayList<>();
    addHints(root, hints);
    return hints.stream().distinct().toList();
  }

  /**
   * The filter without what it asks of outcomes: it finds every record that this may find once the
   * outcome is known.
   */
  public Filter withoutOutcomes() {
    return new Filter(root.assuming(FilterKey::isOfOutcome, true));
  }

  private static void addHints(FilterNode node, List<String> hints) {
    switch (node) {
      case FilterNode.Not(var inner) -> addHints(inner, hints);
      case FilterNode.Group(_, var parts) -> parts.forEach(part -> addHints(part, hints));
      case FilterNode.OfText ofText -> ofText.hint().ifPresent(hints::add);
      case FilterNode.ConstantNode _,
          FilterNode.OfTag _,
          FilterNode.OfNumber _,
          FilterNode.OfTimeOfDay _,
          FilterNode.OfName _,
          FilterNode.OfValue _,
          FilterNode.Word _ -> {}
    }
  }

  /** A text that parses to an equal filter; equal filters give the same. */
  @Override
  public String toString() {
    return root.text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Filter filter && root.equals(filter.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }
}
