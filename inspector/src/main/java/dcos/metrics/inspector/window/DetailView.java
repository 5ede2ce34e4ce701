// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** What is selected: the decoded tree over the bytes; selecting in one highlights in the other. */
final class DetailView extends BorderPane {
  private final TreeView<Detail.Node> tree = new TreeView<>();
  private final DetailModel model;
  private final FlowPane links = new FlowPane();
  // While the tree is told what the model says, it does not tell it back.
  private boolean telling;
  // What the tree is of.
  private Detail.@Nullable Subject shown;

  DetailView(DetailModel model) {
    this.model = model;
    setId("detail");
    links.getStyleClass().add("detail-links");
    setMinWidth(160);
    tree.setId("detail-tree");
    tree.setCellFactory(_ -> new NodeCell());
    var split = new SplitPane(tree, new HexView(model));
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.55);
    var nothing = new Label("Select a row to see what is in it");
    nothing.getStyleClass().add("empty");
    nothing.visibleProperty().bind(model.detailProperty().isNull());
    split.visibleProperty().bind(model.detailProperty().isNotNull());
    setCenter(new StackPane(split, nothing));
    tree.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    tree.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, item) -> {
              if (!telling) {
                model.highlight(item == null ? null : item.getValue());
                showBelow(item);
              }
            });
    model.highlightedProperty().addListener((_, _, node) -> reveal(node));
    model.detailProperty().subscribe(this::show);
  }

  /** Takes the keys. */
  void focusTree() {
    tree.requestFocus();
  }

  private void show(@Nullable Detail detail) {
    telling = true;
    try {
      TreeItem<Detail.Node> root = tree.getRoot();
      if (detail == null) {
        tree.setRoot(null);
      } else if (root != null && detail.subject().equals(shown)) {
        update(root, detail.root());
      } else {
        tree.getSelectionModel().clearSelection();
        tree.setRoot(item(detail.root(), true));
        tree.scrollTo(0); // Else it would begin as far down as what was read before.
      }
    } finally {
      telling = false;
    }
    shown = detail == null ? null : detail.subject();
    showLinks(detail == null ? List.of() : detail.links());
    reveal(model.highlightedProperty().get());
  }

  private void showLinks(List<Notices.Action> wanted) {
    links.getChildren().clear();
    for (Notices.Action where : wanted) {
      var link = new Button(where.label() + "  \u2192");
      link.setId(links.getChildren().isEmpty() ? "detail-link" : null);
      link.getStyleClass().addAll(Styles.FLAT, Styles.ACCENT);
      link.setOnAction(_ -> where.run().run());
      links.getChildren().add(link);
    }
    setBottom(wanted.isEmpty() ? null : links);
  }

  /** What an item's own bytes have marked stands below it once they were read. */
  private void showBelow(@Nullable TreeItem<Detail.Node> item) {
    if (item != null && item.getValue().own().isPresent()) {
      update(item, item.getValue());
      item.setExpanded(true);
    }
  }

  private TreeItem<Detail.Node> item(Detail.Node node, boolean expanded) {
    var item = new TreeItem<>(node);
    item.setExpanded(expanded && !node.folded());
    List<Detail.Node> below = model.below(node);
    for (Detail.Node child : below) {
      item.getChildren().add(item(child, below.size() <= 30));
    }
    return item;
  }

  /** In place: what is selected, open and in sight stays so. */
  private void update(TreeItem<Detail.Node> item, Detail.Node node) {
    item.setValue(node);
    List<Detail.Node> below = model.below(node);
    List<TreeItem<Detail.Node>> items = item.getChildren();
    for (int i = 0; i < below.size(); i++) {
      Detail.Node wanted = below.get(i);
      if (i == items.size()) {
        items.add(item(wanted, below.size() <= 30));
      } else if (items.get(i).getValue().name().equals(wanted.name())) {
        update(items.get(i), wanted);
      } else {
        items.set(i, item(wanted, below.size() <= 30));
      }
    }
    if (items.size() > below.size()) {
      items.subList(below.size(), items.size()).clear();
    }
  }

  private void key(KeyEvent event) {
    TreeItem<Detail.Node> item = tree.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && item != null) {
      event.consume();
      item.getValue().lead().ifPresent(Runnable::run);
    }
  }

  @SuppressWarnings("ReferenceEquality") // two nodes of equal content are still two
  private void reveal(Detail.@Nullable Node node) {
    TreeItem<Detail.Node> selected = tree.getSelectionModel().getSelectedItem();
    if (node == null
        || tree.getRoot() == null
        || (selected != null && selected.getValue() == node)) {
      return;
    }
    TreeItem<Detail.Node> found = find(tree.getRoot(), node);
    if (found != null) {
      telling = true;
      try {
        for (TreeItem<Detail.Node> up = found.getParent(); up != null; up = up.getParent()) {
          up.setExpanded(true);
        }
        tree.getSelectionModel().select(found);
        tree.scrollTo(Math.max(0, tree.getRow(found) - 2));
      } finally {
        telling = false;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // two nodes of equal content are still two
  private static @Nullable TreeItem<Detail.Node> find(
      TreeItem<Detail.Node> item, Detail.Node node) {
    if (item.getValue() == node) {
      return item;
    }
    for (TreeItem<Detail.Node> child : item.getChildren()) {
      TreeItem<Detail.Node> found = find(child, node);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static final class NodeCell extends TreeCell<Detail.Node> {
    private static final int MOST_LETTERS = 300;
    private static final double LINE = 25;
    private static final double GAP = 7;
    private static final double INDENT = 17;
    private static final double SCROLL_BAR = 16;
    private static final double LEAST_ROOM = 60;

    private final Label name = new Label();
    private final Label value = new Label();
    private final Button lead = new Button();
    private final HBox content = new HBox(10);

    NodeCell() {
      name.getStyleClass().add("quiet");
      name.setMinWidth(USE_PREF_SIZE);
      value.setWrapText(true);
      lead.setWrapText(true);
      lead.setFocusTraversable(false);
      content.setAlignment(Pos.BASELINE_LEFT);
    }

    @Override
    protected void updateItem(Detail.@Nullable Node node, boolean empty) {
      super.updateItem(node, empty);
      if (node == null) {
        setGraphic(null);
        setTooltip(null);
        return;
      }
      name.setText(node.name());
      boolean isLong = node.value().length() > MOST_LETTERS;
      String text = isLong ? node.value().substring(0, MOST_LETTERS) + "\u2026" : node.value();
      Labeled shown = node.lead().isPresent() ? lead : value;
      shown.setText(node.lead().isPresent() ? text + " \u2192" : text);
      List<String> styles = new ArrayList<>();
      styles.add(node.lead().isPresent() ? "lead" : "label");
      if (node.tone() != Tone.QUIET) {
        styles.add(Cells.styleOf(node.tone()) + "-text");
      }
      shown.getStyleClass().setAll(styles);
      node.lead().ifPresent(run -> lead.setOnAction(_ -> run.run()));
      content.getChildren().setAll(name, shown);
      setGraphic(content);
      setTooltip(isLong ? wrapped(node.value()) : null);
    }

    /** As high as its value is when it is wrapped at the end of the tree. */
    @Override
    protected double computePrefHeight(double width) {
      if (getItem() == null) {
        return LINE;
      }
      double room = Math.max(LEAST_ROOM, computePrefWidth(-1) - left() - name.prefWidth(-1));
      Labeled shown = getItem().lead().isPresent() ? lead : value;
      shown.setMaxWidth(room);
      return Math.max(LINE, shown.prefHeight(room) + GAP);
    }

    @Override
    protected double computePrefWidth(double height) {
      return getTreeView().getWidth() - SCROLL_BAR;
    }

    /** Where the name begins, and the gap behind it. */
    private double left() {
      return INDENT * (getTreeView().getTreeItemLevel(getTreeItem()) + 1)
          + 2 * content.getSpacing();
    }

    private static Tooltip wrapped(String text) {
      var tooltip = new Tooltip(text);
      tooltip.setWrapText(true);
      tooltip.setMaxWidth(600);
      return tooltip;
    }
  }
}
