// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.timeline;

import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.timeline.TimelineModel.TimeMark;
import dcos.metrics.inspector.workspace.NoticesModel;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.NoticesModel.WindowNotice;
import dcos.metrics.inspector.workspace.WindowState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;

/**
 * What a key does to an instant of the recording that is open: marks it, or hides what came before
 * it. Both end with the recording, and are not saved with it. FX thread only.
 */
public final class MarksPresenter {
  /** The times of the records that show. FX thread only. */
  public interface RecordTimes {
    /**
     * Shows the first record that arrived at a time or later.
     *
     * @param millis since 1970
     * @return whether there is one among those that show
     */
    boolean goTo(long millis);

    /** When the last event happened, in milliseconds since 1970; 0 if none has. */
    long lastMillis();

    /** When the selected record arrived, in milliseconds since 1970; empty if none is selected. */
    OptionalLong selectedMillis();
  }

  private static final String HIDDEN = "hidden";
  private static final String MARK = "mark";

  /** Whose clock is further away than this is asked when, not we. */
  private static final long NEAR_MS = Duration.ofSeconds(10).toMillis();

  private final TimelineModel strip;
  private final NoticesModel notices;
  private final WindowState window;
  private final RecordTimes records;
  private final LongSupplier clock;
  // Where nextMark() went last, 0 if nowhere yet.
  private int lastMark;

  /**
   * @param clock milliseconds since 1970, here
   */
  public MarksPresenter(
      TimelineModel strip,
      NoticesModel notices,
      WindowState window,
      RecordTimes records,
      LongSupplier clock) {
    this.strip = strip;
    this.notices = notices;
    this.window = window;
    this.records = records;
    this.clock = clock;
    strip.hiddenBeforeProperty().subscribe(this::logHidden);
    strip.marks().addListener(this::marksChanged);
  }

  private void marksChanged(ListChangeListener.Change<? extends TimeMark> change) {
    if (change.getList().isEmpty()) { // Another recording.
      lastMark = 0;
      notices.clear(MARK);
    }
  }

  /** Hides what there is so far from every table; a brush is taken away. */
  public void clearView() {
    if (window.recordingProperty().get()) {
      strip.hiddenBeforeProperty().set(now());
      strip.brushProperty().set(null);
      logHidden(strip.hiddenBeforeProperty().get()); // It may have been closed.
    }
  }

  /** Hides nothing any more. */
  public void showAll() {
    strip.hiddenBeforeProperty().set(null);
  }

  private void logHidden(@Nullable Long before) {
    if (before == null) {
      notices.clear(HIDDEN);
    } else {
      say(
          HIDDEN,
          "Cleared: what came before " + DisplayFormat.time(before) + " is hidden, not deleted",
          List.of(new NoticeAction("Show all again", this::showAll)));
    }
  }

  /** Marks this instant; where nothing comes in any more, that of the selected record. */
  public void mark() {
    if (!window.recordingProperty().get()) {
      return;
    }
    OptionalLong selected = records.selectedMillis();
    if (window.growingProperty().get()) {
      put(now());
    } else if (selected.isPresent()) {
      put(selected.getAsLong());
    } else {
      say(MARK, "Nothing comes in any more: select a record to mark its time", List.of());
    }
  }

  /** The strip shows it: a notice would move what is looked at. */
  private void put(long millis) {
    notices.clear(MARK);
    var _ = strip.mark(millis);
  }

  /** Goes to the next mark, and from the last to the first. */
  public void nextMark() {
    List<TimeMark> marks = strip.marks();
    Optional<TimeMark> next = marks.stream().filter(mark -> mark.number() > lastMark).findFirst();
    if (next.isEmpty() && !marks.isEmpty()) {
      next = Optional.of(marks.getFirst());
    }
    next.ifPresentOrElse(
        mark -> {
          lastMark = mark.number();
          goTo(mark.millis());
        },
        () -> say(MARK, "Nothing is marked yet: Ctrl+M does", List.of()));
  }

  /** Shows the first record that came at a time or later, of those that the tables show. */
  public void goTo(long millis) {
    if (records.goTo(millis)) {
      notices.clear(MARK);
    } else {
      say(
          MARK,
          "No record that shows came at " + DisplayFormat.time(millis) + " or later",
          List.of());
    }
  }

  /** In the recording's time: another machine's clock may be another, and a file's is over. */
  private long now() {
    long here = clock.getAsLong();
    long last = records.lastMillis();
    boolean isOurs = window.capturingProperty().get();
    boolean isNear = window.growingProperty().get() && Math.abs(here - last) < NEAR_MS;
    return isOurs || isNear ? Math.max(here, last) : last + 1;
  }

  private void say(String key, String text, List<NoticeAction> actions) {
    notices.show(new WindowNotice(key, StatusTone.QUIET, text, actions));
  }
}
