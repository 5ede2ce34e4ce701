// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.model.find.Findings;
import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.model.series.SeriesOrder;
import dcos.metrics.inspector.viewmodel.DeliveryRow;
import dcos.metrics.inspector.viewmodel.MetricRow;
import dcos.metrics.inspector.viewmodel.RecordRow;
import dcos.metrics.inspector.viewmodel.Rows;
import dcos.metrics.inspector.viewmodel.Sorting;
import dcos.metrics.inspector.viewmodel.Tables;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A recording's tables. What the disk's bound has dropped is not among the rows any more. */
final class RecordingRows {
  private static final int TREND_POINTS = 60;

  private RecordingRows() {}

  /**
   * Shows all there is.
   *
   * @param isGrowing asked whether more may come: then what is being collected shows too
   */
  static void show(Recording recording, BooleanSupplier isGrowing, Tables tables) {
    show(
        tables,
        rows(recording::sortedSeries),
        rows(recording::recordCount, recording::records, RecordingRows::row),
        new MessageRows(
            rows(recording::deliveryCount, recording::deliveries, RecordingRows::row),
            () ->
                isGrowing.getAsBoolean() ? batching(recording, recording.batching()) : List.of()));
  }

  static void showNone(Tables tables) {
    show(tables, Rows.none(), Rows.none(), Rows.none());
  }

  /** Shows what is found of it. */
  static void show(Recording recording, Findings found, BooleanSupplier isGrowing, Tables tables) {
    show(
        tables,
        rows(found::sortedSeries),
        rows(found::count, found::records, RecordingRows::row),
        new MessageRows(
            rows(found::deliveryCount, found::deliveries, RecordingRows::row),
            () -> isGrowing.getAsBoolean() ? batching(recording, found.batching()) : List.of()));
  }

  /** What a table that is sorted by a column asks for. */
  static SeriesOrder order(Sorting sorting) {
    return sorting
        .byProperty()
        .get()
        .map(
            wanted ->
                new SeriesOrder(
                    SeriesOrder.By.valueOf(wanted.column().toUpperCase(Locale.ROOT)),
                    wanted.descending()))
        .orElse(SeriesOrder.ARRIVAL);
  }

  private static void show(
      Tables tables, Rows<MetricRow> metrics, Rows<RecordRow> records, Rows<DeliveryRow> messages) {
    tables.metrics().window().show(metrics);
    tables.records().window().show(records);
    tables.deliveries().window().show(messages);
  }

  /** A page of a list. */
  private interface Page<T> {
    List<T> read(long from, int most);
  }

  private static <T, R> Rows<R> rows(LongSupplier count, Page<T> page, Function<T, R> row) {
    return new Rows<>() {
      @Override
      public long count() {
        return count.getAsLong();
      }

      @Override
      public List<R> range(long from, int n) {
        return page.read(from, n).stream().map(row).toList();
      }
    };
  }

  private static Rows<MetricRow> rows(Supplier<List<Series>> series) {
    return rows(
        () -> series.get().size(),
        (from, most) -> series.get().stream().skip(from).limit(most).toList(),
        RecordingRows::row);
  }

  private static RecordRow row(CapturedRecord record) {
    return new RecordRow(
        record.number(),
        record.wallMs(),
        record.source(),
        record.metrics().getTopic(),
        Outcomes.tags(record.metrics().getTags()),
        record.metrics().getDatapoints().size(),
        record.bytes(),
        Outcomes.outcome(record),
        Outcomes.tone(record.state()));
  }

  private static DeliveryRow row(CapturedDelivery delivery) {
    return new DeliveryRow(
        delivery.number(),
        delivery.id(),
        delivery.wallMs(),
        delivery.topic(),
        delivery.records(),
        delivery.bytes(),
        Outcomes.trigger(delivery.trigger()),
        Outcomes.state(delivery),
        Outcomes.tone(delivery),
        millis(delivery.batchNanos()),
        millis(delivery.settleNanos()));
  }

  /** What is being collected has been so since its first record came, by the same clock. */
  private static List<DeliveryRow> batching(Recording recording, List<CapturedDelivery> rows) {
    long now = rows.isEmpty() ? 0 : recording.nowMs();
    return rows.stream()
        .map(RecordingRows::row)
        .map(row -> row.batchedFor((double) Math.max(0, now - row.millis())))
        .toList();
  }

  private static MetricRow row(Series series) {
    return new MetricRow(
        series.id(),
        series.topic(),
        series.name(),
        series.tagsText(),
        series.last(),
        series.rate(),
        series.trend(TREND_POINTS));
  }

  private static double millis(OptionalLong nanos) {
    return nanos.isPresent() ? nanos.getAsLong() / 1e6 : 0;
  }
}
