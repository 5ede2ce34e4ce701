// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.filterline.FilterLineModel;
import dcos.metrics.inspector.table.TablePlaceholder;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.workspace.WindowState;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;

/** Why a table has no rows: nothing came yet, or what limits the view leaves none. */
final class LimitedTablePlaceholder implements TablePlaceholder {
  private final FilterLineModel filter;
  private final TimelineModel strip;
  private final WindowState shown;

  public LimitedTablePlaceholder(FilterLineModel filter, TimelineModel strip, WindowState shown) {
    this.filter = filter;
    this.strip = strip;
    this.shown = shown;
  }

  @Override
  public StringBinding words(String none) {
    return Bindings.createStringBinding(() -> limit().orElse(none), limits());
  }

  @Override
  public BooleanBinding isLimited() {
    return Bindings.createBooleanBinding(() -> limit().isPresent(), limits());
  }

  @Override
  public BooleanBinding isWaiting() {
    return isLimited().not().and(shown.capturingProperty()).and(shown.growingProperty());
  }

  private Observable[] limits() {
    return new Observable[] {
      filter.appliedProperty(),
      filter.progressProperty(),
      filter.stoppedProperty(),
      strip.brushProperty(),
      strip.hiddenBeforeProperty()
    };
  }

  private Optional<String> limit() {
    boolean filtered = !filter.appliedProperty().get().isEmpty();
    boolean within = strip.limit().isPresent();
    if (!filtered && !within) {
      return Optional.empty();
    }
    if (filter.progressProperty().get() < FilterLineModel.IDLE) {
      return Optional.of("Looking…");
    }
    if (filter.stoppedProperty().get()) {
      return Optional.of("Nothing found before it was stopped");
    }
    return Optional.of(
        !filtered
            ? "Nothing in the time that shows"
            : "Nothing matches the filter" + (within ? " in the time that shows" : ""));
  }

  @Override
  public void lift() {
    strip.brushProperty().set(null);
    strip.hiddenBeforeProperty().set(null);
    filter.filterBy("");
  }
}
