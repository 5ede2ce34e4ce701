// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.control.TableCells;
import dcos.metrics.inspector.format.StatusTone;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.layout.HBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** A line of the detail's tree: a name, and a value that wraps or leads somewhere. */
final class DetailCellView extends TreeCell<ObjectProperty<DetailContent.DetailNode>> {
  private static final int MAX_LETTERS = 300;
  private static final double LINE = 25;
  private static final double GAP = 7;
  private static final double INDENT = 17;
  private static final double SCROLL_BAR = 16;
  private static final double MIN_ROOM = 60;

  private final Label name = new Label();
  private final Label value = new Label();
  private final Button link = new Button();
  private final HBox content = new HBox(10);
  private Subscription looking = Subscription.EMPTY;

  DetailCellView() {
    name.getStyleClass().add("quiet");
    name.setMinWidth(USE_PREF_SIZE);
    value.setWrapText(true);
    link.setWrapText(true);
    link.setFocusTraversable(false);
    content.setAlignment(Pos.BASELINE_LEFT);
  }

  @Override
  protected void updateItem(
      @Nullable ObjectProperty<DetailContent.DetailNode> item, boolean empty) {
    super.updateItem(item, empty);
    looking.unsubscribe();
    if (item == null) {
      looking = Subscription.EMPTY;
      setGraphic(null);
      setTooltip(null);
      return;
    }
    setGraphic(content);
    looking = item.subscribe(this::show);
  }

  /** What is as it was is not touched: styles, above all, cost more than all the rest. */
  private void show(DetailContent.DetailNode node) {
    name.setText(node.name());
    boolean isLong = node.value().length() > MAX_LETTERS;
    String text = isLong ? node.value().substring(0, MAX_LETTERS) + "\u2026" : node.value();
    Labeled shown = shown(node);
    shown.setText(node.link().isPresent() ? text + " \u2192" : text);
    List<String> styles = new ArrayList<>();
    styles.add(node.link().isPresent() ? "lead" : "label");
    if (node.tone() != StatusTone.QUIET) {
      styles.add(TableCells.styleOf(node.tone()) + "-text");
    }
    if (!shown.getStyleClass().equals(styles)) {
      shown.getStyleClass().setAll(styles);
    }
    node.link().ifPresent(run -> link.setOnAction(_ -> run.run()));
    if (!content.getChildren().equals(List.of(name, shown))) {
      content.getChildren().setAll(name, shown);
    }
    setTooltip(isLong ? wrapped(node.value()) : null);
  }

  private Labeled shown(DetailContent.DetailNode node) {
    return node.link().isPresent() ? link : value;
  }

  /** As high as its value is when it is wrapped at the end of the tree. */
  @Override
  protected double computePrefHeight(double width) {
    if (getItem() == null) {
      return LINE;
    }
    double room = Math.max(MIN_ROOM, computePrefWidth(-1) - left() - name.prefWidth(-1));
    Labeled shown = shown(getItem().get());
    shown.setMaxWidth(room);
    return Math.max(LINE, shown.prefHeight(room) + GAP);
  }

  @Override
  protected double computePrefWidth(double height) {
    return getTreeView().getWidth() - SCROLL_BAR;
  }

  /** Where the name begins, and the gap behind it. */
  private double left() {
    return INDENT * (getTreeView().getTreeItemLevel(getTreeItem()) + 1) + 2 * content.getSpacing();
  }

  private static Tooltip wrapped(String text) {
    var tooltip = new Tooltip(text);
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(600);
    return tooltip;
  }
}
