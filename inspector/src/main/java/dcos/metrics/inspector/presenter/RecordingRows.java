// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.model.CapturedDelivery;
import dcos.metrics.inspector.model.CapturedRecord;
import dcos.metrics.inspector.model.FilteredRows;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.Series;
import dcos.metrics.inspector.model.Words;
import dcos.metrics.inspector.viewmodel.DeliveryRow;
import dcos.metrics.inspector.viewmodel.MetricRow;
import dcos.metrics.inspector.viewmodel.RecordRow;
import dcos.metrics.inspector.viewmodel.Rows;
import dcos.metrics.inspector.viewmodel.Tables;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A recording's tables. What the disk's bound has dropped is not among the rows any more. */
final class RecordingRows {
  private static final int TREND_POINTS = 60;

  private RecordingRows() {}

  /**
   * Shows them.
   *
   * @param found the records that the filter finds; null shows all
   */
  static void show(
      Recording recording, Filter filter, @Nullable FilteredRows found, Tables tables) {
    tables.metrics().window().show(new SeriesRows(recording, filter));
    tables.records().window().show(found == null ? records(recording) : records(found));
    tables.deliveries().window().show(deliveries(recording));
  }

  /** Numbered as in the recording: the first rows are empty once they were dropped. */
  private static Rows<RecordRow> records(Recording recording) {
    return new Rows<>() {
      @Override
      public long count() {
        return recording.recordCount();
      }

      @Override
      public List<RecordRow> range(long from, int n) {
        return recording.records(from, n).stream().map(RecordingRows::row).toList();
      }
    };
  }

  private static Rows<RecordRow> records(FilteredRows found) {
    return new Rows<>() {
      @Override
      public long count() {
        return found.count();
      }

      @Override
      public List<RecordRow> range(long from, int n) {
        return found.records(from, n).stream().map(RecordingRows::row).toList();
      }
    };
  }

  private static Rows<DeliveryRow> deliveries(Recording recording) {
    return new Rows<>() {
      @Override
      public long count() {
        return recording.deliveryCount();
      }

      @Override
      public List<DeliveryRow> range(long from, int n) {
        return recording.deliveries(from, n).stream().map(RecordingRows::row).toList();
      }
    };
  }

  /** Those that match, looked for anew when one came or went. */
  private static final class SeriesRows implements Rows<MetricRow> {
    private final Recording recording;
    private final Filter filter;
    private long version = -1;
    private List<Series> matching = List.of();

    private SeriesRows(Recording recording, Filter filter) {
      this.recording = recording;
      this.filter = filter;
    }

    @Override
    public long count() {
      long now = recording.seriesVersion();
      if (now != version) {
        version = now;
        matching =
            filter.equals(Filter.ALL)
                ? recording.series()
                : recording.series().stream()
                    .filter(series -> filter.matches(Words.subject(series)))
                    .toList();
      }
      return matching.size();
    }

    @Override
    public List<MetricRow> range(long from, int n) {
      return matching.stream().skip(from).limit(n).map(RecordingRows::row).toList();
    }
  }

  private static RecordRow row(CapturedRecord record) {
    return new RecordRow(
        record.number(),
        record.wallMs(),
        record.source(),
        record.metrics().getTopic(),
        Verdicts.tags(record.metrics().getTags()),
        record.metrics().getDatapoints().size(),
        record.bytes(),
        Verdicts.verdict(record),
        Verdicts.tone(record.state()));
  }

  private static DeliveryRow row(CapturedDelivery delivery) {
    return new DeliveryRow(
        delivery.number(),
        delivery.wallMs(),
        delivery.topic(),
        delivery.records(),
        delivery.bytes(),
        Verdicts.trigger(delivery.trigger()),
        Verdicts.state(delivery),
        Verdicts.tone(delivery),
        millis(delivery.batchNanos()),
        millis(delivery.settleNanos()));
  }

  private static MetricRow row(Series series) {
    return new MetricRow(
        series.id(),
        series.topic(),
        series.name(),
        series.tagsText(),
        series.last(),
        series.rate(),
        series.points(TREND_POINTS).values());
  }

  private static double millis(OptionalLong nanos) {
    return nanos.isPresent() ? nanos.getAsLong() / 1e6 : 0;
  }
}
