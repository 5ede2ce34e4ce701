// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import com.sun.javafx.tk.TKClipboard;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/**
 * Files dropped on a window. The event alone, as the toolkit would send it: without a display there
 * is no other program to drag from.
 */
public final class Drop {
  private Drop() {}

  /** Moves files over a scene and drops them. */
  public static void files(Scene scene, List<Path> files) {
    Dragboard board = board(files);
    Event.fireEvent(scene, event(DragEvent.DRAG_OVER, scene, board));
    Event.fireEvent(scene, event(DragEvent.DRAG_DROPPED, scene, board));
  }

  private static DragEvent event(
      javafx.event.EventType<DragEvent> type, Scene scene, Dragboard board) {
    return new DragEvent(
        scene, scene, type, board, 10, 10, 10, 10, TransferMode.COPY, null, null, null);
  }

  private static Dragboard board(List<Path> files) {
    var content =
        (TKClipboard)
            Proxy.newProxyInstance(
                TKClipboard.class.getClassLoader(),
                new Class<?>[] {TKClipboard.class},
                (_, method, arguments) ->
                    switch (method.getName()) {
                      case "hasContent" -> arguments[0].equals(DataFormat.FILES);
                      case "getContent" -> files.stream().map(Path::toFile).toList();
                      case "getContentTypes" -> Set.of(DataFormat.FILES);
                      case "getTransferModes" -> Set.of(TransferMode.COPY);
                      default -> null;
                    });
    try {
      Constructor<Dragboard> constructor =
          Dragboard.class.getDeclaredConstructor(TKClipboard.class);
      constructor.setAccessible(true);
      return constructor.newInstance(content);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a drag board is made differently", e);
    }
  }
}
