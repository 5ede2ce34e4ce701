// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.EmptyWindow;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.timeline.MarksPresenter;
import dcos.metrics.inspector.timeline.TimelineModel.TimeMark;
import dcos.metrics.inspector.timeline.TimelineModel.TimelineRange;
import dcos.metrics.inspector.workspace.NoticesModel.WindowNotice;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three records of web, a minute later two of db, in a recording of which this thread is FX. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // by record
class MarksPresenterTest {
  private final WindowModel model = EmptyWindow.model();
  private final RecordingController presenter = new RecordingController(model, () -> 0);
  private final Happened happened = new Happened();
  private long clock = Happened.START_MS + 1000;
  private final MarksPresenter marks =
      new MarksPresenter(model.strip(), model.notices(), model.shown(), presenter, () -> clock);
  private Recording recording;

  @BeforeEach
  void record(@TempDir Path folder) throws IOException {
    recording = new Recording(RecordingLimits.DEFAULT, folder);
    recording.start();
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 3, 2)),
        happened.sorted(1, Happened.accepted("web", 3)));
    model.tables().records().window().fit(10);
    model.shown().recordingProperty().set(true);
    model.shown().growingProperty().set(true);
    model.shown().capturingProperty().set(true);
    presenter.show(recording);
    rows(model.tables().records().window(), 3);
  }

  @AfterEach
  void close() {
    presenter.stopFilter();
    recording.close();
  }

  @Test
  void hidesWhatThereIsFromEveryTableAndShowsWhatComes() {
    marks.clearView();
    rows(model.tables().records().window(), 0);
    rows(model.tables().metrics().window(), 0);

    later();

    rows(model.tables().records().window(), 2);
    rows(model.tables().metrics().window(), 1);
    assertThat(model.tables().records().window().lines().getFirst().row())
        .satisfies(row -> assertThat(row.topic()).isEqualTo("db"));
    assertThat(recording.recordCount()).isEqualTo(5);
  }

  @Test
  void showsAllAgain() {
    marks.clearView();
    later();
    rows(model.tables().records().window(), 2);
    assertThat(model.notices().all())
        .extracting(WindowNotice::text)
        .containsExactly(
            "Cleared: what came before " + DisplayFormat.time(clock) + " is hidden, not deleted");

    model.notices().all().getFirst().actions().getFirst().run().run();

    rows(model.tables().records().window(), 5);
    assertThat(model.notices().all()).isEmpty();
  }

  @Test
  void movesOnWhenClearedAgain() {
    marks.clearView();
    later();
    rows(model.tables().records().window(), 2);
    clock += 120_000;

    marks.clearView();

    rows(model.tables().records().window(), 0);
    assertThat(model.notices().all()).hasSize(1);
    assertThat(model.strip().hiddenBeforeProperty().get()).isEqualTo(clock);
  }

  @Test
  void reportsThatItIsClearedWhenAskedAgainThoughTheNoticeWasClosed() {
    marks.clearView();
    model.notices().clear("hidden");

    marks.clearView(); // At the same instant.

    assertThat(model.notices().all()).hasSize(1);
  }

  @Test
  void aFilterAddsToIt() throws Exception {
    marks.clearView();
    later();
    rows(model.tables().records().window(), 2);

    presenter.filter(Filter.parse("topic:web"));

    rows(model.tables().records().window(), 0);
  }

  @Test
  void aBrushShowsWhatWasClearedForAsLongAsThereIsOne() {
    marks.clearView();
    rows(model.tables().records().window(), 0);

    model
        .strip()
        .brushProperty()
        .set(new TimelineRange(Happened.START_MS, Happened.START_MS + 100));
    rows(model.tables().records().window(), 3);

    model.strip().brushProperty().set(null);
    rows(model.tables().records().window(), 0);
  }

  @Test
  void clearingTakesTheBrushAway() {
    model
        .strip()
        .brushProperty()
        .set(new TimelineRange(Happened.START_MS, Happened.START_MS + 100));

    marks.clearView();

    assertThat(model.strip().brushProperty().get()).isNull();
    rows(model.tables().records().window(), 0);
  }

  @Test
  void anotherRecordingEndsBoth() {
    marks.clearView();
    marks.mark();

    presenter.show(recording);

    rows(model.tables().records().window(), 3);
    assertThat(model.strip().marks()).isEmpty();
    assertThat(model.notices().all()).isEmpty();
    marks.mark();
    assertThat(model.strip().marks()).containsExactly(new TimeMark(1, clock));
  }

  @Test
  void doesNothingOnTheStartPage() {
    model.shown().recordingProperty().set(false);

    marks.clearView();
    marks.mark();

    assertThat(model.strip().hiddenBeforeProperty().get()).isNull();
    assertThat(model.strip().marks()).isEmpty();
    assertThat(model.notices().all()).isEmpty();
  }

  @Test
  void clearsAFileByItsOwnTimeNotByOurs() {
    model.shown().growingProperty().set(false);
    model.shown().capturingProperty().set(false);
    clock = 0;

    marks.clearView();

    assertThat(model.strip().hiddenBeforeProperty().get())
        .isEqualTo(recording.timeRange().toMs() + 1);
    rows(model.tables().records().window(), 0);
  }

  @Test
  void takesTheTimeOfACollectorWhoseClockIsAnother() {
    model.shown().capturingProperty().set(false);
    clock += 3_600_000;

    marks.mark();

    assertThat(model.strip().marks())
        .containsExactly(new TimeMark(1, recording.timeRange().toMs() + 1));
  }

  @Test
  void marksNow() {
    marks.mark();
    clock += 1500;
    marks.mark();

    assertThat(model.strip().marks())
        .containsExactly(new TimeMark(1, clock - 1500), new TimeMark(2, clock));
  }

  @Test
  void goesFromAMarkToTheFirstRecordAfterIt() {
    marks.mark();
    later();
    rows(model.tables().records().window(), 5);

    marks.goTo(model.strip().marks().getFirst().millis());

    assertThat(model.shown().viewProperty().get()).isEqualTo(View.RECORDS);
    assertThat(model.tables().records().window().selectedProperty().get()).isEqualTo(3);
  }

  @Test
  void goesToARecordThatTheFilterFinds() throws Exception {
    later();
    presenter.filter(Filter.parse("topic:db"));
    rows(model.tables().records().window(), 2);

    marks.goTo(Happened.START_MS);

    assertThat(model.tables().records().window().selectedProperty().get()).isZero();
  }

  @Test
  void reportsThatNothingCameSinceAMark() {
    marks.mark();

    marks.goTo(clock);

    assertThat(model.notices().all())
        .extracting(WindowNotice::text)
        .containsExactly("No record that shows came at " + DisplayFormat.time(clock) + " or later");
    assertThat(model.shown().viewProperty().get()).isEqualTo(View.METRICS);
    later();
    marks.goTo(clock);
    assertThat(model.notices().all()).isEmpty();
  }

  @Test
  void goesFromMarkToMark() {
    model.strip().mark(Happened.START_MS);
    model.strip().mark(Happened.START_MS + 30_000);
    later();
    RowWindow<?> window = model.tables().records().window();
    rows(window, 5);

    marks.nextMark();
    assertThat(window.selectedProperty().get()).isZero();
    marks.nextMark();
    assertThat(window.selectedProperty().get()).isEqualTo(3);
    marks.nextMark();
    assertThat(window.selectedProperty().get()).isZero();
  }

  @Test
  void reportsHowToMarkWhereNothingIs() {
    marks.nextMark();

    assertThat(model.notices().all())
        .extracting(WindowNotice::text)
        .containsExactly("Nothing is marked yet: Ctrl+M does");
  }

  @Test
  void marksTheSelectedRecordWhereNothingComesInAnyMore() {
    model.shown().growingProperty().set(false);
    marks.mark();
    assertThat(model.notices().all())
        .extracting(WindowNotice::text)
        .containsExactly("Nothing comes in any more: select a record to mark its time");
    model.tables().records().window().select(1);

    marks.mark();

    long came = recording.records(1, 1).getFirst().wallMs();
    assertThat(model.strip().marks()).containsExactly(new TimeMark(1, came));
    assertThat(model.notices().all()).isEmpty();
  }

  private void later() {
    happened.pass(60_000);
    take(
        happened.opened(2, "tcp 127.0.0.1:2"),
        happened.header(2),
        happened.block(2, 2, Happened.records("db", 2, 1)),
        happened.sorted(2, Happened.accepted("db", 2)));
    presenter.refresh();
  }

  private void take(Event... events) {
    List.of(events).forEach(recording.sink()::accept);
    Await.until("all is taken in", recording::isSettled);
  }

  private void rows(RowWindow<?> window, long wanted) {
    Await.until(
        wanted + " rows",
        () -> {
          presenter.refresh();
          window.refresh();
          return window.countProperty().get() == wanted && isLookedThrough();
        });
  }

  /** Nothing may come that is not there yet. */
  private boolean isLookedThrough() {
    return model.filter().progressProperty().get() >= 1;
  }
}
