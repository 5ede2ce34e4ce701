// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.workspace.DetailSubject;
import java.util.AbstractList;
import java.util.Objects;
import javafx.collections.FXCollections;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** Bytes, some a line: the offset, hexadecimal and as text. */
final class HexView extends ListView<Integer> {
  private final DetailModel model;
  // What the page is of, and where in it that begins.
  private @Nullable DetailSubject subject;
  private long offset;

  HexView(DetailModel model) {
    this.model = model;
    setId("bytes");
    getStyleClass().add("hex");
    setFixedCellSize(20);
    setCellFactory(_ -> new HexRow());
    var note = new Label();
    note.getStyleClass().add("quiet");
    note.setWrapText(true);
    note.textProperty().bind(model.bytesProperty().map(DetailContent.DetailBytes::note));
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

  private void show(DetailContent.DetailBytes page) {
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
    DetailContent detail = model.detailProperty().get();
    DetailSubject of = detail == null ? null : detail.subject();
    if (!Objects.equals(of, subject) || page.offset() != offset) {
      scrollTo(0);
    }
    subject = of;
    offset = page.offset();
  }

  private final class HexRow extends ListCell<Integer> {
    // Offset, then of both columns what is before, in and behind the highlight.
    private final Text[] parts = new Text[7];
    // Not a TextFlow: in cells that a list keeps, that goes on to show the letters before.
    private final Pane letters = new Pane();

    HexRow() {
      for (int i = 0; i < parts.length; i++) {
        parts[i] = new Text();
        parts[i].getStyleClass().add(i == 0 ? "hex-offset" : i % 3 == 2 ? "hex-lit" : "hex-byte");
        parts[i].setTextOrigin(VPos.TOP);
      }
      letters.getChildren().setAll(parts);
      letters.setMouseTransparent(true);
      parts[0].layoutBoundsProperty().addListener(_ -> place());
      addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
    }

    @Override
    protected void updateItem(@Nullable Integer from, boolean empty) {
      super.updateItem(from, empty);
      if (from == null) {
        setGraphic(null);
        return;
      }
      DetailContent.DetailNode lit = model.highlightedProperty().get();
      HexLine line =
          HexLine.of(
              model.bytesProperty().get(),
              from,
              lit == null ? 0 : lit.from(),
              lit == null ? 0 : lit.to());
      for (int i = 0; i < parts.length; i++) {
        parts[i].setText(line.parts().get(i));
      }
      place();
      setGraphic(letters);
    }

    /** One behind the other: all letters are as wide. */
    private void place() {
      double width = letterWidth();
      int before = 0;
      for (Text part : parts) {
        part.setX(before * width);
        before += part.getText().length();
      }
    }

    private double letterWidth() {
      return parts[0].getLayoutBounds().getWidth() / Math.max(1, parts[0].getText().length());
    }

    private void pressed(MouseEvent event) {
      Integer from = getItem();
      double width = letterWidth();
      if (from != null && getGraphic() != null && width > 0) {
        var point = letters.sceneToLocal(event.getSceneX(), event.getSceneY());
        int letter = (int) Math.floor(point.getX() / width);
        HexLine.byteAt(letter).ifPresent(at -> model.highlightByte(from + at));
      }
    }
  }
}
