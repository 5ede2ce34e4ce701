// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.List;
import java.util.function.Predicate;

/** What a term asks of a text. */
sealed interface TextPredicate extends Predicate<CharSequence> {
  /** The operator and the value, as a filter spells them. */
  String text();

  /** The same for another text. */
  TextPredicate of(String other);

  /** The very text. */
  record Exact(String value) implements TextPredicate {
    @Override
    public boolean test(CharSequence candidate) {
      return value.contentEquals(candidate);
    }

    @Override
    public TextPredicate of(String other) {
      return new Exact(other);
    }

    @Override
    public String text() {
      return Comparison.EQUAL + Quoting.value(value);
    }
  }

  /** Contains it. */
  record Contains(Glob glob) implements TextPredicate {
    @Override
    public boolean test(CharSequence candidate) {
      return glob.isIn(candidate);
    }

    @Override
    public TextPredicate of(String other) {
      return new Contains(new Glob(List.of(other)));
    }

    @Override
    public String text() {
      return Comparison.CONTAINS + Quoting.pattern(glob.pieces());
    }
  }
}
