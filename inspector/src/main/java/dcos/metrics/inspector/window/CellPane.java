// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import javafx.geometry.VPos;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** A line of text, and perhaps a drawing before it. A new text asks nobody for a layout. */
final class CellPane extends Region {
  private static final double GAP = 6;
  private static final double HEIGHT = 24;

  private final Text text = new Text();
  private final Rectangle clip = new Rectangle();
  private final @Nullable Region drawing;
  private final double drawingWidth;
  private final boolean right;

  CellPane(@Nullable Region drawing, double drawingWidth, boolean right) {
    this.drawing = drawing;
    this.drawingWidth = drawingWidth;
    this.right = right;
    text.setManaged(false);
    text.setTextOrigin(VPos.CENTER);
    text.getStyleClass().add("cell-text");
    text.setY(HEIGHT / 2);
    if (drawing != null) {
      getChildren().add(drawing);
    }
    getChildren().add(text);
    setMinSize(0, HEIGHT);
    setPrefHeight(HEIGHT);
    setMaxHeight(HEIGHT);
    setClip(clip);
  }

  void show(String words) {
    if (!words.equals(text.getText())) {
      text.setText(words);
      place();
    }
  }

  @Override
  protected void layoutChildren() {
    clip.setWidth(getWidth());
    clip.setHeight(getHeight());
    if (drawing != null) {
      double height = drawing.prefHeight(-1);
      drawing.resizeRelocate(0, Math.rint((getHeight() - height) / 2), drawingWidth, height);
    }
    place();
  }

  private void place() {
    if (right) {
      text.setX(Math.floor(getWidth() - text.getLayoutBounds().getWidth()));
    } else {
      text.setX(drawing == null ? 0 : drawingWidth + GAP);
    }
  }
}
