// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.inspector.app.RecordingController;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.EmptyWindow;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.Await;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The detail is of what is selected in the view that shows, or of nothing. */
class DetailPresenterTest extends DetailsOfEvents {
  private final WindowModel model = EmptyWindow.model();
  private final RecordingController presenter = new RecordingController(model);

  @BeforeEach
  void fiveRecordsOfWebAndThreeOfDb() {
    take(
        happened.opened(1, SOURCE),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 5, 1)),
        happened.sorted(1, Happened.accepted("web", 5)),
        happened.block(2, 1, Happened.records("db", 3, 1)),
        happened.sorted(2, Happened.accepted("db", 3)),
        happened.made(11, "web", new RecordRange(1, 0, 5)));
    presenter.show(recording);
    await("all of it", () -> records().countProperty().get() == 8);
    model.shown().viewProperty().set(View.RECORDS);
  }

  @AfterEach
  void stop() {
    presenter.stopFilter();
  }

  @Test
  void goesWithARecordThatTheFilterExcludes() throws Exception {
    records().select(2);
    assertThat(subject()).isEqualTo(new DetailSubject.OfRecord(2));

    presenter.filter(Filter.parse("topic:db"));

    await("nothing", () -> subject() == null);
    assertThat(model.detail().detailProperty().get()).isNull();
  }

  @Test
  void staysWithARecordThatTheFilterFindsAndSelectsIt() throws Exception {
    records().select(6);

    presenter.filter(Filter.parse("topic:db"));

    await("the second of those found", () -> records().selectedProperty().get() == 1);
    assertThat(Objects.requireNonNull(records().selectedRowProperty().get()).position())
        .isEqualTo(6);
    assertThat(subject()).isEqualTo(new DetailSubject.OfRecord(6));

    presenter.filter(Filter.ALL);

    assertThat(records().selectedProperty().get()).isEqualTo(6);
    assertThat(subject()).isEqualTo(new DetailSubject.OfRecord(6));
  }

  @Test
  void staysWithASourceWhateverTheFilterFinds() throws Exception {
    model.detail().subjectProperty().set(new DetailSubject.OfSource(0));

    presenter.filter(Filter.parse("topic:db"));

    await("those found", () -> records().countProperty().get() == 3);
    assertThat(subject()).isEqualTo(new DetailSubject.OfSource(0));
  }

  @Test
  void isOfTheRowOfTheViewThatShows() {
    records().select(2);

    model.shown().viewProperty().set(View.DELIVERIES);
    assertThat(subject()).isNull();

    model.tables().deliveries().window().select(0);
    assertThat(subject()).isEqualTo(new DetailSubject.OfDelivery(0));

    model.shown().viewProperty().set(View.RECORDS);
    assertThat(subject()).isEqualTo(new DetailSubject.OfRecord(2));

    model.tables().deliveries().window().select(RowWindow.NONE);
    model.tables().deliveries().window().select(0);
    assertThat(subject()).isEqualTo(new DetailSubject.OfRecord(2));
  }

  @Test
  void reportsWhatASelectedSeriesIs() {
    await("its series", () -> model.tables().metrics().window().countProperty().get() == 2);
    model.shown().viewProperty().set(View.METRICS);

    model.tables().metrics().window().select(0);

    DetailContent detail = Objects.requireNonNull(model.detail().detailProperty().get());
    assertThat(lines(detail.root()))
        .containsExactly(
            "series figure.0",
            "name figure.0",
            "topic web",
            "tags (1)",
            "host a1",
            "last value 4",
            "at " + DisplayFormat.time(Happened.START_MS + 4000),
            "rate 1/s",
            "points kept 5",
            "lowest 0",
            "highest 4",
            "since " + DisplayFormat.time(Happened.START_MS));
    detail.links().getFirst().run().run();
    assertThat(model.shown().viewProperty().get()).isEqualTo(View.RECORDS);
    assertThat(model.filter().textProperty().get())
        .isEqualTo("topic=web name=figure.0 tag.host=a1");
  }

  @Test
  void leadsToTheRecordsOfAllSeriesThatAreSelected() {
    await("its series", () -> model.tables().metrics().window().countProperty().get() == 2);
    model.shown().viewProperty().set(View.METRICS);
    model.tables().metrics().window().select(0);
    assertThat(link().label()).isEqualTo("Show its records");

    model.tables().metrics().window().extendTo(1);

    assertThat(link().label()).isEqualTo("Show the records of all 2");
    link().run().run();
    assertThat(model.shown().viewProperty().get()).isEqualTo(View.RECORDS);
    assertThat(model.filter().textProperty().get())
        .isEqualTo("topic=web name=figure.0 tag.host=a1 or topic=db name=figure.0 tag.host=a1");
    assertThat(model.filter().errorProperty().get()).isEmpty();
    model.shown().viewProperty().set(View.METRICS);
    model.tables().metrics().window().toggle(0);
    model.tables().metrics().window().select(1);
    assertThat(link().label()).isEqualTo("Show its records");
  }

  private NoticeAction link() {
    return Objects.requireNonNull(model.detail().detailProperty().get()).links().getFirst();
  }

  private @Nullable DetailSubject subject() {
    return model.detail().subjectProperty().get();
  }

  private RowWindow<RecordRow> records() {
    return model.tables().records().window();
  }

  private void await(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          presenter.refresh();
          return condition.getAsBoolean();
        });
  }
}
