// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.Trouble;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
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
final class TroubleDetails {
  /** So many are listed. */
  static final int MOST = 500;

  private final Recording recording;
  private final Leads leads;

  TroubleDetails(Recording recording, Leads leads) {
    this.recording = recording;
    this.leads = leads;
  }

  /** What makes troubles the same. */
  private record Same(Trouble.Kind kind, OptionalLong source, OptionalLong delivery, String text) {
    private static Same of(Trouble trouble) {
      return new Same(trouble.kind(), trouble.source(), trouble.delivery(), trouble.text());
    }
  }

  Detail of(DetailSubject.OfTroubles time) {
    Map<Same, Trouble> lines = new LinkedHashMap<>();
    long listed = 0;
    for (Trouble trouble : recording.troubles()) {
      if (trouble.lastMs() >= time.fromMillis() && trouble.wallMs() < time.toMillis()) {
        lines.merge(Same.of(trouble), trouble, TroubleDetails::both);
        listed += trouble.times();
      }
    }
    boolean all = time.equals(DetailSubject.OfTroubles.all());
    long count = all ? recording.troubleCount() : listed;
    List<Node> nodes = new ArrayList<>();
    lines.values().stream()
        .sorted(Comparator.comparingLong(Trouble::lastMs).reversed())
        .limit(MOST)
        .map(this::node)
        .forEach(nodes::add);
    if (lines.size() > MOST) {
      nodes.add(Node.of("\u2026", Texts.count(lines.size() - MOST) + " other lines before"));
    }
    if (count > listed) {
      String before = Texts.count(count - listed) + " before, which are not kept any more";
      nodes.add(Node.of("\u2026", before));
    }
    String when =
        all ? "" : ", " + Texts.time(time.fromMillis()) + " to " + Texts.time(time.toMillis());
    String merged = count > lines.size() ? ", the same ones on one line" : "";
    return new Detail(
        time,
        Node.of("errors", Texts.count(count) + when + merged, nodes),
        Detail.Bytes.none("What went wrong, the last of it first. The arrow leads to where."),
        List.of());
  }

  private static Trouble both(Trouble one, Trouble other) {
    return new Trouble(
        Math.min(one.wallMs(), other.wallMs()),
        Math.max(one.lastMs(), other.lastMs()),
        one.times() + other.times(),
        one.kind(),
        one.source(),
        one.offset(),
        one.delivery(),
        one.text());
  }

  private Node node(Trouble trouble) {
    Tone tone =
        switch (trouble.kind()) {
          case BROKEN_STREAM, DAMAGED_BLOCK, KAFKA_DOWN, UNDELIVERABLE, REJECTED -> Tone.BAD;
          case THROTTLED, AGENT, SKIPPED -> Tone.WARNING;
        };
    String kind = trouble.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String text = trouble.text().isEmpty() ? kind : trouble.text();
    String often =
        trouble.times() == 1
            ? ""
            : "; " + Texts.count(trouble.times()) + " times since " + Texts.time(trouble.wallMs());
    Node node = Node.of(Texts.time(trouble.lastMs()), text + often).toned(tone);
    if (trouble.delivery().isPresent()) {
      long delivery = trouble.delivery().getAsLong();
      return node.leading(() -> leads.toDelivery(delivery));
    }
    if (trouble.source().isPresent()) {
      var source = new DetailSubject.OfSource((int) trouble.source().getAsLong());
      return node.leading(() -> leads.toDetail(source));
    }
    return node;
  }
}
