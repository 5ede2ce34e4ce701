// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.metrics;

import dcos.metrics.inspector.control.RowTable;
import dcos.metrics.inspector.preferences.Preferences;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/** The table of series, and below it the chart of those that are selected. */
public final class MetricsView extends BorderPane {
  private static final String DIVIDER = "divider.chart";

  private final Supplier<? extends Node> chartMaker;
  private final RowTable<?> table;
  private final SplitPane split;
  private final Label hint = new Label("Select series to draw them; Ctrl or Shift selects several");
  private double divider;
  private @Nullable Node chart;

  /**
   * Puts the chart below a table.
   *
   * @param isDrawn whether any series is drawn
   * @param chartMaker makes the chart, when it is first needed
   */
  public MetricsView(
      RowTable<?> table,
      ObservableValue<Boolean> isDrawn,
      Supplier<? extends Node> chartMaker,
      Preferences remembered) {
    this.table = table;
    this.chartMaker = chartMaker;
    split = new SplitPane(table);
    split.setOrientation(Orientation.VERTICAL);
    split.getStyleClass().add("metrics-split");
    divider = remembered.size(DIVIDER, 0.55);
    hint.setId("chart-hint");
    hint.getStyleClass().addAll("quiet", "chart-hint");
    hint.setMaxWidth(Double.MAX_VALUE);
    setCenter(split);
    isDrawn.subscribe(this::show);
  }

  public void remember(Preferences remembered) {
    keepDivider();
    remembered.setSize(DIVIDER, divider);
  }

  private void show(boolean drawn) {
    setBottom(drawn ? null : hint);
    boolean isDrawn = split.getItems().size() > 1;
    if (drawn && !isDrawn) {
      // Made when it is first needed: most windows start without.
      Node made = chart == null ? chartMaker.get() : chart;
      chart = made;
      split.getItems().add(made);
      split.setDividerPositions(divider);
    } else if (!drawn && isDrawn) {
      keepDivider();
      if (chart != null && chart.isFocused()) {
        table.focusRows(); // Else the keys would go to whatever the window has first.
      }
      split.getItems().removeLast();
    }
  }

  private void keepDivider() {
    if (split.getItems().size() > 1) {
      divider = split.getDividerPositions()[0];
    }
  }
}
