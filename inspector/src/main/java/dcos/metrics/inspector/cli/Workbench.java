// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.viewmodel.Actions;
import dcos.metrics.inspector.viewmodel.Changes;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.StartModel;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.Tables;
import dcos.metrics.inspector.viewmodel.TimeStrip;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Puts the window's model together, and does what the window asks for. FX thread only. */
final class Workbench implements Actions {
  private static final String LISTEN = Options.LISTEN_ENDPOINT.environmentName() + "=";

  private final ObservableList<Path> recent;
  private final Notices notices = new Notices();
  private final Changes changes = new Changes();
  private final WindowModel model;

  Workbench(Remembered remembered, OptionValues values) {
    recent = FXCollections.observableArrayList(remembered.recent());
    Tables tables = Tables.empty();
    model =
        new WindowModel(
            this,
            tables,
            new FilterModel(_ -> Optional.empty(), _ -> List.of(), _ -> {}, () -> {}),
            new Sidebar(),
            new DetailModel(),
            new TimeStrip(),
            new Status(),
            notices,
            new StartModel(recent, this),
            new WindowModel.Shown(),
            changes,
            tables::refresh);
    model.start().commandProperty().set(command(values));
  }

  WindowModel model() {
    return model;
  }

  /** Does what the command line asked for. */
  void begin(Opening opening) {
    switch (opening) {
      case Opening.StartPage() -> {}
      case Opening.Files(var files) -> open(files);
      case Opening.Attach(var collector) -> unconnected("attach to " + collector);
      case Opening.Live(_) -> capture(true);
    }
  }

  @Override
  public void capture(boolean on) {
    unconnected("capture");
  }

  @Override
  public void open(List<Path> files) {
    files.reversed().forEach(this::addRecent);
    unconnected("open " + files);
  }

  @Override
  public void openSample() {
    unconnected("open the sample");
  }

  @Override
  public void replay() {
    unconnected("replay");
  }

  @Override
  public void save(Path file) {
    unconnected("save");
  }

  @Override
  public void export(Path file) {
    unconnected("export");
  }

  @Override
  public void mark() {
    unconnected("mark");
  }

  @Override
  public void clearView() {
    unconnected("clear the view");
  }

  @Override
  public void settings() {
    unconnected("change the settings");
  }

  @Override
  public void followLink() {
    unconnected("follow a link");
  }

  @Override
  public void emit(double recordsPerSecond) {
    unconnected("emit");
  }

  private void addRecent(Path file) {
    recent.remove(file);
    recent.addFirst(file);
  }

  private void unconnected(String what) {
    notices.show(new Notice("unconnected", Tone.WARNING, "Cannot " + what + " yet", List.of()));
  }

  private static String command(OptionValues values) {
    return values.environmentLines().stream()
        .filter(line -> line.startsWith(LISTEN))
        .map(line -> line.substring(LISTEN.length()))
        .map(
            endpoint ->
                endpoint.substring(0, endpoint.lastIndexOf(':'))
                    + " "
                    + endpoint.substring(endpoint.lastIndexOf(':') + 1))
        .map(where -> "nc " + where + " < metrics.avro")
        .findFirst()
        .orElse("");
  }
}
