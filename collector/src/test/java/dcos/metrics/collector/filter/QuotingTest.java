// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a filter spells is read as the same filter. */
class QuotingTest {
  private static final String CHARACTERS =
      "aAbrok19 .*-\"\\()=:!<>\n\t\u0000\u00a0\u200bü€\ud83d\ude00";
  private static final List<String> PARTS =
      List.of(
          "a",
          "or",
          "OR",
          "-",
          "(",
          ")",
          " ",
          " ",
          "\"",
          "\\",
          "*",
          "topic",
          "tag.",
          "tag",
          "value",
          "ms",
          "time",
          "name",
          ":",
          "=",
          "!=",
          ">",
          "<=",
          "1.5",
          "20k",
          "1s",
          "12:04:31",
          "\\n",
          "2026-01-31T12:04:31Z",
          "NaN",
          "\"a b\"",
          "x*y");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "topic:web   tag.host=a1 -name:idle | topic:web tag.host=a1 -name:idle",
        "a OR b c or d | a or b c or d",
        "((a)) ((b c)) | a b c",
        "(a or (b or c)) | a or b or c",
        "a (b or c) d | a (b or c) d",
        "(a b) or (c d) | a b or c d",
        "-(a b) -(c or d) | -(a b) -(c or d)",
        "-(a) --b -(-(c)) | -a b c",
        "-topic=web | topic!=web",
        "-topic!=web | topic=web",
        "-tag.a=b -name=c -value=1 -ms=2 | tag.a!=b name!=c value!=1 ms!=2",
        "-ms>5 | -ms>5",
        "value>1.50k value>2M value=1e20 value>1E-9 | value>1500 value>2000000 value=1e+20"
            + " value>1e-9",
        "value:3 value=0.10 value=-0 | value=3 value=0.1 value=0",
        "ms>1.5s ms>20ms ms<0.5 | ms>1500 ms>20 ms<0.5",
        "time>12:00:00 time<2026-01-31T13:04:31+01:00 | time>12:00 time<2026-01-31T12:04:31Z",
        "topic:\"web\" topic=\"a b\" | topic:web topic=\"a b\"",
        "topic:\"a*b\" topic:\"a\\*b\" topic=a*b topic=\"a\\*b\" | topic:a*b topic:\"a\\*b\""
            + " topic=a*b topic=a*b",
        "topic:**a**b** topic:** | topic:a*b topic:*",
        "topic=\"\" tag.\"\"=x tag.\"a\"=x | topic=\"\" tag.\"\"=x tag.a=x",
        "\"or\" \"-a\" \"a:b\" \"a\" -\"or\" | \"or\" \"-a\" \"a:b\" a -\"or\"",
        "topic=or topic=-a topic=a:b topic=\"=x\" | topic=or topic=-a topic=a:b topic=\"=x\"",
        "topic=a\\b topic=\"a\\\\b\" | topic=a\\b topic=a\\b",
        "topic=\"a\\nb\\u0041\\u200b\" | topic=\"a\\nbA\\u200b\"",
      })
  void filterIsSpelledInOneWay(String text, String spelled) throws FilterException {
    Filter filter = Filter.parse(text);

    assertThat(filter).hasToString(spelled);
    assertThat(Filter.parse(spelled)).isEqualTo(filter).hasSameHashCodeAs(filter);
  }

  @Test
  void whateverParsesIsSpelledSoThatItParsesToTheSame() {
    Random random = new Random(1);
    int parsed = 0;
    for (int i = 0; i < 100_000; i++) {
      String text =
          IntStream.range(0, 1 + random.nextInt(10))
              .mapToObj(_ -> PARTS.get(random.nextInt(PARTS.size())))
              .collect(Collectors.joining());
      parsed += parsesToTheSame(text) ? 1 : 0;
    }
    assertThat(parsed).as("filters among the texts").isGreaterThan(10_000);
  }

  @Test
  void treesOfTermsAreSpelledSoThatTheyParseToTheSame() throws FilterException {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      String text = tree(random, 4);
      assertThat(parsesToTheSame(text)).as(text).isTrue();
    }
  }

  @Test
  void anyTextStandsInQuotes() throws FilterException {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      String value = text(random);
      String exact = FilterTerm.equal(FilterKey.TOPIC, value).toString();
      assertThat(exact).doesNotContain("\n", "\t", "\u0000", "\u00a0");
      assertThat(Filter.parse(exact).matches(topic(value))).as(exact).isTrue();
      assertThat(Filter.parse(exact).matches(topic(value + "x"))).as(exact).isFalse();
      if (!value.isEmpty()) {
        String word = word(value);
        assertThat(Filter.parse(word).matches(topic("<" + value + ">"))).as(word).isTrue();
        assertThat(Filter.parse(word).matches(topic("…"))).as(word).isFalse();
      }
    }
  }

  @Test
  void aNumberIsFoundByItsSpelling() throws FilterException {
    for (double value : new double[] {0.1, 1e-300, -4.9e-324, Double.MAX_VALUE, Double.NaN, -0.0}) {
      String text = new FilterNode.OfValue(NumberComparison.of(Comparison.EQUAL, value)).text();
      assertThat(Filter.parse(text).matches(Row.record(new Row.Point("x", value))))
          .as(text)
          .isTrue();
    }
  }

  private static boolean parsesToTheSame(String text) {
    Filter filter;
    try {
      filter = Filter.parse(text);
    } catch (FilterException e) {
      assertThat(e.start()).as(text).isNotNegative().isLessThan(e.end());
      assertThat(e.end()).as(text).isLessThanOrEqualTo(text.length());
      return false;
    }
    assertThatCode(
            () -> {
              Filter again = Filter.parse(filter.toString());
              assertThat(again).as("%s spelled %s", text, filter).isEqualTo(filter);
              assertThat(again).hasToString(filter.toString());
            })
        .as(text)
        .doesNotThrowAnyException();
    return true;
  }

  private static String word(String text) {
    return new FilterNode.Word(new TextPredicate.Contains(new Glob(List.of(text)))).text();
  }

  private static String tree(Random random, int depth) {
    int choice = random.nextInt(depth == 0 ? 4 : 8);
    return switch (choice) {
      case 0 ->
          FilterTerm.equal(random.nextBoolean() ? FilterKey.TOPIC : FilterKey.NAME, text(random))
              .toString();
      case 1 -> FilterTerm.equalTag(text(random), text(random)).toString();
      case 2 -> word("w" + text(random));
      case 3 -> "value>" + random.nextGaussian();
      case 4 -> "-(" + tree(random, depth - 1) + ")";
      case 5, 6 -> "(" + tree(random, depth - 1) + " " + tree(random, depth - 1) + ")";
      default -> "(" + tree(random, depth - 1) + " or " + tree(random, depth - 1) + ")";
    };
  }

  private static String text(Random random) {
    int[] points = CHARACTERS.codePoints().toArray();
    List<String> picked = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      picked.add(Character.toString(points[random.nextInt(points.length)]));
    }
    return String.join("", picked);
  }

  private static FilterSubject topic(String topic) {
    return new Row(Map.of(FilterKey.TOPIC, topic), Map.of(), Map.of());
  }
}
