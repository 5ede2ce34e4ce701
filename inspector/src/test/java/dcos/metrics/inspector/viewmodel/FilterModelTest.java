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
          text -> List.of(text + "web"),
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
  void escapeTakesAwayAFilterThatHasRun() {
    filter.filterBy("topic:web");

    filter.escape();

    assertThat(runs).containsExactly("topic:web", "");
    assertThat(filter.textProperty().get()).isEmpty();
  }

  @Test
  void completesWhatWasBegun() {
    assertThat(filter.completions()).isEmpty();

    filter.textProperty().set("topic:");

    assertThat(filter.completions()).containsExactly("topic:web");
  }
}
