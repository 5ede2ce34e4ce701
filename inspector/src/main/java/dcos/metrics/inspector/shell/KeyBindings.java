// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;

/** The window's keys, and what each does: F1 lists what is bound, here or by a part of it. */
final class KeyBindings {
  /**
   * A key.
   *
   * @param key as it is bound, such as {@code Shortcut+O}; empty if a part of the window does that
   * @param name as people know it, such as {@code Ctrl+O}
   */
  record KeyBinding(String key, String name, String what, Runnable action) {}

  private final List<KeyBinding> all;

  KeyBindings(List<KeyBinding> all) {
    this.all = List.copyOf(all);
  }

  List<KeyBinding> all() {
    return all;
  }

  void bind(Scene scene) {
    for (KeyBinding key : all) {
      if (!key.key().isEmpty()) {
        scene.getAccelerators().put(KeyCombination.valueOf(key.key()), key.action());
      }
    }
  }
}
