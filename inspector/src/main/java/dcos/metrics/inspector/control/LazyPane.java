// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.control;

import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * A place for what shows only at times: made when it first does, and part of the window only as
 * long as it does. JavaFX goes through all that is part of a window at every frame in which
 * anything changes, whether it is in sight or not.
 */
public final class LazyPane extends StackPane {
  private final Supplier<? extends Node> maker;
  private @Nullable Node node;

  public LazyPane(ObservableValue<Boolean> isShown, Supplier<? extends Node> maker) {
    this.maker = maker;
    setPickOnBounds(false);
    // Bound, for of a subscription alone JavaFX lets go of a condition that others are part of.
    visibleProperty().bind(isShown);
    managedProperty().bind(visibleProperty());
    visibleProperty().subscribe(this::show);
  }

  private void show(boolean shown) {
    if (shown) {
      getChildren().setAll(made());
    } else {
      getChildren().clear();
    }
  }

  private Node made() {
    Node there = node;
    if (there == null) {
      there = maker.get();
      node = there;
    }
    return there;
  }
}
