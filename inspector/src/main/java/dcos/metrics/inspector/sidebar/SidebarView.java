// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.sidebar;

import dcos.metrics.inspector.control.TableCells;
import dcos.metrics.inspector.format.StatusTone;
import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Sources, topics and Kafka. */
public final class SidebarView extends ScrollPane {
  private final Consumer<SidebarModel.SidebarEntry> onClick;

  /**
   * @param onClick shows the records and the detail of an entry
   */
  public SidebarView(SidebarModel model, Consumer<SidebarModel.SidebarEntry> onClick) {
    this.onClick = onClick;
    setId("sidebar");
    getStyleClass().add("sidebar");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    setContent(
        new VBox(
            section("SOURCES", model.sources()),
            section("TOPICS", model.topics()),
            section("KAFKA", model.kafka())));
    setMinWidth(120);
  }

  private Node section(String title, ObservableList<SidebarModel.SidebarEntry> entries) {
    var head = new Label(title);
    head.getStyleClass().add("section");
    var lines = new VBox();
    // Line by line: of hundreds of topics few change between two looks.
    for (SidebarModel.SidebarEntry entry : entries) {
      lines.getChildren().add(new SidebarLine(entry));
    }
    entries.addListener(
        (ListChangeListener<SidebarModel.SidebarEntry>)
            change -> {
              while (change.next()) {
                update(lines.getChildren(), change);
              }
            });
    return new VBox(head, lines);
  }

  private void update(
      List<Node> lines, ListChangeListener.Change<? extends SidebarModel.SidebarEntry> change) {
    int from = change.getFrom();
    int kept = Math.min(change.getRemovedSize(), change.getAddedSize());
    for (int i = 0; i < kept; i++) {
      if (lines.get(from + i) instanceof SidebarLine line) {
        line.show(change.getAddedSubList().get(i));
      }
    }
    lines.subList(from + kept, from + change.getRemovedSize()).clear();
    for (int i = kept; i < change.getAddedSize(); i++) {
      lines.add(from + i, new SidebarLine(change.getAddedSubList().get(i)));
    }
  }

  /** A line, which stays the same while what it says changes: it may be about to be clicked. */
  private final class SidebarLine extends Button {
    private final Label count = new Label();
    private SidebarModel.SidebarEntry entry;

    SidebarLine(SidebarModel.SidebarEntry entry) {
      this.entry = entry;
      getStyleClass().setAll("sidebar-line");
      setMaxWidth(Double.MAX_VALUE);
      setAlignment(Pos.CENTER_LEFT);
      setOnAction(_ -> onClick.accept(this.entry));
      count.setMinWidth(USE_PREF_SIZE);
      build(entry);
      tell(entry);
    }

    /** Most often just the figure is another one: then nothing is made anew. */
    private void show(SidebarModel.SidebarEntry now) {
      SidebarModel.SidebarEntry before = entry;
      entry = now;
      if (!now.name().equals(before.name())
          || now.tone() != before.tone()
          || !errorOf(now).equals(errorOf(before))) {
        build(now);
      }
      tell(now);
    }

    private void tell(SidebarModel.SidebarEntry now) {
      count.setText(now.count());
      setAccessibleText(now.name() + " " + now.count() + " " + now.hint());
      Tooltip shown = getTooltip();
      // The name too: there may be no room for all of it.
      String all = now.hint().isEmpty() ? now.name() : now.name() + "\n" + now.hint();
      if (shown == null) {
        setTooltip(new Tooltip(all));
      } else {
        shown.setText(all);
      }
    }

    private void build(SidebarModel.SidebarEntry now) {
      var name = new Label(now.name());
      name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
      name.setMaxWidth(Double.MAX_VALUE);
      HBox.setHgrow(name, Priority.ALWAYS);
      name.setMinWidth(0);
      count
          .getStyleClass()
          .setAll(
              "label", "figure", isError(now) ? TableCells.styleOf(now.tone()) + "-text" : "quiet");
      var head = new HBox(6, TableCells.dot(now.tone()), name, count);
      head.setAlignment(Pos.CENTER_LEFT);
      Region content = head;
      if (isError(now)) {
        Label reason = reason(now);
        reason.prefWidthProperty().bind(widthProperty().subtract(24));
        content = new VBox(1, head, reason);
      }
      content.prefWidthProperty().bind(widthProperty().subtract(20));
      setGraphic(content);
    }
  }

  private static String errorOf(SidebarModel.SidebarEntry entry) {
    return isError(entry) ? entry.hint() : "";
  }

  private static boolean isError(SidebarModel.SidebarEntry entry) {
    return !entry.hint().isEmpty()
        && (entry.tone() == StatusTone.BAD || entry.tone() == StatusTone.WARNING);
  }

  /** What went wrong stands below the name, without asking. */
  private static Label reason(SidebarModel.SidebarEntry entry) {
    var reason = new Label(entry.hint());
    reason.getStyleClass().addAll("sidebar-reason", TableCells.styleOf(entry.tone()) + "-text");
    reason.setWrapText(true);
    reason.setMinWidth(0);
    return reason;
  }
}
