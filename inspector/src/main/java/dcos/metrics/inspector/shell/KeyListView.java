// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

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
final class KeyListView extends VBox {
  private static final List<KeyLine> FILTER =
      List.of(
          new KeyLine("topic:web", "contains it; * stands for anything"),
          new KeyLine("topic=web", "is exactly it; != is not"),
          new KeyLine("tag.host=a1", "a tag; tag: any key or value"),
          new KeyLine("name: value>", "a datapoint's name and value"),
          new KeyLine("outcome: source:", "what became of it, where it came from"),
          new KeyLine("state:", "of its message: queued, sending, or the outcome"),
          new KeyLine("partition= offset=", "where Kafka has it; message= its number"),
          new KeyLine("ms>100", "acknowledged after more than 100 ms"),
          new KeyLine("records>= bytes<4k", "numbers; k, M and G are thousands"),
          new KeyLine("time>12:04:31", "later than that"),
          new KeyLine("web idle", "both; one word is looked for everywhere"),
          new KeyLine("a or b  -(a b)", "either; - in front is not"),
          new KeyLine("Tab", "completes what is offered; Up and Down choose"));

  private static final List<KeyLine> STRIP =
      List.of(
          new KeyLine("Drag", "limits every view to that time"),
          new KeyLine("Click", "takes the limit away"),
          new KeyLine("Click a mark", "what went wrong; what was marked"),
          new KeyLine("Left  Right", "points at a time; with Shift limits to it"),
          new KeyLine("Esc", "takes the limit away"));

  KeyListView(List<KeyBindings.KeyBinding> keys, Runnable close) {
    super(14);
    setId("keys-list");
    getStyleClass().add("keys-list");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    var done = new Button("Close");
    done.setOnAction(_ -> close.run());
    var right = new VBox(14, list("Filter", FILTER), list("Time strip", STRIP));
    var lists =
        new ScrollPane(new HBox(36, list("Keys", keys.stream().map(KeyListView::line)), right));
    lists.setFitToWidth(true);
    lists.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    lists.getStyleClass().add(Tweaks.EDGE_TO_EDGE);
    lists.setMinHeight(0);
    getChildren().addAll(lists, done);
  }

  private record KeyLine(String name, String what) {}

  private static KeyLine line(KeyBindings.KeyBinding key) {
    return new KeyLine(key.name(), key.what());
  }

  private static Node list(String title, List<KeyLine> lines) {
    return list(title, lines.stream());
  }

  private static Node list(String title, Stream<KeyLine> lines) {
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
