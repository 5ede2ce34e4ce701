// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.inspector.workspace.View;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as CSV by RFC 4180, the names of the columns first. Of a record, every datapoint is a line;
 * one that has none is a line without them.
 */
final class CsvWriter implements RowWriter {
  private static final List<String> METRICS =
      List.of("topic", "name", "tags", "last", "time_ms", "rate", "datapoints");
  private static final List<String> RECORDS =
      List.of(
          "record",
          "time",
          "source",
          "topic",
          "tags",
          "name",
          "time_ms",
          "value",
          "verdict",
          "state",
          "reason",
          "message",
          "partition",
          "offset");
  private final Writer out;

  CsvWriter(OutputStream out, View view) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    line(
        switch (view) {
          case METRICS -> METRICS;
          case RECORDS -> RECORDS;
          case DELIVERIES -> MessageField.ALL.stream().map(MessageField::column).toList();
        });
  }

  @Override
  public void write(Series series) throws IOException {
    line(
        List.of(
            series.topic(),
            series.name(),
            tags(series.tags()),
            Double.toString(series.last()),
            Long.toString(series.lastTimeMs()),
            Double.toString(series.rate()),
            Long.toString(series.count())));
  }

  @Override
  public void write(TracedRecord traced) throws IOException {
    MetricList metrics = traced.record().metrics();
    String tags = tags(metrics.getTags());
    if (metrics.getDatapoints().isEmpty()) {
      line(traced, tags, "", "", "");
    }
    for (Datapoint datapoint : metrics.getDatapoints()) {
      line(
          traced,
          tags,
          datapoint.getName(),
          Long.toString(datapoint.getTimeMs()),
          Double.toString(datapoint.getValue()));
    }
  }

  private void line(TracedRecord traced, String tags, String name, String timeMs, String value)
      throws IOException {
    CapturedRecord record = traced.record();
    line(
        List.of(
            Long.toString(record.number()),
            Instant.ofEpochMilli(record.wallMs()).toString(),
            record.source(),
            record.metrics().getTopic(),
            tags,
            name,
            timeMs,
            value,
            record.state().decision(),
            record.state().messageState(),
            record.problem().isEmpty() ? record.reason() : record.problem(),
            known(traced.message()),
            traced.receipt().map(at -> Integer.toString(at.partition())).orElse(""),
            traced.receipt().map(at -> Long.toString(at.offset())).orElse("")));
  }

  @Override
  public void write(CapturedDelivery delivery) throws IOException {
    line(MessageField.ALL.stream().map(field -> field.text(delivery)).toList());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static String known(long number) {
    return number < 0 ? "" : Long.toString(number);
  }

  /** As {@code key=value}, separated by blanks; in quotes where one could not tell them apart. */
  static String tags(List<Tag> tags) {
    return tags.stream()
        .map(tag -> word(tag.getKey()) + "=" + word(tag.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String word(String text) {
    boolean plain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c <= ' ' || c == '=' || c == '"' || c == '\\');
    return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void line(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(cell(cells.get(i)));
    }
    out.write("\r\n");
  }

  private static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
