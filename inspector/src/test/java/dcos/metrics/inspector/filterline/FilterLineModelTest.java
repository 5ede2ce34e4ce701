// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.filterline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterLineModelTest {
  private final List<String> runs = new ArrayList<>();
  private List<String> values = List.of("topic:");
  private final FilterLineModel filter =
      new FilterLineModel(
          FilterLineModelTest::check,
          (text, caret) ->
              values.stream()
                  .map(value -> new FilterSuggestion(0, caret, value, "text " + text))
                  .toList(),
          runs::add,
          () -> runs.add("stop"));

  private static FilterLineModel.FilterCheck check(String text) {
    return text.endsWith(":")
        ? FilterLineModel.FilterCheck.invalid("value expected")
        : new FilterLineModel.FilterCheck("", text.equals("failed") ? "now undeliverable" : "");
  }

  @Test
  void hintsAtTheWordOfThisVersionOnceItCounts() {
    filter.textProperty().set("failed");
    assertThat(filter.hintProperty().get()).isEqualTo("Enter applies");

    filter.apply();

    assertThat(filter.hintProperty().get()).isEqualTo("now undeliverable");
    filter.filterBy("undeliverable");
    assertThat(filter.hintProperty().get()).isEmpty();
  }

  @Test
  void reportsWhyATextIsNoFilter() {
    filter.textProperty().set("topic:");

    assertThat(filter.errorProperty().get()).isEqualTo("value expected");
  }

  @Test
  void doesNotRunWhatIsNoFilter() {
    filter.textProperty().set("topic:");

    filter.apply();

    assertThat(runs).isEmpty();
  }

  @Test
  void runsAFilterOnceHoweverOftenItIsEntered() {
    filter.textProperty().set(" topic:web ");

    filter.apply();
    filter.apply();

    assertThat(runs).containsExactly("topic:web");
  }

  @Test
  void escapeStopsARunAndLeavesTheText() {
    filter.filterBy("topic:web");
    filter.progressProperty().set(0.4);

    filter.escape();

    assertThat(runs).containsExactly("topic:web", "stop");
    assertThat(filter.textProperty().get()).isEqualTo("topic:web");
  }

  @Test
  void looksAgainForAFilterWhoseRunWasStopped() {
    filter.filterBy("topic:web");
    filter.stoppedProperty().set(true);

    filter.apply();

    assertThat(runs).containsExactly("topic:web", "topic:web");
  }

  @Test
  void escapeTakesAwayAFilterThatHasRun() {
    filter.filterBy("topic:web");

    filter.escape();

    assertThat(runs).containsExactly("topic:web", "");
    assertThat(filter.textProperty().get()).isEmpty();
  }

  @Test
  void suggestsNothingForAnEmptyLine() {
    filter.complete(0);

    assertThat(filter.offered()).isEmpty();
  }

  @Test
  void suggestsNothingForALineThatCounts() {
    filter.filterBy("topic:web");

    filter.complete(9);

    assertThat(filter.offered()).isEmpty();
  }

  @Test
  void entersWhatIsTypedThoughSuggestionsAreOffered() {
    filter.textProperty().set("x");
    filter.complete(1);

    assertThat(filter.enter(1)).isEqualTo(1);

    assertThat(runs).containsExactly("x");
    assertThat(filter.offered()).isEmpty();
  }

  @Test
  void entersTheSuggestionThatWasChosenAndRunsItOnceItIsComplete() {
    filter.textProperty().set("x");
    filter.complete(1);
    filter.chooseBy(1);
    assertThat(filter.enter(1)).isEqualTo("topic:".length());
    assertThat(filter.textProperty().get()).isEqualTo("topic:");
    assertThat(runs).isEmpty();

    values = List.of("topic:web", "topic:db");
    filter.complete(6);
    filter.chooseBy(-1);
    assertThat(filter.enter(6)).isEqualTo("topic:db".length());

    assertThat(runs).containsExactly("topic:db");
  }

  @Test
  void choosesNoneBehindTheLast() {
    filter.textProperty().set("x");
    filter.complete(1);
    filter.chooseBy(1);
    filter.chooseBy(1);

    assertThat(filter.chosenProperty().get()).isEqualTo(FilterLineModel.NONE);
  }

  @Test
  void reportsThatThereIsMoreToSuggest() {
    values = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9");
    filter.textProperty().set("x");

    filter.complete(1);

    assertThat(filter.offered()).hasSize(8);
    assertThat(filter.moreProperty().get()).isTrue();
  }

  @Test
  void escapeWithdrawsSuggestionsAndStopsNothing() {
    filter.filterBy("topic:web");
    filter.progressProperty().set(0.4);
    filter.textProperty().set("topic:web x");
    filter.complete(11);

    filter.escape();

    assertThat(filter.offered()).isEmpty();
    assertThat(runs).containsExactly("topic:web");
    filter.escape();
    assertThat(runs).containsExactly("topic:web", "stop");
  }

  @Test
  void reportsWhatEnterWouldDo() {
    assertThat(filter.hintProperty().get()).isEmpty();
    filter.textProperty().set("topic:web");
    assertThat(filter.hintProperty().get()).isEqualTo("Enter applies");
    filter.apply();
    assertThat(filter.hintProperty().get()).isEmpty();
    filter.stoppedProperty().set(true);
    assertThat(filter.hintProperty().get()).isEqualTo("stopped · Enter looks again");
    filter.textProperty().set("");
    assertThat(filter.hintProperty().get()).isEqualTo("Enter shows all");
  }

  @Test
  void putsASuggestionInPlaceOfWhatStandsAtTheCaret() {
    filter.textProperty().set("top or x");
    filter.complete(3);
    FilterSuggestion suggestion = filter.offered().getFirst();

    int caret = filter.accept(suggestion);

    assertThat(suggestion.meaning()).isEqualTo("text top or x");
    assertThat(filter.textProperty().get()).isEqualTo("topic: or x");
    assertThat(caret).isEqualTo("topic:".length());
  }
}
