// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.Navigator;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the detail says of events, and where it leads to. */
@SuppressWarnings("NullAway.Init") // by open
abstract class DetailsOfEvents {
  static final String SOURCE = "tcp 127.0.0.1:1";

  final Happened happened = new Happened();
  final List<String> led = new ArrayList<>();
  final Navigator navigator =
      new Navigator() {
        @Override
        public void toRecord(long number) {
          led.add("record " + number);
        }

        @Override
        public void toDelivery(long number) {
          led.add("delivery " + number);
        }

        @Override
        public void toDetail(DetailSubject subject) {
          led.add(subject.toString());
        }

        @Override
        public void toFound(String filter, View view) {
          led.add(view + " " + filter);
        }
      };
  Recording recording;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    recording = new Recording(RecordingLimits.DEFAULT, folder);
    recording.start();
  }

  @AfterEach
  void close() {
    recording.close();
  }

  void take(Event... events) {
    List.of(events).forEach(recording.sink()::accept);
    Await.until("all is taken in", recording::isSettled);
  }

  Event snapshot(String... settings) {
    long[] none = new long[LedgerTerm.values().length];
    return new Event.Snapshot(
        happened.now(),
        "1",
        List.of(settings),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new LedgerSnapshot(Counts.of(none, none), List.of(), List.of()));
  }

  Event block(int records) {
    return happened.block(1, 1, Happened.records("web", records, 1));
  }

  DetailContent record(long number) {
    return new RecordDetails(recording, navigator).of(number).orElseThrow();
  }

  DetailContent delivery(long number) {
    return new DeliveryDetails(recording, navigator).of(number).orElseThrow();
  }

  static DetailNode at(DetailNode node, String name) {
    return at(node.children(), name);
  }

  static DetailNode at(List<DetailNode> nodes, String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  static void follow(DetailNode node) {
    node.link().orElseThrow().run();
  }

  /** A line a node, as the tree shows them. */
  static List<String> lines(DetailNode node) {
    List<String> lines = new ArrayList<>();
    lines.add(node.name() + " " + node.value());
    node.children().forEach(child -> lines.addAll(lines(child)));
    return lines;
  }
}
