// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.DetailModel;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** What is selected: the decoded tree over the bytes; selecting in one highlights in the other. */
final class DetailView extends BorderPane {
  private final TreeView<Detail.Node> tree = new TreeView<>();
  private final Button link = new Button();
  // While the tree is told what the model says, it does not tell it back.
  private boolean telling;

  DetailView(DetailModel model) {
    setId("detail");
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
    link.setId("detail-link");
    link.getStyleClass().addAll(Styles.FLAT, Styles.ACCENT);
    link.setMaxWidth(Double.MAX_VALUE);
    tree.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, item) -> {
              if (!telling) {
                model.highlight(item == null ? null : item.getValue());
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
      tree.setRoot(detail == null ? null : item(detail.root(), true));
    } finally {
      telling = false;
    }
    setBottom(null);
    if (detail != null) {
      detail
          .link()
          .ifPresent(
              where -> {
                link.setText(where.label() + "  →");
                link.setOnAction(_ -> where.run().run());
                setBottom(link);
              });
    }
  }

  private static TreeItem<Detail.Node> item(Detail.Node node, boolean expanded) {
    var item = new TreeItem<>(node);
    item.setExpanded(expanded);
    for (Detail.Node child : node.children()) {
      item.getChildren().add(item(child, node.children().size() <= 30));
    }
    return item;
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
    private final Label name = new Label();

    NodeCell() {
      name.getStyleClass().add("quiet");
      name.setMinWidth(USE_PREF_SIZE);
      setGraphicTextGap(10);
    }

    @Override
    protected void updateItem(Detail.@Nullable Node node, boolean empty) {
      super.updateItem(node, empty);
      if (node == null) {
        setText(null);
        setGraphic(null);
      } else {
        name.setText(node.name());
        setGraphic(name);
        setText(node.value());
      }
    }
  }
}
