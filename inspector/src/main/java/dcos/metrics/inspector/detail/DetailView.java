// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.NoticesModel;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** What is selected: the decoded tree over the bytes; selecting in one highlights in the other. */
public final class DetailView extends BorderPane {
  // A place for a node each: told another one, it tells its cell. Of an item's own value the tree
  // would make all its cells anew, with their styles, twice a second.
  private final TreeView<ObjectProperty<DetailContent.DetailNode>> tree = new TreeView<>();
  private final DetailModel model;
  private final FlowPane links = new FlowPane();
  // Of what is selected, so many lines of what it belongs to are in sight as well.
  private static final int ABOVE = 6;

  // While the tree is told what the model says, it does not tell it back.
  private boolean telling;
  // What the tree is of.
  private @Nullable DetailSubject shown;

  public DetailView(DetailModel model) {
    this.model = model;
    setId("detail");
    links.getStyleClass().add("detail-links");
    setMinWidth(160);
    tree.setId("detail-tree");
    tree.setCellFactory(_ -> new DetailCellView());
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
                model.highlight(item == null ? null : item.getValue().get());
                showBelow(item);
              }
            });
    model.highlightedProperty().addListener((_, _, node) -> reveal(node));
    model.detailProperty().subscribe(this::show);
  }

  /** Takes the keys. */
  public void focusTree() {
    tree.requestFocus();
  }

  private void show(@Nullable DetailContent detail) {
    telling = true;
    try {
      TreeItem<ObjectProperty<DetailContent.DetailNode>> root = tree.getRoot();
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

  private void showLinks(List<NoticesModel.NoticeAction> wanted) {
    List<Node> buttons = links.getChildren();
    while (buttons.size() < wanted.size()) {
      var link = new Button();
      link.setId(buttons.isEmpty() ? "detail-link" : null);
      link.getStyleClass().addAll(Styles.FLAT, Styles.ACCENT);
      buttons.add(link);
    }
    buttons.subList(wanted.size(), buttons.size()).clear();
    for (int i = 0; i < wanted.size(); i++) {
      NoticesModel.NoticeAction where = wanted.get(i);
      if (buttons.get(i) instanceof Button link) {
        link.setText(where.label() + "  \u2192");
        link.setOnAction(_ -> where.run().run());
      }
    }
    setBottom(wanted.isEmpty() ? null : links);
  }

  /** What an item's own bytes have marked stands below it once they were read. */
  private void showBelow(@Nullable TreeItem<ObjectProperty<DetailContent.DetailNode>> item) {
    if (item != null && item.getValue().get().own().isPresent()) {
      update(item, item.getValue().get());
      item.setExpanded(true);
    }
  }

  private TreeItem<ObjectProperty<DetailContent.DetailNode>> item(
      DetailContent.DetailNode node, boolean expanded) {
    var item =
        new TreeItem<ObjectProperty<DetailContent.DetailNode>>(new SimpleObjectProperty<>(node));
    item.setExpanded(expanded && !node.folded());
    List<DetailContent.DetailNode> below = model.below(node);
    for (DetailContent.DetailNode child : below) {
      item.getChildren().add(item(child, below.size() <= 30));
    }
    return item;
  }

  /** In place: what is selected, open and in sight stays so. */
  private void update(
      TreeItem<ObjectProperty<DetailContent.DetailNode>> item, DetailContent.DetailNode node) {
    item.getValue().set(node);
    List<DetailContent.DetailNode> below = model.below(node);
    List<TreeItem<ObjectProperty<DetailContent.DetailNode>>> items = item.getChildren();
    for (int i = 0; i < below.size(); i++) {
      DetailContent.DetailNode wanted = below.get(i);
      if (i == items.size()) {
        items.add(item(wanted, below.size() <= 30));
      } else if (items.get(i).getValue().get().name().equals(wanted.name())) {
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
    TreeItem<ObjectProperty<DetailContent.DetailNode>> item =
        tree.getSelectionModel().getSelectedItem();
    if (event.getCode() == KeyCode.ENTER && item != null) {
      event.consume();
      item.getValue().get().link().ifPresent(Runnable::run);
    }
  }

  @SuppressWarnings("ReferenceEquality") // two nodes of equal content are still two
  private void reveal(DetailContent.@Nullable DetailNode node) {
    TreeItem<ObjectProperty<DetailContent.DetailNode>> selected =
        tree.getSelectionModel().getSelectedItem();
    if (node == null
        || tree.getRoot() == null
        || (selected != null && selected.getValue().get() == node)) {
      return;
    }
    TreeItem<ObjectProperty<DetailContent.DetailNode>> found = find(tree.getRoot(), node);
    if (found != null) {
      telling = true;
      try {
        for (TreeItem<ObjectProperty<DetailContent.DetailNode>> up = found.getParent();
            up != null;
            up = up.getParent()) {
          up.setExpanded(true);
        }
        tree.getSelectionModel().select(found);
        showBelow(found);
        tree.scrollTo(Math.max(0, tree.getRow(found) - ABOVE));
      } finally {
        telling = false;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // two nodes of equal content are still two
  private static @Nullable TreeItem<ObjectProperty<DetailContent.DetailNode>> find(
      TreeItem<ObjectProperty<DetailContent.DetailNode>> item, DetailContent.DetailNode node) {
    if (item.getValue().get() == node) {
      return item;
    }
    for (TreeItem<ObjectProperty<DetailContent.DetailNode>> child : item.getChildren()) {
      TreeItem<ObjectProperty<DetailContent.DetailNode>> found = find(child, node);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
