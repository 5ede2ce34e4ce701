// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.filterline.FilterLineModel;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.workspace.WindowState;
import java.util.List;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import org.junit.jupiter.api.Test;

class LimitedTablePlaceholderTest {
  private final FilterLineModel filter =
      new FilterLineModel(
          _ -> FilterLineModel.FilterCheck.VALID, (_, _) -> List.of(), _ -> {}, () -> {});
  private final TimelineModel strip = new TimelineModel();
  private final WindowState shown = new WindowState();
  private final LimitedTablePlaceholder placeholder =
      new LimitedTablePlaceholder(filter, strip, shown);
  private final StringBinding words = placeholder.words("No record yet");

  @Test
  void reportsThatNothingCameAsLongAsNothingLimitsTheView() {
    assertThat(words.get()).isEqualTo("No record yet");
    assertThat(placeholder.isLimited().get()).isFalse();
  }

  @Test
  void waitsForWhatIsSentToACaptureThatNothingLimits() {
    BooleanBinding waiting = placeholder.isWaiting();
    assertThat(waiting.get()).isFalse();
    shown.capturingProperty().set(true);
    shown.growingProperty().set(true);
    assertThat(waiting.get()).isTrue();
    filter.filterBy("topic:web");
    assertThat(waiting.get()).isFalse();
    filter.filterBy("");
    shown.capturingProperty().set(false);
    assertThat(waiting.get()).isFalse();
  }

  @Test
  void reportsThatNothingMatchesAndShowsAllAgain() {
    filter.filterBy("topic:web");
    assertThat(words.get()).isEqualTo("Nothing matches the filter");
    strip.brushProperty().set(new TimelineModel.TimelineRange(1, 2));
    assertThat(words.get()).isEqualTo("Nothing matches the filter in the time that shows");
    assertThat(placeholder.isLimited().get()).isTrue();

    placeholder.lift();

    assertThat(filter.appliedProperty().get()).isEmpty();
    assertThat(strip.brushProperty().get()).isNull();
    assertThat(words.get()).isEqualTo("No record yet");
  }

  @Test
  void doesNotSayThatNothingMatchesBeforeAllWasLookedAt() {
    filter.filterBy("topic:web");
    filter.progressProperty().set(0.3);
    assertThat(words.get()).isEqualTo("Looking…");

    filter.progressProperty().set(FilterLineModel.IDLE);
    filter.stoppedProperty().set(true);

    assertThat(words.get()).isEqualTo("Nothing found before it was stopped");
  }

  @Test
  void reportsThatTheTimeThatShowsIsEmpty() {
    strip.hiddenBeforeProperty().set(5L);

    assertThat(words.get()).isEqualTo("Nothing in the time that shows");
  }
}
