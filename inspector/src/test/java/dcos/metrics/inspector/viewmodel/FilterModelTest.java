// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilterModelTest {
  private final List<String> runs = new ArrayList<>();
  private final FilterModel filter =
      new FilterModel(
          text -> text.endsWith(":") ? Optional.of("value expected") : Optional.empty(),
          (text, caret) -> List.of(new Suggestion(0, caret, "topic:", "text " + text)),
          runs::add,
          () -> runs.add("stop"));

  @Test
  void saysWhyATextIsNoFilter() {
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
    assertThat(filter.suggestions(0)).isEmpty();
  }

  @Test
  void putsASuggestionInPlaceOfWhatStandsAtTheCaret() {
    filter.textProperty().set("top or x");
    Suggestion suggestion = filter.suggestions(3).getFirst();

    int caret = filter.accept(suggestion);

    assertThat(suggestion.meaning()).isEqualTo("text top or x");
    assertThat(filter.textProperty().get()).isEqualTo("topic: or x");
    assertThat(caret).isEqualTo("topic:".length());
  }
}
