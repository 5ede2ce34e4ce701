// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.inspector.chart.ChartLine;
import dcos.metrics.inspector.chart.ChartModel;
import dcos.metrics.inspector.deliveries.DeliveriesModel;
import dcos.metrics.inspector.deliveries.DeliveryRow;
import dcos.metrics.inspector.detail.DetailContent;
import dcos.metrics.inspector.detail.DetailModel;
import dcos.metrics.inspector.filterline.FilterLineModel;
import dcos.metrics.inspector.filterline.FilterSuggestion;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.metrics.MetricRow;
import dcos.metrics.inspector.metrics.MetricsModel;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.records.RecordsModel;
import dcos.metrics.inspector.replay.ReplayModel;
import dcos.metrics.inspector.settingspanel.SettingsPanelModel;
import dcos.metrics.inspector.shell.RefreshFlag;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.shell.WindowTables;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.sidebar.SidebarModel.SidebarEntry;
import dcos.metrics.inspector.start.StartModel;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.statusbar.StatusBarModel.StatusTerm;
import dcos.metrics.inspector.table.RowSelection;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.NoticesModel;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.inspector.workspace.WindowState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** A window's model over rows that are made up. */
public final class SampleWindow {
  // 12:04:31 on a day of its own, so that pictures stay the same.
  private static final long BEGIN = 1_700_000_000_000L;

  public final AskedActions actions = new AskedActions();
  public final List<String> filters = new CopyOnWriteArrayList<>();
  public final ObservableList<Path> recent = FXCollections.observableArrayList();
  public final MadeRows<MetricRow> metrics = new MadeRows<>(SampleWindow::metric);
  public final MadeRows<RecordRow> records = new MadeRows<>(SampleWindow::record);

  /** Shown in the place of {@link #records} once {@link #showStream} was called. */
  public final AppendedRows<RecordRow> stream = new AppendedRows<>();

  public final MadeRows<DeliveryRow> deliveries = new MadeRows<>(SampleWindow::delivery);
  public final AskedReplays replays = new AskedReplays();
  public final ReplayModel replay = new ReplayModel(replays);
  public final WindowState shown = new WindowState();
  public final SettingsPanelModel settings = EmptyWindow.settings(shown, actions);
  public final WindowModel model = model();

  public SampleWindow() {
    model.start().commandProperty().set("nc 127.0.0.1 8124 < metrics.avro");
    RowSelection<MetricRow> selection =
        Objects.requireNonNull(model.tables().metrics().window().selection());
    selection
        .rowsProperty()
        .addListener(
            (_, _, picked) ->
                model
                    .chart()
                    .update(
                        picked.stream()
                            .limit(ChartModel.MAX_LINES)
                            .map(SampleWindow::line)
                            .toList(),
                        picked.size()));
  }

  /** A recording is open, and grows. */
  public void open() {
    model.shown().titleProperty().set("live 127.0.0.1:8124");
    model.shown().recordingProperty().set(true);
    model.shown().capturingProperty().set(true);
    model.shown().growingProperty().set(true);
  }

  /** Something stands in every part of the window. */
  public void fill() {
    open();
    metrics.add(340);
    records.add(98_214);
    deliveries.add(1_204);
    model.changes().mark();
    model
        .sidebar()
        .update(
            List.of(
                new SidebarEntry(
                    "tcp :40122",
                    "4.2k/s",
                    StatusTone.GOOD,
                    "127.0.0.1:40122, since 12:04:31",
                    "source:40122"),
                new SidebarEntry(
                    "tcp :40188",
                    "810/s",
                    StatusTone.GOOD,
                    "127.0.0.1:40188, since 12:06:02",
                    "source:40188"),
                new SidebarEntry(
                    "agent", "retry 4 s", StatusTone.WARNING, "refused: 503", "source:agent")),
            List.of(
                new SidebarEntry("web", "4.2k/s", StatusTone.QUIET, "", "topic:web"),
                new SidebarEntry("agent", "12/s", StatusTone.QUIET, "", "topic:agent")),
            List.of(
                new SidebarEntry(
                    "2 brokers", "up", StatusTone.GOOD, "broker-1:9092, broker-2:9092", "")));
    model
        .status()
        .update(
            List.of(
                new StatusTerm("received 98,214", "", StatusTone.BUSY),
                StatusTerm.sign("="),
                new StatusTerm("delivered 97,911", "state:delivered", StatusTone.GOOD),
                StatusTerm.sign("+"),
                new StatusTerm("throttled 12", "verdict:throttled", StatusTone.WARNING),
                StatusTerm.sign("+"),
                new StatusTerm("held 291", "state:held", StatusTone.BUSY)));
    double[] rates = new double[400];
    int[] errors = new int[rates.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = 3000 + 900 * Math.sin(i / 17.0) + 400 * Math.sin(i / 2.3);
    }
    errors[210] = 1;
    errors[213] = 4;
    model
        .strip()
        .ratesProperty()
        .set(new TimelineModel.TimelineRates(BEGIN, BEGIN + 1_200_000, rates, errors));
  }

