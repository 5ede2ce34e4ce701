// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.HexLine;
import java.util.AbstractList;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/** Bytes, some a line: the offset, hexadecimal and as text. */
final class HexView extends ListView<Integer> {
  private final DetailModel model;

  HexView(DetailModel model) {
    this.model = model;
    setId("bytes");
    getStyleClass().add("hex");
    setFixedCellSize(20);
    setCellFactory(_ -> new Line());
    var note = new Label();
    note.getStyleClass().add("quiet");
    note.setWrapText(true);
    note.textProperty().bind(model.bytesProperty().map(Detail.Bytes::note));
    note.setPadding(new Insets(12));
    setPlaceholder(note);
    model.bytesProperty().subscribe(this::show);
    model
        .highlightedProperty()
        .addListener(
            (_, _, node) -> {
              refresh();
              if (node != null && node.to() > node.from()) {
                scrollTo(Math.max(0, node.from() / HexLine.BYTES - 2));
              }
            });
  }

  private void show(Detail.Bytes page) {
    int lines = (page.content().length + HexLine.BYTES - 1) / HexLine.BYTES;
    // Not a list of all of them: there may be millions.
    setItems(
        FXCollections.observableList(
            new AbstractList<>() {
              @Override
              public Integer get(int line) {
                return line * HexLine.BYTES;
              }

              @Override
              public int size() {
                return lines;
              }
            }));
  }

  private final class Line extends ListCell<Integer> {
    // Offset, then of both columns what is before, in and behind the highlight.
    private final Text[] parts = new Text[7];
    private final TextFlow flow = new TextFlow();

    Line() {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new Text();
        parts[i].getStyleClass().add(i == 0 ? "hex-offset" : i % 3 == 2 ? "hex-lit" : "hex-byte");
      }
      flow.setMouseTransparent(true);
      addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
    }

    @Override
    protected void updateItem(@Nullable Integer from, boolean empty) {
      super.updateItem(from, empty);
      if (from == null) {
        setGraphic(null);
        return;
      }
      Detail.Node lit = model.highlightedProperty().get();
      HexLine line =
          HexLine.of(
              model.bytesProperty().get(),
              from,
              lit == null ? 0 : lit.from(),
              lit == null ? 0 : lit.to());
      flow.getChildren().clear();
      for (int i = 0; i < parts.length; i++) {
        // An empty text would take a letter of the next one's style.
        if (!line.parts().get(i).isEmpty()) {
          parts[i].setText(line.parts().get(i));
          flow.getChildren().add(parts[i]);
        }
      }
      setGraphic(flow);
    }

    private void pressed(MouseEvent event) {
      Integer from = getItem();
      if (from != null && getGraphic() != null) {
        var point = flow.sceneToLocal(event.getSceneX(), event.getSceneY());
        int letter = flow.getHitInfo(point).getCharIndex();
        HexLine.byteAt(letter).ifPresent(at -> model.highlightByte(from + at));
      }
    }
  }
}
