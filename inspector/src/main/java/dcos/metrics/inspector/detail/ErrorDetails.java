// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.ErrorEntry;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.Navigator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What went wrong in a time, the last of it first, each leading to what it concerns. What is the
 * same stands there once, with how often it was.
 */
final class ErrorDetails {
  /** So many are listed. */
  static final int MAX = 500;

  private final Recording recording;
  private final Navigator navigator;

  ErrorDetails(Recording recording, Navigator navigator) {
    this.recording = recording;
    this.navigator = navigator;
  }

  /** What makes troubles the same. */
  private record Same(
      ErrorEntry.ErrorKind kind, OptionalLong source, OptionalLong delivery, String text) {
    private static Same of(ErrorEntry error) {
      return new Same(error.kind(), error.source(), error.delivery(), error.text());
    }
  }

  DetailContent of(DetailSubject.OfErrors time) {
    Map<Same, ErrorEntry> lines = new LinkedHashMap<>();
    long listed = 0;
    for (ErrorEntry error : recording.errors()) {
      if (error.lastMs() >= time.fromMillis() && error.wallMs() < time.toMillis()) {
        lines.merge(Same.of(error), error, ErrorDetails::both);
        listed += error.times();
      }
    }
    boolean all = time.equals(DetailSubject.OfErrors.all());
    long count = all ? recording.errorCount() : listed;
    List<DetailNode> nodes = new ArrayList<>();
    lines.values().stream()
        .sorted(Comparator.comparingLong(ErrorEntry::lastMs).reversed())
        .limit(MAX)
        .map(this::node)
        .forEach(nodes::add);
    if (lines.size() > MAX) {
      nodes.add(
          DetailNode.of("\u2026", DisplayFormat.count(lines.size() - MAX) + " other lines before"));
    }
    if (count > listed) {
      String before = DisplayFormat.count(count - listed) + " before, which are not kept any more";
      nodes.add(DetailNode.of("\u2026", before));
    }
    String when =
        all
            ? ""
            : ", "
                + DisplayFormat.time(time.fromMillis())
                + " to "
                + DisplayFormat.time(time.toMillis());
    String merged = count > lines.size() ? ", the same ones on one line" : "";
    return new DetailContent(
        time,
        DetailNode.of("errors", DisplayFormat.count(count) + when + merged, nodes),
        DetailContent.DetailBytes.none(
            "What went wrong, the last of it first. The arrow leads to where."),
        List.of());
  }

  private static ErrorEntry both(ErrorEntry one, ErrorEntry other) {
    return new ErrorEntry(
        Math.min(one.wallMs(), other.wallMs()),
        Math.max(one.lastMs(), other.lastMs()),
        one.times() + other.times(),
        one.kind(),
        one.source(),
        one.offset(),
        one.delivery(),
        one.text());
  }

  private DetailNode node(ErrorEntry error) {
    StatusTone tone =
        switch (error.kind()) {
          case BROKEN_STREAM, DAMAGED_BLOCK, KAFKA_DOWN, UNDELIVERABLE, REJECTED -> StatusTone.BAD;
          case THROTTLED, AGENT, SKIPPED -> StatusTone.WARNING;
        };
    String kind = error.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String text = error.text().isEmpty() ? kind : error.text();
    String often =
        error.times() == 1
            ? ""
            : "; "
                + DisplayFormat.count(error.times())
                + " times since "
                + DisplayFormat.time(error.wallMs());
    DetailNode node = DetailNode.of(DisplayFormat.time(error.lastMs()), text + often).toned(tone);
    if (error.delivery().isPresent()) {
      long delivery = error.delivery().getAsLong();
      return node.leading(() -> navigator.toDelivery(delivery));
    }
    if (error.source().isPresent()) {
      var source = new DetailSubject.OfSource((int) error.source().getAsLong());
      return node.leading(() -> navigator.toDetail(source));
    }
    return node;
  }
}
