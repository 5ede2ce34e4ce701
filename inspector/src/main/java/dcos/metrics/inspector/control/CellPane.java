// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.control;

import java.util.function.DoubleConsumer;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * A line of text, and perhaps a drawing before it. A new text asks nobody for a layout. What does
 * not fit ends in an ellipsis: a figure without its first digits would be another figure.
 */
final class CellPane extends Region {
  /** Where a text stands, and where it is cut: a figure to the right, words at their end. */
  enum TextAlignment {
    LEFT,
    RIGHT,
    /** To the left, and cut in the middle: what begins alike is told apart by its end. */
    MIDDLE
  }

  private static final double GAP = 6;
  private static final double HEIGHT = 24;
  private static final String ELLIPSIS = "…";
  private static final double ELLIPSIS_WIDTH = 12;
  // Of the room, where a text is cut in the middle.
  private static final double HEAD = 1.0 / 3;

  private final Text text = new Text();
  private final Rectangle clip = new Rectangle();
  private final @Nullable Region drawing;
  private final double drawingWidth;
  private final TextAlignment fit;
  private final DoubleConsumer seen;
  private String words = "";
  private boolean cut;

  /**
   * @param seen told how wide it would have to be for each text
   */
  CellPane(@Nullable Region drawing, double drawingWidth, TextAlignment fit, DoubleConsumer seen) {
    this.drawing = drawing;
    this.drawingWidth = drawingWidth;
    this.fit = fit;
    this.seen = seen;
    text.setManaged(false);
    text.setTextOrigin(VPos.CENTER);
    text.getStyleClass().add("cell-text");
    text.setY(HEIGHT / 2);
    text.fontProperty().addListener(_ -> place());
    if (drawing != null) {
      getChildren().add(drawing);
      setClip(clip); // It may be wider than its column; a text is cut.
    }
    getChildren().add(text);
    setMinSize(0, HEIGHT);
    setPrefHeight(HEIGHT);
    setMaxHeight(HEIGHT);
  }

  void show(String now) {
    if (!now.equals(words)) {
      words = now;
      place();
    }
  }

  /** All of the text. */
  String words() {
    return words;
  }

  /** Whether not all of it shows. */
  boolean isCut() {
    return cut;
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
    if (getWidth() <= 0) {
      return; // Nor has it its font.
    }
    double before = drawing == null ? 0 : drawingWidth + (words.isEmpty() ? 0 : GAP);
    text.setX(before);
    text.setText(words);
    double whole = text.getLayoutBounds().getWidth();
    seen.accept(before + whole);
    cut = before + whole > getWidth() + 0.5;
    if (cut) {
      text.setText(shortened(before, whole));
    } else if (fit == TextAlignment.RIGHT) {
      text.setX(Math.floor(getWidth() - whole));
    }
  }

  private String shortened(double before, double whole) {
    double room = getWidth() - ELLIPSIS_WIDTH - before;
    if (room <= 0) {
      return ELLIPSIS;
    }
    if (fit == TextAlignment.MIDDLE) {
      int head = at(before + room * HEAD);
      int tail = Math.max(head, at(before + whole - room * (1 - HEAD)) + 1);
      return words.substring(0, head) + ELLIPSIS + words.substring(tail);
    }
    return words.substring(0, at(before + room)).stripTrailing() + ELLIPSIS;
  }

  /** The letter of the whole text at a place. */
  private int at(double x) {
    return text.hitTest(new Point2D(x, text.getY())).getCharIndex();
  }
}
