// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.playback.UnknownEvents;
import dcos.metrics.inspector.export.ExportTask;
import dcos.metrics.inspector.export.ExportTask.ExportContent;
import dcos.metrics.inspector.export.ExportTask.ExportResult;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.workspace.NoticesModel;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.NoticesModel.WindowNotice;
import dcos.metrics.inspector.workspace.View;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The exports under way, each with a notice of how far it is. FX thread only. */
final class ExportController implements AutoCloseable {
  /** What {@link #save} writes. */
  static final ExportContent WHOLE = new ExportContent.WholeRecording();

  private static final String KEY = "export ";

  private final NoticesModel notices;
  private final Executor fxThread;
  private final Map<Path, ExportTask> running = new HashMap<>();

  /**
   * @param fxThread runs what it is given on the FX thread
   */
  ExportController(NoticesModel notices, Executor fxThread) {
    this.notices = notices;
    this.fxThread = fxThread;
  }

  /** Begins to write rows of a view into a file. */
  void export(Recording recording, ExportContent.Rows rows, Path file) {
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

  private void begin(Recording recording, ExportContent content, Path file, Runnable onDone) {
    if (running.containsKey(file)) {
      return; // It reports that itself.
    }
    forget(said -> said.tone() == StatusTone.GOOD); // One such line is enough.
    var notifier = new ExportNotifier(file, content, onDone);
    try {
      var export = new ExportTask(recording, content, file, notifier);
      running.put(file, export);
      show(file, StatusTone.BUSY, doing(content) + file, notifier.actions);
      export.start();
    } catch (IllegalArgumentException e) {
      refuse(file, content, String.valueOf(e.getMessage()));
    }
  }

  /** What is read from must not be replaced; says so. */
  boolean isOpen(Session shown, Path file, ExportContent content) {
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
  private void refuse(Path file, ExportContent content, String reason) {
    String what = isSaving(content) ? "Cannot save " : "Cannot export to ";
    show(file, StatusTone.BAD, what + reason, List.of());
  }

  private static boolean isSaving(ExportContent content) {
    return switch (content) {
      case ExportContent.WholeRecording() -> true;
      case ExportContent.Rows _ -> false;
    };
  }

  private static String doing(ExportContent content) {
    return isSaving(content) ? "Saving " : "Exporting to ";
  }

  /** Shows on the FX thread what the export reports on its own thread. */
  private final class ExportNotifier implements ExportTask.ExportListener {
    private final Path file;
    private final ExportContent content;
    private final Runnable onDone;
    // The same one each time, so that a button stays while the text beside it changes.
    private final List<NoticeAction> actions;

    private ExportNotifier(Path file, ExportContent content, Runnable onDone) {
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
              show(file, StatusTone.BUSY, text, actions);
            }
          });
    }

    @Override
    public void ended(ExportResult ending) {
      fxThread.execute(
          () -> {
            end(file, content, ending);
            if (ending instanceof ExportResult.Exported) {
              onDone.run();
            }
          });
    }
  }

  private NoticeAction stop(Path file) {
    return new NoticeAction("Stop", () -> stopNow(file));
  }

  private void stopNow(Path file) {
    ExportTask export = running.get(file);
    if (export != null) {
      AppController.elsewhere("export-stop", export::close);
    }
  }

  private void end(Path file, ExportContent content, ExportResult ending) {
    running.remove(file);
    boolean saving = isSaving(content);
    switch (ending) {
      case ExportResult.Exported(long rows, long dropped, long unknownEvents) -> {
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
        StatusTone tone = dropped + unknownEvents > 0 ? StatusTone.WARNING : StatusTone.GOOD;
        show(file, tone, text.toString(), List.of());
      }
      case ExportResult.ExportStopped() ->
          show(file, StatusTone.QUIET, "Stopped: " + file + " was not written", List.of());
      case ExportResult.ExportFailed(String reason) -> refuse(file, content, file + ": " + reason);
    }
  }

  private static String count(long rows, ExportContent content) {
    String what =
        switch (content) {
          case ExportContent.WholeRecording() -> records(rows);
          case ExportContent.Rows(View view, _) ->
              switch (view) {
                case METRICS -> " series";
                case RECORDS -> records(rows);
                case DELIVERIES -> rows == 1 ? " message" : " messages";
              };
        };
    return DisplayFormat.count(rows) + what;
  }

  private static String records(long count) {
    return count == 1 ? " record" : " records";
  }

  private void show(Path file, StatusTone tone, String text, List<NoticeAction> actions) {
    notices.show(new WindowNotice(key(file), tone, text, actions));
  }

  private static String key(Path file) {
    return KEY + file;
  }

  /** Removes the notices of ended exports: they were read, and are about a recording now closed. */
  void forget() {
    forget(_ -> true);
  }

  private void forget(Predicate<WindowNotice> which) {
    Set<String> underWay =
        running.keySet().stream().map(ExportController::key).collect(Collectors.toSet());
    List<WindowNotice> said = List.copyOf(notices.all());
    said.stream()
        .filter(notice -> notice.key().startsWith(KEY) && !underWay.contains(notice.key()))
        .filter(which)
        .forEach(notice -> notices.clear(notice.key()));
  }

  /** Those under way; to be closed before what they read from is. */
  List<ExportTask> running() {
    return List.copyOf(running.values());
  }

  /** Stops all of them; waits some seconds at most. */
  @Override
  public void close() {
    running.values().forEach(ExportTask::close);
  }
}
