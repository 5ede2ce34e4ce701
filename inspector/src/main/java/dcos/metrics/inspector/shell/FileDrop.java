// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Files that are dropped on the window. */
final class FileDrop {
  private static final PseudoClass DROPPING = PseudoClass.getPseudoClass("dropping");

  private FileDrop() {}

  /**
   * Takes files from now on.
   *
   * @param frame shows that a drop would be taken
   */
  static void accept(Scene scene, Node frame, Consumer<List<Path>> open) {
    scene.setOnDragOver(
        event -> {
          if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            frame.pseudoClassStateChanged(DROPPING, true);
          }
          event.consume();
        });
    scene.addEventHandler(
        DragEvent.DRAG_EXITED, _ -> frame.pseudoClassStateChanged(DROPPING, false));
    scene.setOnDragDropped(
        event -> {
          frame.pseudoClassStateChanged(DROPPING, false);
          boolean files = event.getDragboard().hasFiles();
          if (files) {
            open.accept(event.getDragboard().getFiles().stream().map(File::toPath).toList());
          }
          event.setDropCompleted(files);
          event.consume();
        });
  }
}
