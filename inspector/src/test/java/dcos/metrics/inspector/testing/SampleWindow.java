// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.inspector.viewmodel.Changes;
import dcos.metrics.inspector.viewmodel.ChartLine;
import dcos.metrics.inspector.viewmodel.ChartModel;
import dcos.metrics.inspector.viewmodel.DeliveriesModel;
import dcos.metrics.inspector.viewmodel.DeliveryRow;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.MetricRow;
import dcos.metrics.inspector.viewmodel.MetricsModel;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.Picks;
import dcos.metrics.inspector.viewmodel.RecordRow;
import dcos.metrics.inspector.viewmodel.RecordsModel;
import dcos.metrics.inspector.viewmodel.ReplayModel;
import dcos.metrics.inspector.viewmodel.SettingsModel;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.Sidebar.Entry;
import dcos.metrics.inspector.viewmodel.StartModel;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.Status.Term;
import dcos.metrics.inspector.viewmodel.Suggestion;
import dcos.metrics.inspector.viewmodel.View;
import dcos.metrics.inspector.viewmodel.Tables;
import dcos.metrics.inspector.viewmodel.TimeStrip;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel;
import dcos.metrics.inspector.viewmodel.WindowState;
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
  public final SettingsModel settings = EmptyWindow.settings(shown, actions);
  public final WindowModel model = model();

  public SampleWindow() {
    model.start().commandProperty().set("nc 127.0.0.1 8124 < metrics.avro");
    Picks<MetricRow> picks = Objects.requireNonNull(model.tables().metrics().window().picks());
    picks
        .rowsProperty()
        .addListener(
            (_, _, picked) ->
                model
                    .chart()
                    .update(
                        picked.stream()
                            .limit(ChartModel.MOST_LINES)
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
                new Entry(
                    "tcp :40122",
                    "4.2k/s",
                    Tone.GOOD,
                    "127.0.0.1:40122, since 12:04:31",
                    "source:40122"),
                new Entry(
                    "tcp :40188",
                    "810/s",
                    Tone.GOOD,
                    "127.0.0.1:40188, since 12:06:02",
                    "source:40188"),
                new Entry("agent", "retry 4 s", Tone.WARNING, "refused: 503", "source:agent")),
            List.of(
                new Entry("web", "4.2k/s", Tone.QUIET, "", "topic:web"),
                new Entry("agent", "12/s", Tone.QUIET, "", "topic:agent")),
            List.of(new Entry("2 brokers", "up", Tone.GOOD, "broker-1:9092, broker-2:9092", "")));
    model
        .status()
        .update(
            List.of(
                new Term("received 98,214", "", Tone.BUSY),
                Term.sign("="),
                new Term("delivered 97,911", "state:delivered", Tone.GOOD),
                Term.sign("+"),
                new Term("throttled 12", "verdict:throttled", Tone.WARNING),
                Term.sign("+"),
                new Term("held 291", "state:held", Tone.BUSY)));
    double[] rates = new double[400];
    int[] errors = new int[rates.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = 3000 + 900 * Math.sin(i / 17.0) + 400 * Math.sin(i / 2.3);
    }
    errors[210] = 1;
    errors[213] = 4;
    model.strip().ratesProperty().set(new TimeStrip.Rates(BEGIN, BEGIN + 1_200_000, rates, errors));
  }

  /** The records that {@link #stream} gets are shown. */
  public void showStream() {
    open();
    model.shown().viewProperty().set(View.RECORDS);
    model.tables().records().window().show(stream);
  }

  /** A record's detail, with bytes. */
  public static Detail detail() {
    byte[] bytes =
        "\u0006web\u0002\u0008host\u0004a1\u0000\u0004\u0010cpu.user1234567812345678"
            .getBytes(StandardCharsets.US_ASCII);
    var topic = new Detail.Node("topic", "web", 0, 4, List.of());
    var host = new Detail.Node("host", "a1", 5, 13, List.of());
    var tags = new Detail.Node("tags", "(1)", 4, 14, List.of(host));
    var value = new Detail.Node("cpu.user", "0.42", 15, bytes.length, List.of());
    var datapoints = new Detail.Node("datapoints", "(1)", 14, bytes.length, List.of(value));
    var root = new Detail.Node("MetricList", "", 0, bytes.length, List.of(topic, tags, datapoints));
    return new Detail(
        new DetailSubject.OfRecord(17),
        root,
        new Detail.Bytes(bytes, 0x1a40, "", List.of(root)),
        List.of(new Notices.Action("Show delivery", () -> {})));
  }

  private static List<Suggestion> suggest(String text, int caret) {
    return text.startsWith("to")
        ? List.of(
            new Suggestion(0, caret, "topic:", "the topic that the sender gave, or that of Kafka"),
            new Suggestion(0, caret, "tag.host:", "a tag's value"))
        : List.of();
  }

  private WindowModel model() {
    Tables tables =
        new Tables(
            MetricsModel.of(metrics), RecordsModel.of(records), DeliveriesModel.of(deliveries));
    return new WindowModel(
        actions,
        tables,
        new ChartModel(),
        new FilterModel(
            text ->
                text.endsWith(":")
                    ? FilterModel.Checked.invalid("value expected behind " + text)
                    : FilterModel.Checked.VALID,
            SampleWindow::suggest,
            filters::add,
            () -> filters.add("stop")),
        new Sidebar(),
        new DetailModel(),
        new TimeStrip(),
        new Status(),
        new Notices(),
        new StartModel(recent, actions),
        replay,
        settings,
        shown,
        new Changes(),
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
    List<ChartLine.Tag> tags =
        Stream.of(row.tags().split(" ", -1))
            .map(tag -> tag.split("=", 2))
            .map(tag -> new ChartLine.Tag(tag[0], tag[1]))
            .toList();
    return new ChartLine(
        new ChartLine.Of(row.id(), row.topic(), row.name(), tags),
        new ChartLine.Kept(3_600, 0, false),
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
        throttled ? Tone.WARNING : Tone.GOOD);
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
        failed ? Tone.BAD : Tone.GOOD,
        200 + i % 300,
        12 + i % 40);
  }
}
