// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The list of keys, and of what can be written and drawn, over the window. */
final class KeysView extends VBox {
  private static final List<Line> FILTER =
      List.of(
          new Line("topic:web", "contains it; * stands for anything"),
          new Line("topic=web", "is exactly it; != is not"),
          new Line("tag.host=a1", "a tag; tag: any key or value"),
          new Line("name: value>", "a datapoint's name and value"),
          new Line("outcome: source:", "what became of it, where it came from"),
          new Line("state:", "of its message: queued, sending, or the outcome"),
          new Line("partition= offset=", "where Kafka has it; message= its number"),
          new Line("ms>100", "acknowledged after more than 100 ms"),
          new Line("records>= bytes<4k", "numbers; k, M and G are thousands"),
          new Line("time>12:04:31", "later than that"),
          new Line("web idle", "both; one word is looked for everywhere"),
          new Line("a or b  -(a b)", "either; - in front is not"),
          new Line("Tab", "completes what is offered; Up and Down choose"));

  private static final List<Line> STRIP =
      List.of(
          new Line("Drag", "limits every view to that time"),
          new Line("Click", "takes the limit away"),
          new Line("Click a mark", "what went wrong; what was marked"),
          new Line("Left  Right", "points at a time; with Shift limits to it"),
          new Line("Esc", "takes the limit away"));

  KeysView(List<Keys.Key> keys, Runnable close) {
    super(14);
    setId("keys-list");
    getStyleClass().add("keys-list");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    var done = new Button("Close");
    done.setOnAction(_ -> close.run());
    var right = new VBox(14, list("Filter", FILTER), list("Time strip", STRIP));
    var lists =
        new ScrollPane(new HBox(36, list("Keys", keys.stream().map(KeysView::line)), right));
    lists.setFitToWidth(true);
    lists.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    lists.getStyleClass().add(Tweaks.EDGE_TO_EDGE);
    lists.setMinHeight(0);
    getChildren().addAll(lists, done);
  }

  private record Line(String name, String what) {}

  private static Line line(Keys.Key key) {
    return new Line(key.name(), key.what());
  }

  private static Node list(String title, List<Line> lines) {
    return list(title, lines.stream());
  }

  private static Node list(String title, Stream<Line> lines) {
    var head = new Label(title);
    head.getStyleClass().add(Styles.TITLE_4);
    var grid = new GridPane(18, 4);
    lines.forEach(
        line -> {
          var name = new Label(line.name());
          name.getStyleClass().add("key");
          name.setMinWidth(Region.USE_PREF_SIZE);
          var what = new Label(line.what());
          what.setWrapText(true);
          grid.addRow(grid.getRowCount(), name, what);
        });
    return new VBox(8, head, grid);
  }
}
