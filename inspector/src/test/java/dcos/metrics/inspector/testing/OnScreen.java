// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.testkit.Await;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** Waits for what a window shows, and clicks on it. */
public final class OnScreen {
  private OnScreen() {}

  /** Asks on the FX thread until it holds, then lets that thread come to rest. */
  public static void await(String what, BooleanSupplier condition) {
    Await.until(what, () -> WaitForAsyncUtils.waitForAsyncFx(10_000, condition::getAsBoolean));
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Clicks on a text, or on what a selector finds, once it has a place. */
  public static void click(String query, FxRobot robot) {
    await(
        query,
        () ->
            robot
                .lookup(query)
                .tryQuery()
                .filter(node -> node.getLayoutBounds().getWidth() > 0)
                .isPresent());
    robot.clickOn(query);
  }

  /** Clicks on something once it has a place. */
  public static void click(Node node, FxRobot robot) {
    await(node.toString(), () -> node.getLayoutBounds().getWidth() > 0);
    robot.clickOn(node);
  }
}
