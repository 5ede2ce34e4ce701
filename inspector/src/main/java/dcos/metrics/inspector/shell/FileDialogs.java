// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** Asks which files. */
record FileDialogs(Stage stage, WindowModel model) {
  void open() {
    choose("Open", new ExtensionFilter("Recordings and records", "*.avro", "*.log"), model::open);
  }

  void chooseReplayed() {
    choose(
        "Replay", new ExtensionFilter("Recordings and records", "*.avro"), model.replay()::choose);
  }

  private void choose(String title, ExtensionFilter kind, Consumer<List<Path>> action) {
    var chooser = chooser(title, kind);
    chooser.getExtensionFilters().add(new ExtensionFilter("All files", "*"));
    List<File> chosen = chooser.showOpenMultipleDialog(stage);
    if (chosen != null) {
      action.accept(chosen.stream().map(File::toPath).toList());
    }
  }

  void save() {
    var chooser = chooser("Save", new ExtensionFilter("Recording", "*.avro"));
    chooser.setInitialFileName("recording.avro");
    ask(chooser, model.actions()::save);
  }

  void export() {
    var chooser = chooser("Export", new ExtensionFilter("CSV", "*.csv"));
    chooser.getExtensionFilters().add(new ExtensionFilter("JSON lines", "*.jsonl"));
    chooser.setInitialFileName(model.table().id());
    ask(chooser, model.actions()::export);
  }

  private void ask(FileChooser chooser, Consumer<Path> action) {
    if (model.shown().recordingProperty().get()) {
      File chosen = chooser.showSaveDialog(stage);
      if (chosen != null) {
        action.accept(named(chosen.toPath(), chooser.getSelectedExtensionFilter()));
      }
    }
  }

  /** With the end of the kind that was chosen, where the name has none of its own. */
  static Path named(Path chosen, @Nullable ExtensionFilter kind) {
    String name = String.valueOf(chosen.getFileName());
    return kind == null || name.lastIndexOf('.') > 0
        ? chosen
        : chosen.resolveSibling(name + kind.getExtensions().getFirst().substring(1));
  }

  private static FileChooser chooser(String title, ExtensionFilter filter) {
    var chooser = new FileChooser();
    chooser.setTitle(title);
    chooser.getExtensionFilters().add(filter);
    return chooser;
  }
}
