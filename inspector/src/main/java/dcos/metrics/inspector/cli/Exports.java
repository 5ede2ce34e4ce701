// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.playback.UnknownEvents;
import dcos.metrics.inspector.export.Export;
import dcos.metrics.inspector.export.Export.Ending;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.find.Query;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.TableTab;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The exports under way, each with a notice of how far it is. FX thread only. */
final class Exports implements AutoCloseable {
  private static final String KEY = "export ";

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
  void export(Recording recording, TableTab view, Query query, Path file) {
    begin(recording, of(view), query, file, () -> {});
  }

  /**
   * Begins to write all of it into a file, as a recording.
   *
   * @param onSaved told on the FX thread, once it is there
   */
  void save(Recording recording, Path file, Runnable onSaved) {
    begin(recording, Export.View.RECORDING, Query.ALL, file, onSaved);
  }

  private void begin(
      Recording recording, Export.View view, Query query, Path file, Runnable onDone) {
    if (running.containsKey(file)) {
      return; // It reports that itself.
    }
    forget(said -> said.tone() == Tone.GOOD); // One such line is enough.
    var teller = new Teller(file, view, onDone);
    try {
      var export = new Export(recording, view, query, file, teller);
      running.put(file, export);
      show(file, Tone.BUSY, doing(view) + file, teller.actions);
      export.start();
    } catch (IllegalArgumentException e) {
      refuse(file, view, String.valueOf(e.getMessage()));
    }
  }

  /** What is read from must not be replaced; says so. */
  boolean isOpen(Session shown, Path file, Export.View view) {
    Path wanted = file.toAbsolutePath().normalize();
    boolean open =
        shown instanceof FileSession opened
            && opened.files().stream()
                .anyMatch(one -> one.toAbsolutePath().normalize().equals(wanted));
    if (open) {
      refuse(file, view, file + ": it is open here, choose another name");
    }
    return open;
  }

  /** Shows that it cannot be done; the reason names the file. */
  private void refuse(Path file, Export.View view, String reason) {
    String what = view == Export.View.RECORDING ? "Cannot save " : "Cannot export to ";
    show(file, Tone.BAD, what + reason, List.of());
  }

  private static Export.View of(TableTab view) {
    return switch (view) {
      case METRICS -> Export.View.METRICS;
      case RECORDS -> Export.View.RECORDS;
      case DELIVERIES -> Export.View.DELIVERIES;
    };
  }

  private static String doing(Export.View view) {
    return view == Export.View.RECORDING ? "Saving " : "Exporting to ";
  }

  /** Shows on the FX thread what the export reports on its own thread. */
  private final class Teller implements Export.Listener {
    private final Path file;
    private final Export.View view;
    private final Runnable onDone;
    // The same one each time, so that a button stays while the text beside it changes.
    private final List<Action> actions;

    private Teller(Path file, Export.View view, Runnable onDone) {
      this.file = file;
      this.view = view;
      this.onDone = onDone;
      this.actions = List.of(stop(file));
    }

    @Override
    public void progressed(double share, long rows) {
      String text =
          doing(view)
              + file
              + ": "
              + (int) (share * 100)
              + "%"
              + (rows == 0 ? "" : ", " + count(rows, view));
      fxThread.execute(
          () -> {
            if (running.containsKey(file)) {
              show(file, Tone.BUSY, text, actions);
            }
          });
    }

    @Override
    public void ended(Ending ending) {
      fxThread.execute(
          () -> {
            end(file, view, ending);
            if (ending instanceof Ending.Done) {
              onDone.run();
            }
          });
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

  private void end(Path file, Export.View view, Ending ending) {
    running.remove(file);
    boolean saving = view == Export.View.RECORDING;
    switch (ending) {
      case Ending.Done(long rows, long dropped, long unknownEvents) -> {
        var text = new StringBuilder(saving ? "Saved " : "Exported ");
        text.append(count(rows, view)).append(" to ").append(file);
        if (dropped > 0) {
          text.append("; ").append(count(dropped, view));
          text.append(" before them were not kept any more");
        }
        if (unknownEvents > 0) {
          text.append("; ")
              .append(UnknownEvents.count(unknownEvents))
              .append(" could not be saved");
        }
        Tone tone = dropped + unknownEvents > 0 ? Tone.WARNING : Tone.GOOD;
        show(file, tone, text.toString(), List.of());
      }
      case Ending.Stopped() ->
          show(file, Tone.QUIET, "Stopped: " + file + " was not written", List.of());
      case Ending.Failed(String reason) -> refuse(file, view, file + ": " + reason);
    }
  }

  private static String count(long rows, Export.View view) {
    String what =
        switch (view) {
          case METRICS -> " series";
          case RECORDS, RECORDING -> rows == 1 ? " record" : " records";
          case DELIVERIES -> rows == 1 ? " message" : " messages";
        };
    return Texts.count(rows) + what;
  }

  private void show(Path file, Tone tone, String text, List<Action> actions) {
    notices.show(new Notice(key(file), tone, text, actions));
  }

  private static String key(Path file) {
    return KEY + file;
  }

  /** Removes the notices of ended exports: they were read, and are about a recording now closed. */
  void forget() {
    forget(_ -> true);
  }

  private void forget(Predicate<Notice> which) {
    Set<String> underWay = running.keySet().stream().map(Exports::key).collect(Collectors.toSet());
    List<Notice> said = List.copyOf(notices.all());
    said.stream()
        .filter(notice -> notice.key().startsWith(KEY) && !underWay.contains(notice.key()))
        .filter(which)
        .forEach(notice -> notices.clear(notice.key()));
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
