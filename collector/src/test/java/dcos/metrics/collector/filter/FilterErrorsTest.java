// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "topc:web | topc | unknown key \"topc\" at 1, there are topic, source, name, value, tag,"
            + " outcome, verdict, message, records, bytes, state, trigger, partition, offset, time, ms,"
            + " tag.KEY",
        "web Topic=x | Topic | unknown key \"Topic\" at 5, there are topic, source, name, value,"
            + " tag, outcome, verdict, message, records, bytes, state, trigger, partition, offset, time,"
            + " ms, tag.KEY",
        "a :web | : | no key before \":\" at 3",
        "!=web | != | no key before \"!=\" at 1",
        "topic: | topic: | no value behind \"topic:\" at 1",
        "topic: web | topic: | no value behind \"topic:\" at 1",
        "topic:\"\" | topic:\"\" | no value behind \"topic:\" at 1",
        "-(topic=) | topic= | no value behind \"topic=\" at 3",
        "value> | value> | no value behind \"value>\" at 1",
        "time> x | time> | no value behind \"time>\" at 1",
        "tag.a!= | tag.a!= | no value behind \"tag.a!=\" at 1",
        "tag.:x | tag. | no tag's name behind \"tag.\" at 1",
        "tag.\"a b\" | tag.\"a b\" | an operator is missing behind \"tag.\\\"a b\\\"\" at 1, one of"
            + " :, =, !=, <, <=, > and >=",
        "topic>5 | topic> | topic can not be compared by > at 1, only by :, = and !=",
        "tag.a<=5 | tag.a<= | a tag can not be compared by <= at 1, only by :, = and !=",
        "time:12:00 | time: | time can not be compared by : at 1, only by <, <=, > and >=",
        "time!=12:00 | time!= | time can not be compared by != at 1, only by <, <=, > and >=",
        "topic==web | == | unknown operator \"==\" at 6, there are :, =, !=, <, <=, > and >=",
        "value>abc | abc | \"abc\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value>1* | 1* | \"1*\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value>1K | 1K | \"1K\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value>k | k | \"k\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value>1s | 1s | \"1s\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value=\"1 \" | \"1 \" | \"1 \" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value>1e999999999 | 1e999999999 | \"1e999999999\" is no number at 7, such as -1.5, 20k,"
            + " 3M, 1G, 1e-3",
        "value>1e-999 | 1e-999 | \"1e-999\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value<1e309 | 1e309 | \"1e309\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3",
        "value>NaN | NaN | NaN can not be compared by > at 7, only by = and !=",
        "ms>1k | 1k | \"1k\" is no duration at 4, such as 250, 250ms or 1.5s",
        "ms>s | s | \"s\" is no duration at 4, such as 250, 250ms or 1.5s",
        "time>noon | noon | \"noon\" is no time at 6, such as 12:04:31 or 2026-01-31T12:04:31Z",
        "time>25:00 | 25:00 | \"25:00\" is no time at 6, such as 12:04:31 or"
            + " 2026-01-31T12:04:31Z",
        "time>2026-02-30T00:00:00Z | 2026-02-30T00:00:00Z | \"2026-02-30T00:00:00Z\" is no time at"
            + " 6, such as 12:04:31 or 2026-01-31T12:04:31Z",
        "(web | ( | no \")\" for the \"(\" at 1",
        "a ((web) | ( | no \")\" for the \"(\" at 3",
        "a ( | ( | no \")\" for the \"(\" at 3",
        "web) | ) | \")\" without \"(\" at 4",
        ") | ) | \")\" without \"(\" at 1",
        "a ( ) | ( ) | nothing between \"(\" and \")\" at 3",
        "or web | or | \"or\" needs a term before it at 1",
        "a (Or b) | Or | \"or\" needs a term before it at 4",
        "web or | or | \"or\" needs a term behind it at 5",
        "(web or ) | or | \"or\" needs a term behind it at 6",
        "a or or b | or | \"or\" needs a term behind it at 3",
        "a - b | - | \"-\" needs a term right behind it at 3",
        "(-) | - | \"-\" needs a term right behind it at 2",
        "--  | - | \"-\" needs a term right behind it at 2",
        "topic:a(b) | ( | a blank is missing before \"(\" at 8",
        "(a)b | b | a blank is missing before \"b\" at 4",
        "\"a\"b | b | a blank is missing before \"b\" at 4",
        "a\"b\" | \" | a quote within a word at 2, quote all of it",
        "topic:a\"b\" | \" | a quote within a word at 8, quote all of it",
        "\"\" | \"\" | an empty word at 1",
        "a \"b | \"b | a quote that is not closed at 3",
        "topic:\"b\\ | \"b\\ | a quote that is not closed at 7",
        "\"a\\x\" | \\x | unknown escape \\x at 3, there are \\\", \\\\, \\*, \\n, \\r, \\t and"
            + " \\u0000",
        "\"\\u12g4\" | \\u12 | \\u needs four hexadecimal digits at 2",
      })
  void reportsWhatIsWrongAndWhere(String text, String where, String reason) {
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse(text))
        .satisfies(
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(text.substring(e.start(), e.end())).isEqualTo(where);
            });
  }

  @Test
  void showsALongTextInPart() {
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("value>" + "x".repeat(100_000)))
        .satisfies(
            e -> {
              assertThat(e.reason())
                  .isEqualTo(
                      "\""
                          + "x".repeat(40)
                          + "…\" is no number at 7, such as -1.5, 20k, 3M, 1G, 1e-3");
              assertThat(e.end()).isEqualTo(100_006);
            });
  }

  @Test
  void showsNoControlCharacters() {
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("to\u001bpic:x"))
        .withMessageStartingWith("unknown key \"to\\u001bpic\" at 1, ");
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("\"\\\u001b\""))
        .withMessageStartingWith("unknown escape \\? at 2, ");
  }

  @Test
  void boundsHowDeepParenthesesGo() throws FilterException {
    String deep = "(-".repeat(100) + "a" + ")".repeat(100);

    assertThat(Filter.parse(deep)).hasToString("a");
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("b (" + deep + ")"))
        .satisfies(e -> assertThat(e.start()).isEqualTo(201))
        .withMessage("parentheses more than 100 deep at 202");
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> Filter.parse("(".repeat(1_000_000)))
        .withMessage("parentheses more than 100 deep at 101");
  }

  @Test
  void takesManyTermsAndNegations() throws FilterException {
    assertThat(Filter.parse("-".repeat(100_001) + "a")).hasToString("-a");
    assertThat(Filter.parse("topic:a ".repeat(100_000)).matches(Row.record())).isFalse();
    assertThat(Filter.parse("(a) ".repeat(1000)).toString()).startsWith("a a a a");
  }
}
