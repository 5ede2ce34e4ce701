// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.collector.outcome.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of a filter.
 *
 * <p>A subject is asked in two steps. First all but the terms of datapoints is decided: mostly that
 * decides the whole, and it is done once for however many datapoints. Then what is left is asked
 * about each datapoint.
 */
sealed interface FilterNode extends DatapointPredicate {
  /** This part, as far as the subject without its datapoints does not decide it. */
  FilterNode given(FilterSubject subject);

  /**
   * Decides what {@link #given} left.
   *
   * @param name null for a subject without datapoints, for which all terms of datapoints are false
   */
  @Override
  boolean test(@Nullable CharSequence name, double value);

  /** As a filter spells it. */
  String text();

  /**
   * This part where the terms of some keys are assumed to find something or not.
   *
   * @param found whether they do; within a negation it is the opposite, so that true makes a part
   *     that finds at least what this finds
   */
  default FilterNode assuming(Predicate<FilterKey> keys, boolean found) {
    return switch (this) {
      case OfText(var key, _) when keys.test(key) -> ConstantNode.of(found);
      case OfNumber(var key, _) when keys.test(key) -> ConstantNode.of(found);
      case Not(var inner) -> not(inner.assuming(keys, !found));
      case Group(var all, var parts) -> {
        ConstantNode neutral = ConstantNode.of(all);
        List<FilterNode> left =
            parts.stream()
                .map(part -> part.assuming(keys, found))
                .filter(part -> part != neutral)
                .toList();
        yield left.contains(neutral.opposite())
            ? neutral.opposite()
            : left.isEmpty() ? neutral : Group.of(all, left);
      }
      case ConstantNode _, Leaf _ -> this;
    };
  }

  static FilterNode not(FilterNode node) {
    return switch (node) {
      case ConstantNode constant -> constant.opposite();
      case Not(var inner) -> inner;
      case Group _, Leaf _ -> new Not(node);
    };
  }

  /** Decided. */
  enum ConstantNode implements FilterNode {
    TRUE,
    FALSE;

    static ConstantNode of(boolean value) {
      return value ? TRUE : FALSE;
    }

    ConstantNode opposite() {
      return this == TRUE ? FALSE : TRUE;
    }

    @Override
    public FilterNode given(FilterSubject subject) {
      return this;
    }

    @Override
    public boolean test(@Nullable CharSequence name, double value) {
      return this == TRUE;
    }

    /** No text spells false, and no filter needs it. */
    @Override
    public String text() {
      return "";
    }
  }

  record Not(FilterNode inner) implements FilterNode {
    @Override
    public FilterNode given(FilterSubject subject) {
      FilterNode left = inner.given(subject);
      return left.equals(inner) ? this : not(left);
    }

    @Override
    public boolean test(@Nullable CharSequence name, double value) {
      return !inner.test(name, value);
    }

    @Override
    public String text() {
      return switch (inner) {
        case Group group -> "-(" + group.text() + ")";
        case Leaf leaf -> leaf.negatedText();
        case ConstantNode _, Not _ -> "-" + inner.text();
      };
    }
  }

  /**
   * Several parts, of which all have to hold, or one.
   *
   * @param parts two or more, none of them a group of the same sort
   */
  record Group(boolean all, List<FilterNode> parts) implements FilterNode {
    /** One part stands for itself, and groups of the same sort are taken apart. */
    static FilterNode of(boolean all, List<FilterNode> parts) {
      List<FilterNode> flat = new ArrayList<>();
      for (FilterNode part : parts) {
        if (part instanceof Group group && group.all == all) {
          flat.addAll(group.parts);
        } else {
          flat.add(part);
        }
      }
      return flat.size() == 1 ? flat.getFirst() : new Group(all, List.copyOf(flat));
    }

    @Override
    public FilterNode given(FilterSubject subject) {
      ConstantNode neutral = ConstantNode.of(all);
      FilterNode single = neutral;
      @Nullable List<FilterNode> several = null;
      boolean unchanged = true;
      for (FilterNode part : parts) {
        FilterNode left = part.given(subject);
        if (left == neutral.opposite()) {
          return left;
        }
        unchanged &= left.equals(part);
        if (left == neutral) {
          continue;
        }
        if (single == neutral) {
          single = left;
          continue;
        }
        if (several == null) {
          several = new ArrayList<>(List.of(single));
        }
        several.add(left);
      }
      if (unchanged) {
        return this;
      }
      return several == null ? single : new Group(all, several);
    }

    @Override
    public boolean test(@Nullable CharSequence name, double value) {
      for (FilterNode part : parts) {
        if (part.test(name, value) != all) {
          return !all;
        }
      }
      return all;
    }

