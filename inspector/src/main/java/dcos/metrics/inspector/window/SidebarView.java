// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.Tone;
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
import javafx.scene.layout.VBox;

/** Sources, topics and Kafka. */
final class SidebarView extends ScrollPane {
  private final FilterModel filter;
  private final DetailModel detail;

  SidebarView(Sidebar model, FilterModel filter, DetailModel detail) {
    this.filter = filter;
    this.detail = detail;
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

  private Node section(String title, ObservableList<Sidebar.Entry> entries) {
    var head = new Label(title);
    head.getStyleClass().add("section");
    var lines = new VBox();
    // Line by line: of hundreds of topics few change between two looks.
    for (Sidebar.Entry entry : entries) {
      lines.getChildren().add(line(entry));
    }
    entries.addListener(
        (javafx.collections.ListChangeListener<Sidebar.Entry>)
            change -> {
              while (change.next()) {
                int from = change.getFrom();
                lines.getChildren().remove(from, from + change.getRemovedSize());
                lines
                    .getChildren()
                    .addAll(from, change.getAddedSubList().stream().map(this::line).toList());
              }
            });
    return new VBox(head, lines);
  }

  private Node line(Sidebar.Entry entry) {
    var name = new Label(entry.name());
    name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    name.setMinWidth(0);
    var count = new Label(entry.count());
    count
        .getStyleClass()
        .addAll("figure", isTrouble(entry) ? Cells.styleOf(entry.tone()) + "-text" : "quiet");
    count.setMinWidth(USE_PREF_SIZE);
    var content = new HBox(6, Cells.dot(entry.tone()), name, count);
    content.setAlignment(Pos.CENTER_LEFT);
    var line = new Button(null, isTrouble(entry) ? new VBox(1, content, reason(entry)) : content);
    line.getStyleClass().setAll("sidebar-line");
    line.setMaxWidth(Double.MAX_VALUE);
    line.setAlignment(Pos.CENTER_LEFT);
    content.prefWidthProperty().bind(line.widthProperty().subtract(20));
    line.setAccessibleText(entry.name() + " " + entry.count() + " " + entry.hint());
    if (!entry.hint().isEmpty()) {
      line.setTooltip(new Tooltip(entry.hint()));
    }
    line.setOnAction(
        _ -> {
          entry.subject().ifPresent(detail.subjectProperty()::set);
          if (!entry.filter().isEmpty()) {
            filter.filterBy(entry.filter());
          }
        });
    return line;
  }

  private static boolean isTrouble(Sidebar.Entry entry) {
    return !entry.hint().isEmpty() && (entry.tone() == Tone.BAD || entry.tone() == Tone.WARNING);
  }

  /** What went wrong stands below the name, without asking. */
  private static Label reason(Sidebar.Entry entry) {
    var reason = new Label(entry.hint());
    reason.getStyleClass().addAll("sidebar-reason", Cells.styleOf(entry.tone()) + "-text");
    reason.setWrapText(true);
    reason.setMinWidth(0);
    return reason;
  }
}
