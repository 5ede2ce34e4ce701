// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.chart.ChartLine;
import dcos.metrics.inspector.chart.ChartModel;
import dcos.metrics.inspector.deliveries.DeliveryRow;
import dcos.metrics.inspector.filterline.FilterLineModel;
import dcos.metrics.inspector.filterline.FilterSuggestion;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.EmptyWindow;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of every fate a record can have, one that came to it: ten records, a minute between blocks. */
class RecordingControllerTest {
  private final Happened happened = new Happened();
  private final WindowModel model = EmptyWindow.model();
  private long nanos;
  private final RecordingController presenter = new RecordingController(model, () -> nanos);
  private Recording recording;

  @BeforeEach
  void record(@TempDir Path folder) throws IOException {
    recording = new Recording(RecordingLimits.DEFAULT, folder);
    recording.start();
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 7, 1)),
        happened.sorted(
            1, Happened.accepted("web", 5), Happened.throttled("web", 1), Happened.rejected(1)),
        happened.made(11, "web", new RecordRange(1, 0, 1)),
        happened.made(12, "web", new RecordRange(1, 1, 1)),
        happened.made(13, "web", new RecordRange(1, 2, 1)),
        happened.made(14, "web", new RecordRange(1, 3, 1)),
        happened.settled(11, 1, new Outcome.Delivered(new Receipt(0, 5))),
        happened.settled(12, 1, new Outcome.DryRun()),
        happened.settled(13, 1, new Outcome.Throttled(Outcome.LimitScope.GLOBAL)),
        happened.settled(14, 1, new Outcome.Undeliverable(Reason.TOO_LARGE, "")));
    happened.pass(60_000);
    take(
        happened.opened(2, "tcp 127.0.0.1:2"),
        happened.header(2),
        happened.block(2, 2, Happened.records("db", 3, 1)),
        happened.sorted(2, Happened.accepted("db", 3)),
        happened.made(15, "db", new RecordRange(2, 0, 3)));
    presenter.show(recording);
    rows(model.tables().records().window(), 10);
    rows(model.tables().deliveries().window(), 5);
    rows(model.tables().metrics().window(), 2);
  }

  @AfterEach
  void close() {
    presenter.stopFilter();
    recording.close();
  }

  @Test
  void everyTermOfTheStatusBarFindsAsManyRecordsAsItSays() throws Exception {
    List<StatusBarModel.StatusTerm> terms =
        model.status().terms().stream().filter(term -> !term.filter().isEmpty()).toList();

    assertThat(terms)
        .extracting(StatusBarModel.StatusTerm::text)
        .containsExactly(
            "delivered 1", "dry-run 1", "throttled 2", "rejected 1", "undeliverable 1", "held 4");
    for (StatusBarModel.StatusTerm term : terms) {
      long said = Long.parseLong(term.text().substring(term.text().lastIndexOf(' ') + 1));
      presenter.filter(Filter.parse(term.filter()));
      rows(model.tables().records().window(), said);
    }
  }

  @Test
  void showsWhatIsBeingCollectedBehindTheMessagesWhileMoreMayCome() {
    var deliveries = model.tables().deliveries().window();
    deliveries.fit(6);
    model.shown().growingProperty().set(true);
    deliveries.refresh();
    rows(deliveries, 6);
    DeliveryRow row = Objects.requireNonNull(deliveries.lines().getLast().row());
    assertThat(row.state()).isEqualTo("queued");
    assertThat(row.topic()).isEqualTo("metrics-web");
    assertThat(row.records()).isEqualTo(1);
    assertThat(row.isMade()).isFalse();
    assertThat(row.batchMillis()).isGreaterThan(59_000);
    deliveries.pause();

    take(happened.made(16, "web", new RecordRange(1, 4, 1)));

    rows(deliveries, 6);
    assertThat(deliveries.unseenProperty().get()).isEqualTo(1);
    assertThat(deliveries.lines().getLast().row())
        .matches(made -> made != null && made.state().equals("sending") && made.position() == 5);

    take(
        happened.block(3, 2, Happened.records("db", 2, 1)),
        happened.sorted(3, Happened.accepted("db", 2)));
    rows(deliveries, 7);
    assertThat(deliveries.unseenProperty().get()).isEqualTo(1);
    model.shown().growingProperty().set(false);
    deliveries.refresh();
    rows(deliveries, 6);
  }

  @Test
  void asksForTheNextFrameWhereWhatStandsAroundTheRowsTookThisOne() {
    var deliveries = model.tables().deliveries().window();
    nanos += Duration.ofSeconds(1).toNanos();
    take(happened.made(16, "web", new RecordRange(1, 4, 1)));
    assertThat(model.changes().takeRest()).isFalse();

    presenter.refresh();

    assertThat(deliveries.countProperty().get()).isEqualTo(5);
    assertThat(model.changes().takeRest()).isTrue();
    presenter.refresh();
    assertThat(deliveries.countProperty().get()).isEqualTo(6);
    assertThat(model.changes().takeRest()).isFalse();
  }

  @Test
  void findsWhatIsBeingCollectedByItsStateAndItsTopic() throws Exception {
    model.shown().growingProperty().set(true);
    var deliveries = model.tables().deliveries().window();
    deliveries.fit(6);

    presenter.filter(Filter.parse("state:batching"));
    rows(deliveries, 1);
    presenter.filter(Filter.parse("state:batching topic:db"));
    rows(model.tables().records().window(), 0);
    rows(deliveries, 0);
    presenter.filter(Filter.parse("state:sending"));
    rows(deliveries, 1);
    assertThat(deliveries.lines().getFirst().row())
        .matches(made -> made != null && made.topic().equals("metrics-db"));
  }

  @Test
  void readsWhatStandsAroundTheTablesAtMostFourTimesASecond() {
    take(
        happened.block(3, 2, Happened.records("db", 2, 1)),
        happened.sorted(3, Happened.accepted("db", 2)));
    rows(model.tables().records().window(), 12);
    assertThat(model.status().terms().getFirst().text()).isEqualTo("received 10");

    nanos += Duration.ofMillis(250).toNanos();
    presenter.refresh();

    assertThat(model.status().terms().getFirst().text()).isEqualTo("received 12");
  }

  @Test
  void countsWhatCameWhereNothingMoreComesAndSaysHowFastItComesElse() {
    model.shown().growingProperty().set(true);
    nanos += Duration.ofMillis(250).toNanos();
    presenter.refresh();
    assertThat(counts()).hasSize(4).allMatch(count -> count.endsWith("/s"));

    model.shown().growingProperty().set(false);
    nanos += Duration.ofMillis(250).toNanos();
    presenter.refresh();

    assertThat(counts()).containsExactly("7", "3", "6", "3");
  }

  private List<String> counts() {
    return Stream.of(model.sidebar().sources(), model.sidebar().topics())
        .flatMap(List::stream)
        .map(SidebarModel.SidebarEntry::count)
        .toList();
  }

  @Test
  void reportsHowManySourcesAndTopicsTheSidebarHasNoRoomFor() {
    List<Event> many = new ArrayList<>();
    for (int i = 3; i <= 300; i++) {
      many.add(happened.opened(i, "tcp 127.0.0.1:" + i));
      many.add(happened.header(i));
      many.add(happened.block(i, i, Happened.records("topic" + i, 1, 1)));
      many.add(happened.sorted(i, Happened.accepted("topic" + i, 1)));
    }
    take(many.toArray(Event[]::new));
    rows(model.tables().records().window(), 308);
    nanos += Duration.ofMillis(250).toNanos();
    presenter.refresh();

    assertThat(model.sidebar().sources())
        .extracting(SidebarModel.SidebarEntry::name)
        .startsWith("100 earlier", "tcp 127.0.0.1:101")
        .endsWith("tcp 127.0.0.1:300")
        .hasSize(201);
    assertThat(model.sidebar().topics())
        .extracting(SidebarModel.SidebarEntry::name)
        .startsWith("metrics-web")
        .endsWith("metrics-topic200", "100 more")
        .hasSize(201);
  }

  @Test
  void everyEntryOfTheSidebarFindsItsRecordsItsMessagesAndItsSeries() throws Exception {
    SidebarModel.SidebarEntry second =
        model.sidebar().sources().stream()
            .filter(entry -> entry.name().equals("tcp 127.0.0.1:2"))
            .findAny()
            .orElseThrow();
    presenter.filter(Filter.parse(second.filter()));
    rows(model.tables().records().window(), 3);
    rows(model.tables().deliveries().window(), 1);
    rows(model.tables().metrics().window(), 1);

    SidebarModel.SidebarEntry web =
        model.sidebar().topics().stream()
            .filter(entry -> entry.name().equals("metrics-web"))
            .findAny()
            .orElseThrow();
    presenter.filter(Filter.parse(web.filter()));
    rows(model.tables().records().window(), 6); // all but the one that got no Kafka topic
    rows(model.tables().deliveries().window(), 4);
    rows(model.tables().metrics().window(), 1);
  }

  @Test
  void marksAFilterThatWasStoppedUntilItIsLookedForAgain() throws Exception {
    model.shown().growingProperty().set(true);
    presenter.filter(Filter.parse("topic:web"));

    presenter.stopFilter();

    assertThat(model.filter().stoppedProperty().get()).isTrue();
    assertThat(model.filter().progressProperty().get()).isEqualTo(1);
    presenter.filter(Filter.parse("topic:web"));
    assertThat(model.filter().stoppedProperty().get()).isFalse();
    rows(model.tables().records().window(), 7);
  }

  @Test
  void doesNotMarkAFilterThatHasLookedAtAllThereIs() throws Exception {
    presenter.filter(Filter.parse("topic:db"));
    rows(model.tables().records().window(), 3);
    Await.until("all is looked at", () -> refreshed().progressProperty().get() == 1);

    presenter.stopFilter();

    assertThat(model.filter().stoppedProperty().get()).isFalse();
  }

  @Test
  void aBrushLimitsEveryTableUntilItIsTakenAway() {
    model.strip().brush(0.5, 1.0);
    rows(model.tables().records().window(), 3);
    rows(model.tables().deliveries().window(), 1);
    rows(model.tables().metrics().window(), 1);

    model.strip().brushProperty().set(null);

    rows(model.tables().records().window(), 10);
    rows(model.tables().deliveries().window(), 5);
  }

  @Test
  void drawsTheSelectedSeriesAndWhatComesOfThem() {
    ChartModel chart = model.chart();
    model.tables().metrics().window().select(0);

    ChartLine web = chart.linesProperty().get().getFirst();
    assertThat(web.name() + " " + web.tags().getFirst()).isEqualTo("figure.0 host=a1");
    assertThat(web.size()).isEqualTo(7);
    assertThat(web.time(6)).isEqualTo(Happened.START_MS + 6000);
    assertThat(web.value(6)).isEqualTo(6);

    model.tables().metrics().window().toggle(1);
    assertThat(chart.linesProperty().get()).hasSize(2).first().isSameAs(web);

    take(happened.block(3, 2, Happened.records("db", 9, 1)));
    Await.until(
        "nine points more",
        () -> {
          presenter.refresh();
          return chart.linesProperty().get().getLast().size() == 12;
        });
    assertThat(chart.linesProperty().get().getFirst()).isSameAs(web);
  }

  @Test
  void keepsTheSelectedSeriesDrawnBehindAFilter() throws Exception {
    model.tables().metrics().window().select(0);

    presenter.filter(Filter.parse("topic:db"));
    rows(model.tables().metrics().window(), 1);

    assertThat(model.chart().linesProperty().get()).hasSize(1);
  }

  @Test
  void drawsNothingOfTheRecordingBefore() {
    model.tables().metrics().window().select(0);

    presenter.show(recording);

    assertThat(model.chart().linesProperty().get()).isEmpty();
    assertThat(
            Objects.requireNonNull(model.tables().metrics().window().selection())
                .rowsProperty()
                .get())
        .isEmpty();
  }

  @Test
  void leadsFromARecordToItsMessageAndBackBehindAFilter() throws Exception {
    presenter.filter(Filter.parse("topic:db"));
    RowWindow<RecordRow> records = model.tables().records().window();
    rows(records, 3);
    rows(model.tables().deliveries().window(), 1);
    model.shown().viewProperty().set(View.RECORDS);
    records.select(2);

    presenter.followLink();

    assertThat(model.shown().viewProperty().get()).isEqualTo(View.DELIVERIES);
    DeliveryRow message = model.tables().deliveries().window().selectedRowProperty().get();
    assertThat(Objects.requireNonNull(message).position()).isEqualTo(4);
    presenter.followLink();
    assertThat(model.shown().viewProperty().get()).isEqualTo(View.RECORDS);
    assertThat(Objects.requireNonNull(records.selectedRowProperty().get()).position()).isEqualTo(7);
  }

  @Test
  void suggestsWhatWasSeen() {
    assertThat(presenter.suggest("tag.host=", 9)).extracting(FilterSuggestion::text).contains("a1");
    assertThat(presenter.suggest("topic:", 6))
        .extracting(FilterSuggestion::text)
        .contains("web", "db", "metrics-web");
    assertThat(presenter.suggest("so", 2))
        .contains(
            new FilterSuggestion(
                0, 2, "source:", "where it came from, such as tcp 127.0.0.1:40122"));
    assertThat(presenter.suggest("state:d", 7))
        .extracting(FilterSuggestion::text)
        .contains("delivered", "dry-run");
  }

  private FilterLineModel refreshed() {
    presenter.refresh();
    return model.filter();
  }

  private void rows(RowWindow<?> window, long count) {
    Await.until(
        count + " rows",
        () -> {
          presenter.refresh();
          return window.countProperty().get() == count;
        });
  }

  private void take(Event... events) {
    List.of(events).forEach(recording.sink()::accept);
    Await.until("all is taken in", recording::isSettled);
  }
}