    @Override
    public String text() {
      return parts.stream()
          .map(part -> all && part instanceof Group ? "(" + part.text() + ")" : part.text())
          .collect(Collectors.joining(all ? " " : " or "));
    }
  }

  /** One term. */
  sealed interface Leaf extends FilterNode {
    default String negatedText() {
      return "-" + text();
    }

    private static String negated(String key, TextPredicate test) {
      return test instanceof TextPredicate.Exact
          ? key + "!" + test.text()
          : "-" + key + test.text();
    }
  }

  /** A term that the subject decides without its datapoints. */
  sealed interface Whole extends Leaf {
    boolean test(FilterSubject subject);

    @Override
    default FilterNode given(FilterSubject subject) {
      return ConstantNode.of(test(subject));
    }

    @Override
    default boolean test(@Nullable CharSequence name, double value) {
      throw new IllegalStateException("not decided: " + text());
    }
  }

  record OfText(FilterKey key, TextPredicate test) implements Whole {
    @Override
    public boolean test(FilterSubject subject) {
      return subject.anyText(key, test);
    }

    private String example() {
      return test.test(RecordState.ACCEPTED)
          ? "-(outcome:throttled or outcome:rejected)"
          : new OfText(FilterKey.OUTCOME, test).text();
    }

    /** What to write today for a key or a word of an earlier version. */
    Optional<String> hint() {
      return key == FilterKey.VERDICT
          ? Optional.of(text() + ": the key is now " + FilterKey.OUTCOME + ", such as " + example())
          : StateWords.replacement(key, test)
              .map(word -> text() + " is now " + new OfText(key, test.of(word)).text());
    }

    @Override
    public String text() {
      return key + test.text();
    }

    @Override
    public String negatedText() {
      return Leaf.negated(key.text(), test);
    }
  }

  record OfTag(String tag, TextPredicate test) implements Whole {
    @Override
    public boolean test(FilterSubject subject) {
      return subject.anyTagValue(tag, test);
    }

    @Override
    public String text() {
      return Quoting.tagKey(tag) + test.text();
    }

    @Override
    public String negatedText() {
      return Leaf.negated(Quoting.tagKey(tag), test);
    }
  }

  record OfNumber(FilterKey key, NumberComparison limit) implements Whole {
    @Override
    public boolean test(FilterSubject subject) {
      return subject.anyNumber(key, limit);
    }

    @Override
    public String text() {
      return key.text() + limit.comparison() + limit.text();
    }

    @Override
    public String negatedText() {
      return limit.negated(key.text());
    }
  }

  record OfTimeOfDay(TimeOfDay test) implements Whole {
    @Override
    public boolean test(FilterSubject subject) {
      return subject.anyNumber(FilterKey.TIME, test);
    }

    @Override
    public String text() {
      return FilterKey.TIME.text() + test.comparison() + test.limit();
    }
  }

  /** A term that each datapoint decides. */
  sealed interface OfDatapoint extends Leaf {
    @Override
    default FilterNode given(FilterSubject subject) {
      return this;
    }
  }

  record OfName(TextPredicate test) implements OfDatapoint {
    @Override
    public boolean test(@Nullable CharSequence name, double value) {
      return name != null && test.test(name);
    }

    @Override
    public String text() {
      return FilterKey.NAME + test.text();
    }

    @Override
    public String negatedText() {
      return Leaf.negated(FilterKey.NAME.text(), test);
    }
  }

  record OfValue(NumberComparison limit) implements OfDatapoint {
    @Override
    public boolean test(@Nullable CharSequence name, double value) {
      return name != null && limit.test(value);
    }

    @Override
    public String text() {
      return FilterKey.VALUE.text() + limit.comparison() + limit.text();
    }

    @Override
    public String negatedText() {
      return limit.negated(FilterKey.VALUE.text());
    }
  }

  /** In any text that names the subject, or in the datapoint's name. */
  record Word(TextPredicate.Contains test, OfName name) implements Leaf {
    static final List<FilterKey> KEYS = List.of(FilterKey.TOPIC, FilterKey.SOURCE, FilterKey.TAG);

    Word(TextPredicate.Contains test) {
      this(test, new OfName(test));
    }

    @Override
    public FilterNode given(FilterSubject subject) {
      for (FilterKey key : KEYS) {
        if (subject.anyText(key, test)) {
          return ConstantNode.TRUE;
        }
      }
      return name;
    }

    @Override
    public boolean test(@Nullable CharSequence name, double value) {
      throw new IllegalStateException("not decided: " + text());
    }

    @Override
    public String text() {
      return Quoting.word(test.glob().pieces());
    }
  }
}
