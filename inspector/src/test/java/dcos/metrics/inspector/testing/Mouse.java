// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.scene.input.ScrollEvent;

/** What the desktop tells of a mouse in the middle of a node. FX thread only. */
public final class Mouse {
  private Mouse() {}

  /** Turns the wheel by a notch, away from the hand above 0. */
  public static void scroll(Node node, int notches) {
    Point2D at = middle(node);
    node.fireEvent(
        new ScrollEvent(
            ScrollEvent.SCROLL,
            at.getX(),
            at.getY(),
            at.getX(),
            at.getY(),
            false,
            false,
            false,
            false,
            false,
            false,
            0,
            notches * 40.0,
            0,
            notches * 40.0,
            ScrollEvent.HorizontalTextScrollUnits.NONE,
            0,
            ScrollEvent.VerticalTextScrollUnits.NONE,
            0,
            0,
            new PickResult(node, at.getX(), at.getY())));
  }

  /** Drags it to the right, so fast that only the first pixel is told of before it is let go. */
  public static void dragFast(Node node, double pixels) {
    Point2D at = middle(node);
    fire(node, MouseEvent.MOUSE_PRESSED, at, 1, false);
    fire(node, MouseEvent.MOUSE_DRAGGED, at.add(1, 0), 1, false);
    fire(node, MouseEvent.MOUSE_RELEASED, at.add(pixels, 0), 1, false);
  }

  /** Moves over it, so far to the right of its middle. */
  public static void move(Node node, double pixels) {
    fire(node, MouseEvent.MOUSE_MOVED, middle(node).add(pixels, 0), 0, false);
  }

  /** Drags it to the right. */
  public static void drag(Node node, double pixels) {
    Point2D at = middle(node);
    fire(node, MouseEvent.MOUSE_PRESSED, at, 1, false);
    fire(node, MouseEvent.MOUSE_DRAGGED, at.add(pixels, 0), 1, false);
    fire(node, MouseEvent.MOUSE_RELEASED, at.add(pixels, 0), 1, false);
  }

  /**
   * Presses its button and lets go: a robot's press asks for a menu here, which no column takes.
   */
  public static void click(Node node) {
    fire(node, MouseEvent.MOUSE_PRESSED, middle(node), 1, false);
    fire(node, MouseEvent.MOUSE_RELEASED, middle(node), 1, false);
  }

  public static void doubleClick(Node node) {
    fire(node, MouseEvent.MOUSE_CLICKED, middle(node), 2, false);
  }

  /** Presses its button while the Ctrl key is held. */
  public static void controlPress(Node node) {
    fire(node, MouseEvent.MOUSE_PRESSED, middle(node), 1, true);
  }

  private static void fire(
      Node node, EventType<MouseEvent> type, Point2D at, int clicks, boolean control) {
    node.fireEvent(
        new MouseEvent(
            type,
            at.getX(),
            at.getY(),
            at.getX(),
            at.getY(),
            MouseButton.PRIMARY,
            clicks,
            false,
            control,
            false,
            false,
            true,
            false,
            false,
            true,
            false,
            at.equals(middle(node)),
            new PickResult(node, at.getX(), at.getY())));
  }

  private static Point2D middle(Node node) {
    Bounds bounds = node.getLayoutBounds();
    return node.localToScene(bounds.getCenterX(), bounds.getCenterY());
  }
}
