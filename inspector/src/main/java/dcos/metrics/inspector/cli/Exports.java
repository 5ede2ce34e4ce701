// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.inspector.export.Export;
import dcos.metrics.inspector.export.Export.Ending;
import dcos.metrics.inspector.model.Query;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel.View;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/** The exports under way, each with a notice of how far it is. FX thread only. */
final class Exports implements AutoCloseable {
  private final Notices notices;
  private final Executor fxThread;
  private final Map<Path, Export> running = new HashMap<>();

  /**
   * @param fxThread runs what it is given on the FX thread
   */
  Exports(Notices notices, Executor fxThread) {
    this.notices = notices;
    this.fxThread = fxThread;
  }

  /** Begins to write what a view shows into a file. */
  void export(Recording recording, View view, Query query, Path file) {
    if (running.containsKey(file)) {
      return; // It says so itself.
    }
    try {
      var export = new Export(recording, of(view), query, file, new Teller(file, view));
      running.put(file, export);
      show(file, Tone.BUSY, "Exporting to " + file, List.of(stop(file)));
      export.start();
    } catch (IllegalArgumentException e) {
      show(file, Tone.BAD, "Cannot export to " + e.getMessage(), List.of());
    }
  }

  private static Export.View of(View view) {
    return switch (view) {
      case METRICS -> Export.View.METRICS;
      case RECORDS -> Export.View.RECORDS;
      case DELIVERIES -> Export.View.DELIVERIES;
    };
  }

  /** Says on the FX thread what is told on the export's own. */
  private final class Teller implements Export.Listener {
    private final Path file;
    private final View view;
    // The same one each time, so that a button stays while the text beside it changes.
    private final List<Action> actions;

    private Teller(Path file, View view) {
      this.file = file;
      this.view = view;
      this.actions = List.of(stop(file));
    }

    @Override
    public void progressed(double share, long rows) {
      String text =
          String.format(
              Locale.ROOT,
              "Exporting to %s: %d%%, %s",
              file,
              (int) (share * 100),
              count(rows, view));
      fxThread.execute(
          () -> {
            if (running.containsKey(file)) {
              show(file, Tone.BUSY, text, actions);
            }
          });
    }

    @Override
    public void ended(Ending ending) {
      fxThread.execute(() -> end(file, view, ending));
    }
  }

  private Action stop(Path file) {
    return new Action("Stop", () -> stopNow(file));
  }

  private void stopNow(Path file) {
    Export export = running.get(file);
    if (export != null) {
      Workbench.elsewhere("export-stop", export::close);
    }
  }

  private void end(Path file, View view, Ending ending) {
    running.remove(file);
    switch (ending) {
      case Ending.Done(long rows, long dropped) -> {
        String exported = "Exported " + count(rows, view) + " to " + file;
        if (dropped == 0) {
          show(file, Tone.GOOD, exported, List.of());
        } else {
          String kept = count(dropped, view) + " before them were not kept any more";
          show(file, Tone.WARNING, exported + "; " + kept, List.of());
        }
      }
      case Ending.Stopped() -> show(file, Tone.QUIET, "Stopped exporting to " + file, List.of());
      case Ending.Failed(String reason) ->
          show(file, Tone.BAD, "Cannot export to " + file + ": " + reason, List.of());
    }
  }

  private static String count(long rows, View view) {
    String one =
        switch (view) {
          case METRICS -> " series";
          case RECORDS -> rows == 1 ? " record" : " records";
          case DELIVERIES -> rows == 1 ? " message" : " messages";
        };
    return Texts.count(rows) + one;
  }

  private void show(Path file, Tone tone, String text, List<Action> actions) {
    notices.show(new Notice("export " + file, tone, text, actions));
  }

  /** Those under way; to be closed before what they read from is. */
  List<Export> running() {
    return List.copyOf(running.values());
  }

  /** Stops all of them; waits some seconds at most. */
  @Override
  public void close() {
    running.values().forEach(Export::close);
  }
}
