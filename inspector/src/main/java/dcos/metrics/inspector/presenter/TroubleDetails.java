// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.Trouble;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What went wrong in a time, the last of it first, each leading to what it concerns. */
final class TroubleDetails {
  /** So many are listed. */
  static final int MOST = 500;

  private final Recording recording;
  private final Leads leads;

  TroubleDetails(Recording recording, Leads leads) {
    this.recording = recording;
    this.leads = leads;
  }

  Detail of(Detail.Subject.OfTroubles time) {
    List<Trouble> found =
        recording.troubles().stream()
            .filter(
                trouble ->
                    trouble.wallMs() >= time.fromMillis() && trouble.wallMs() < time.toMillis())
            .toList();
    List<Node> nodes = new ArrayList<>();
    found.reversed().stream().limit(MOST).map(this::node).forEach(nodes::add);
    if (found.size() > MOST) {
      nodes.add(Node.of("\u2026", Texts.count(found.size() - MOST) + " before"));
    }
    boolean all = time.equals(Detail.Subject.OfTroubles.all());
    String when =
        all ? "" : ", " + Texts.time(time.fromMillis()) + " to " + Texts.time(time.toMillis());
    return new Detail(
        time,
        Node.of("went wrong", Texts.count(found.size()) + when, nodes),
        Detail.Bytes.none("What went wrong, the last of it first. The arrow leads to where."),
        List.of());
  }

  private Node node(Trouble trouble) {
    Tone tone =
        switch (trouble.kind()) {
          case BROKEN_STREAM, DAMAGED_BLOCK, KAFKA_DOWN, UNDELIVERABLE, REJECTED -> Tone.BAD;
          case THROTTLED, AGENT, SKIPPED -> Tone.WARNING;
        };
    String kind = trouble.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String text = trouble.text();
    Node node = Node.of(Texts.time(trouble.wallMs()), text.isEmpty() ? kind : text).toned(tone);
    if (trouble.delivery().isPresent()) {
      long delivery = trouble.delivery().getAsLong();
      return node.leading(() -> leads.toDelivery(delivery));
    }
    if (trouble.source().isPresent()) {
      var source = new Detail.Subject.OfSource((int) trouble.source().getAsLong());
      return node.leading(() -> leads.toDetail(source));
    }
    return node;
  }
}
