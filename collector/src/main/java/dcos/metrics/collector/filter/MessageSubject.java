// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.collector.message.FlushTrigger;
import java.util.function.Predicate;

/** A message, for a filter. */
record MessageSubject(MessageFacts facts) implements FilterSubject {
  @Override
  public boolean anyText(FilterKey key, Predicate<CharSequence> test) {
    FlushTrigger trigger = facts.trigger();
    return switch (key) {
      case TOPIC -> test.test(facts.topic());
      case OUTCOME -> StateWords.anyOutcome(facts, test);
      case STATE -> StateWords.anyState(facts, test);
      case TRIGGER -> trigger != null && test.test(trigger.word());
      default -> false;
    };
  }

  @Override
  public boolean anyTagValue(String tag, Predicate<CharSequence> test) {
    return false;
  }

  @Override
  public boolean anyNumber(FilterKey key, NumberPredicate test) {
    return switch (key) {
      case MESSAGE -> facts.id() >= 0 && test.test(facts.id());
      case RECORDS -> test.test(facts.records());
      case BYTES -> test.test(facts.bytes());
      case PARTITION -> facts.receipt().filter(at -> test.test(at.partition())).isPresent();
      case OFFSET -> facts.receipt().filter(at -> test.test(at.offset())).isPresent();
      case TIME -> test.test(facts.wallMs());
      case MS ->
          facts.settleNanos().isPresent() && test.test(facts.settleNanos().getAsLong() / 1e6);
      default -> false;
    };
  }

  @Override
  public boolean anyDatapoint(DatapointPredicate test) {
    return false;
  }
}
