// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.playback.UnknownEvents;
import dcos.metrics.inspector.export.Export;
import dcos.metrics.inspector.export.Export.Content;
import dcos.metrics.inspector.export.Export.Ending;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.View;
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
  /** What {@link #save} writes. */
  static final Content WHOLE = new Content.WholeRecording();

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

  /** Begins to write rows of a view into a file. */
  void export(Recording recording, Content.Rows rows, Path file) {
    begin(recording, rows, file, () -> {});
  }

  /**
   * Begins to write all of it into a file, as a recording.
   *
   * @param onSaved told on the FX thread, once it is there
   */
  void save(Recording recording, Path file, Runnable onSaved) {
    begin(recording, WHOLE, file, onSaved);
  }

  private void begin(Recording recording, Content content, Path file, Runnable onDone) {
    if (running.containsKey(file)) {
      return; // It reports that itself.
    }
    forget(said -> said.tone() == Tone.GOOD); // One such line is enough.
    var teller = new Teller(file, content, onDone);
    try {
      var export = new Export(recording, content, file, teller);
      running.put(file, export);
      show(file, Tone.BUSY, doing(content) + file, teller.actions);
      export.start();
    } catch (IllegalArgumentException e) {
      refuse(file, content, String.valueOf(e.getMessage()));
    }
  }

  /** What is read from must not be replaced; says so. */
  boolean isOpen(Session shown, Path file, Content content) {
    Path wanted = file.toAbsolutePath().normalize();
    boolean open =
        shown instanceof FileSession opened
            && opened.files().stream()
                .anyMatch(one -> one.toAbsolutePath().normalize().equals(wanted));
    if (open) {
      refuse(file, content, file + ": it is open here, choose another name");
    }
    return open;
  }

  /** Shows that it cannot be done; the reason names the file. */
  private void refuse(Path file, Content content, String reason) {
    String what = isSaving(content) ? "Cannot save " : "Cannot export to ";
    show(file, Tone.BAD, what + reason, List.of());
  }

  private static boolean isSaving(Content content) {
    return switch (content) {
      case Content.WholeRecording() -> true;
      case Content.Rows _ -> false;
    };
  }

  private static String doing(Content content) {
    return isSaving(content) ? "Saving " : "Exporting to ";
  }

  /** Shows on the FX thread what the export reports on its own thread. */
  private final class Teller implements Export.Listener {
    private final Path file;
    private final Content content;
    private final Runnable onDone;
    // The same one each time, so that a button stays while the text beside it changes.
    private final List<Action> actions;

    private Teller(Path file, Content content, Runnable onDone) {
      this.file = file;
      this.content = content;
      this.onDone = onDone;
      this.actions = List.of(stop(file));
    }

    @Override
    public void progressed(double share, long rows) {
      String text =
          doing(content)
              + file
              + ": "
              + (int) (share * 100)
              + "%"
              + (rows == 0 ? "" : ", " + count(rows, content));
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
            end(file, content, ending);
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

  private void end(Path file, Content content, Ending ending) {
    running.remove(file);
    boolean saving = isSaving(content);
    switch (ending) {
      case Ending.Done(long rows, long dropped, long unknownEvents) -> {
        var text = new StringBuilder(saving ? "Saved " : "Exported ");
        text.append(count(rows, content)).append(" to ").append(file);
        if (dropped > 0) {
          text.append("; ").append(count(dropped, content));
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
      case Ending.Failed(String reason) -> refuse(file, content, file + ": " + reason);
    }
  }

  private static String count(long rows, Content content) {
    String what =
        switch (content) {
          case Content.WholeRecording() -> records(rows);
          case Content.Rows(View view, _) ->
              switch (view) {
                case METRICS -> " series";
                case RECORDS -> records(rows);
                case DELIVERIES -> rows == 1 ? " message" : " messages";
              };
        };
    return Texts.count(rows) + what;
  }

  private static String records(long count) {
    return count == 1 ? " record" : " records";
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