  /** The records that {@link #stream} gets are shown. */
  public void showStream() {
    open();
    model.shown().viewProperty().set(View.RECORDS);
    model.tables().records().window().show(stream);
  }

  /** A record's detail, with bytes. */
  public static DetailContent detail() {
    byte[] bytes =
        "\u0006web\u0002\u0008host\u0004a1\u0000\u0004\u0010cpu.user1234567812345678"
            .getBytes(StandardCharsets.US_ASCII);
    var topic = new DetailContent.DetailNode("topic", "web", 0, 4, List.of());
    var host = new DetailContent.DetailNode("host", "a1", 5, 13, List.of());
    var tags = new DetailContent.DetailNode("tags", "(1)", 4, 14, List.of(host));
    var value = new DetailContent.DetailNode("cpu.user", "0.42", 15, bytes.length, List.of());
    var datapoints =
        new DetailContent.DetailNode("datapoints", "(1)", 14, bytes.length, List.of(value));
    var root =
        new DetailContent.DetailNode(
            "MetricList", "", 0, bytes.length, List.of(topic, tags, datapoints));
    return new DetailContent(
        new DetailSubject.OfRecord(17),
        root,
        new DetailContent.DetailBytes(bytes, 0x1a40, "", List.of(root)),
        List.of(new NoticesModel.NoticeAction("Show delivery", () -> {})));
  }

  private static List<FilterSuggestion> suggest(String text, int caret) {
    return text.startsWith("to")
        ? List.of(
            new FilterSuggestion(
                0, caret, "topic:", "the topic that the sender gave, or that of Kafka"),
            new FilterSuggestion(0, caret, "tag.host:", "a tag's value"))
        : List.of();
  }

  private WindowModel model() {
    WindowTables tables =
        new WindowTables(
            MetricsModel.of(metrics), RecordsModel.of(records), DeliveriesModel.of(deliveries));
    return new WindowModel(
        actions,
        tables,
        new ChartModel(),
        new FilterLineModel(
            text ->
                text.endsWith(":")
                    ? FilterLineModel.FilterCheck.invalid("value expected behind " + text)
                    : FilterLineModel.FilterCheck.VALID,
            SampleWindow::suggest,
            filters::add,
            () -> filters.add("stop")),
        new SidebarModel(),
        new DetailModel(),
        new TimelineModel(),
        new StatusBarModel(),
        new NoticesModel(),
        new StartModel(recent, actions),
        replay,
        settings,
        shown,
        new RefreshFlag(),
        tables::refresh);
  }

  private static MetricRow metric(long i) {
    double[] trend = new double[40];
    for (int k = 0; k < trend.length; k++) {
      trend[k] = Math.sin((k + i * 7) / 6.0) + Math.sin((k * i) / 11.0) * 0.3;
    }
    String[] names = {"cpu.user", "cpu.system", "mem.rss", "net.bytes_in", "disk.used"};
    return new MetricRow(
        i,
        "web",
        names[(int) (i % names.length)],
        "container=web." + i / names.length + " host=a1",
        Math.pow(10, (double) (i % 9)) * 0.42,
        (double) (1 + i % 3),
        trend);
  }

  /** Four minutes of a series, with half a minute of silence and something that is no number. */
  private static ChartLine line(MetricRow row) {
    long[] times = new long[210];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = BEGIN + (i < 120 ? i : i + 30) * 1000L;
      values[i] =
          i == 60
              ? Double.NaN
              : row.last() * (2 + Math.sin((i + row.id() * 9) / 14.0) + (i * 7 % 11) / 20.0);
    }
    List<ChartLine.ChartTag> tags =
        Stream.of(row.tags().split(" ", -1))
            .map(tag -> tag.split("=", 2))
            .map(tag -> new ChartLine.ChartTag(tag[0], tag[1]))
            .toList();
    return new ChartLine(
        new ChartLine.SeriesIdentity(row.id(), row.topic(), row.name(), tags),
        new ChartLine.KeptPointCounts(3_600, 0, false),
        times,
        values);
  }

  /** A record that is made up. */
  public static RecordRow record(long i) {
    boolean throttled = i % 9 == 4;
    return new RecordRow(
        i,
        BEGIN + i * 12,
        "tcp :" + (i % 3 == 0 ? 40188 : 40122),
        i % 5 == 0 ? "agent" : "web",
        "container=web." + i % 12 + " host=a1",
        20,
        1180 + (int) (i % 70),
        throttled ? "throttled: input limit" : "accepted",
        throttled ? StatusTone.WARNING : StatusTone.GOOD);
  }

  private static DeliveryRow delivery(long i) {
    List<String> states =
        new ArrayList<>(List.of("delivered 0@" + (4000 + i), "delivered 1@" + (3900 + i)));
    boolean failed = i % 13 == 7;
    return new DeliveryRow(
        i,
        i + 1,
        BEGIN + i * 1000,
        "metrics-web",
        1024,
        512_000 + i % 999,
        i % 2 == 0 ? "records" : "period",
        failed ? "failed: topic not authorised" : states.get((int) (i % 2)),
        failed ? StatusTone.BAD : StatusTone.GOOD,
        200 + i % 300,
        12 + i % 40);
  }
}
