// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  private static Glob glob(String pattern) {
    return new Glob(List.of(pattern.split("\\*", -1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "abc | xabcx | true",
        "abc | xabx | false",
        "aab | aaab | true",
        "abab*ab | abaabab | false",
        "abab*ab | abaababab | true",
        "a*a | a | false",
        "a*a | aa | true",
        "* | '' | true",
        "a | '' | false",
        "STRASSE | strasse | true",
        "straße | STRASSE | false",
        "ΣΑΣ | σας | true",
        "I | ı | true",
      })
  void findsPiecesInOrder(String pattern, String text, boolean found) {
    assertThat(glob(pattern).isIn(text)).isEqualTo(found);
  }

  @Test
  void agreesWithARegularExpression() {
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      String pattern = letters(random, "aab*", 6);
      String text = letters(random, "aab", 12);
      Pattern regex =
          Pattern.compile(
              Arrays.stream(pattern.split("\\*", -1))
                  .map(Pattern::quote)
                  .collect(Collectors.joining(".*")));
      assertThat(glob(pattern).isIn(text))
          .as("%s in %s", pattern, text)
          .isEqualTo(regex.matcher(text).find());
    }
  }

  @Test
  void looksAtEachCharacterOnce() {
    String text = "a".repeat(100_000);
    AtomicLong looks = new AtomicLong();
    CharSequence counted =
        new CharSequence() {
          @Override
          public int length() {
            return text.length();
          }

          @Override
          public char charAt(int index) {
            looks.incrementAndGet();
            return text.charAt(index);
          }

          @Override
          public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
          }

          @Override
          public String toString() {
            return text;
          }
        };

    assertThat(glob("aaaa*".repeat(50) + "a".repeat(5000) + "b").isIn(counted)).isFalse();

    assertThat(looks).hasValueLessThanOrEqualTo(text.length());
  }

  private static String letters(Random random, String alphabet, int max) {
    return random
        .ints(random.nextInt(max + 1), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
