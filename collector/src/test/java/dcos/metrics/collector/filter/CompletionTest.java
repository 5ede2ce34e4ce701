// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompletionTest {
  private static final Map<FilterKey, List<String>> VALUES =
      Map.of(
          FilterKey.TOPIC, List.of("db", "web", "my web", "Weblog", ""),
          FilterKey.NAME, List.of("cpu*", "cpu.user"));
  private static final SeenValues SEEN =
      new SeenValues() {
        @Override
        public Iterable<String> values(FilterKey key) {
          return VALUES.getOrDefault(key, List.of());
        }

        @Override
        public Iterable<String> tags() {
          return List.of("host", "my key");
        }

        @Override
        public Iterable<String> tagValues(String tag) {
          return switch (tag) {
            case "host" -> List.of("a1", "a2");
            case "my key" -> List.of("x");
            default -> List.of();
          };
        }
      };

  /** The caret is the bar; a suggestion is what the whole line becomes. */
  private static List<String> lines(String line) {
    int caret = line.indexOf('|');
    String text = line.substring(0, caret) + line.substring(caret + 1);
    return Completion.at(text, caret, SEEN, 20).stream()
        .map(c -> text.substring(0, c.start()) + c.text() + "|" + text.substring(c.end()))
        .toList();
  }

  static Stream<List<String>> linesAndWhatTheyBecome() {
    return Stream.of(
        List.of("to|", "topic:|"),
        List.of("TOP|", "topic:|"),
        List.of("a -to| b", "a -topic:| b"),
        List.of("(of|)", "(offset=|)"),
        List.of("va|", "value>|"),
        List.of("ho|", "tag.host:|"),
        List.of("tag.h|", "tag.host:|"),
        List.of("tag|", "tag:|", "tag.host:|", "tag.\"my key\":|"),
        List.of("tag.\"my|", "tag.\"my key\":|"),
        List.of("y|", "bytes>|", "tag.\"my key\":|"),
        List.of("to|px:web", "topic|:web"),
        List.of("to|pic:web"),
        List.of("ti|x=web", "time|=web", "partition|=web"),
        List.of("o |a", "o topic:|a"),
        List.of("topic:we|", "topic:web|", "topic:Weblog|", "topic:\"my web\"|"),
        List.of("topic:|", "topic:db|", "topic:web|", "topic:\"my web\"|", "topic:Weblog|"),
        List.of("topic=d|", "topic=db|"),
        List.of(
            "topic!=|web a",
            "topic!=db| a",
            "topic!=\"my web\"| a",
            "topic!=Weblog| a",
            "topic!=\"\"| a"),
        List.of("topic:\"my w|", "topic:\"my web\"|"),
        List.of("topic:\"m|x\" a", "topic:\"my web\"| a"),
        List.of("name:c|", "name:\"cpu\\*\"|", "name:cpu.user|"),
        List.of("name=c|", "name=cpu*|", "name=cpu.user|"),
        List.of("tag.host:|", "tag.host:a1|", "tag.host:a2|"),
        List.of("tag.\"my key\"=|", "tag.\"my key\"=x|"),
        List.of("topic:web|", "topic:Weblog|", "topic:\"my web\"|"),
        List.of("tag.nope:|"),
        List.of("value>|"),
        List.of("nope:|"),
        List.of("zzz|"));
  }

  @ParameterizedTest
  @MethodSource("linesAndWhatTheyBecome")
  void completesAtTheCaret(List<String> line) {
    List<String> become = lines(line.getFirst());

    // Of all keys on an empty word, the first is enough to see.
    assertThat(line.getFirst().contains(" |") ? become.subList(0, 1) : become)
        .isEqualTo(line.subList(1, line.size()));
  }

  @Test
  void offersEveryKeyWithItsMeaningOnAnEmptyLine() {
    List<Completion> all = Completion.at("", 0, SEEN, 100);

    assertThat(all)
        .hasSize(FilterKey.values().length - 1 + 2)
        .noneMatch(one -> one.text().contains("verdict"));
    assertThat(all.getFirst())
        .isEqualTo(
            new Completion(0, 0, "topic:", "the topic that the sender gave, or that of Kafka"));
    assertThat(all.getLast()).isEqualTo(new Completion(0, 0, "tag.\"my key\":", "a tag's value"));
  }

  @Test
  void offersNoMoreThanTheLimit() {
    assertThat(Completion.at("", 0, SEEN, 3)).hasSize(3);
    assertThat(Completion.at("topic:e", 7, SEEN, 1)).hasSize(1);
    assertThat(Completion.at("", 0, SEEN, 0)).isEmpty();
  }

  @Test
  void takesAnyLineAndCaret() {
    Random random = new Random(1);
    String characters = "ta g.\"\\:=!<>()-ho*";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      int caret = random.nextInt(text.length() + 1);
      for (Completion completion : Completion.at(text.toString(), caret, SEEN, 5)) {
        assertThat(completion.start()).as("%s at %s", text, caret).isBetween(0, caret);
        assertThat(completion.end()).isBetween(completion.start(), text.length());
      }
    }
  }

  @Test
  void refusesACaretOutsideTheText() {
    assertThatThrownBy(() -> Completion.at("ab", 3, SEEN, 1))
        .hasMessage("caret must be 0 to 2, was 3");
  }
}
