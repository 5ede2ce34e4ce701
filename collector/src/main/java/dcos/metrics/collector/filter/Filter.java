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
 * <p>The keys are those of {@link Key}, and {@code tag.KEY} for one tag's value, {@code tag."a
 * key"} where its name needs quotes. What a subject does not have, no term finds; a negated one
 * does.
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
  public static final Filter ALL = new Filter(Node.Constant.TRUE);

  private static final DatapointPredicate ANY = (_, _) -> true;

  private final Node root;
  private final Set<Key> keys;
  private final boolean asksForRecords;
  private final boolean asksForMessages;
  private final boolean asksForOutcomes;

  private Filter(Node root) {
    this.root = root;
    Set<Key> found = EnumSet.noneOf(Key.class);
    collect(root, found);
    this.keys = Collections.unmodifiableSet(found);
    this.asksForRecords = !keys.stream().allMatch(Key::isOfOutcome);
    this.asksForMessages = keys.stream().allMatch(Key::isOfMessage);
    this.asksForOutcomes = keys.stream().anyMatch(Key::isOfOutcome);
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
    Node root = Parser.parse(text, zone);
    return root == Node.Constant.TRUE ? ALL : new Filter(root);
  }

  /** Whether this finds the subject. */
  public boolean matches(Subject subject) {
    Node left = root.given(subject);
    if (left instanceof Node.Constant) {
      return left == Node.Constant.TRUE;
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
      return matches(Subject.of(message));
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
  public DatapointPredicate datapoints(Subject subject) {
    return root.given(subject);
  }

  /** The keys that it asks for; a word asks for all that name something. */
  public Set<Key> keys() {
    return keys;
  }

  /** Whether it finds other records once their messages are settled. */
  public boolean asksForOutcomes() {
    return asksForOutcomes;
  }

  private static void collect(Node node, Set<Key> keys) {
    switch (node) {
      case Node.Constant _ -> {}
      case Node.Not(var inner) -> collect(inner, keys);
      case Node.Group(_, var parts) -> parts.forEach(part -> collect(part, keys));
      case Node.OfText(var key, _) -> keys.add(key);
      case Node.OfTag _ -> keys.add(Key.TAG);
      case Node.OfNumber(var key, _) -> keys.add(key);
      case Node.OfTimeOfDay _ -> keys.add(Key.TIME);
      case Node.OfName _ -> keys.add(Key.NAME);
      case Node.OfValue _ -> keys.add(Key.VALUE);
      case Node.Word _ -> {
        keys.addAll(Node.Word.KEYS);
        keys.add(Key.NAME);
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
    return new Filter(root.assuming(Key::isOfOutcome, true));
  }

  private static void addHints(Node node, List<String> hints) {
    switch (node) {
      case Node.Not(var inner) -> addHints(inner, hints);
      case Node.Group(_, var parts) -> parts.forEach(part -> addHints(part, hints));
      case Node.OfText ofText -> ofText.hint().ifPresent(hints::add);
      case Node.Constant _,
          Node.OfTag _,
          Node.OfNumber _,
          Node.OfTimeOfDay _,
          Node.OfName _,
          Node.OfValue _,
          Node.Word _ -> {}
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
