// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.sidebar.SidebarPresenter;
import dcos.metrics.inspector.testing.EmptyWindow;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.workspace.DetailSubject;
import org.junit.jupiter.api.Test;

class KafkaDetailsTest extends DetailsOfEvents {
  private static final long START = Happened.START_MS;

  @Test
  void reportsSinceWhenKafkaIsUpAndWhenItWasAway() {
    take(
        kafka(true, ""),
        block(2),
        happened.sorted(1, Happened.accepted("web", 2)),
        happened.made(11, "web", new RecordRange(1, 0, 1)),
        happened.made(12, "web", new RecordRange(1, 1, 1)),
        happened.settled(11, 1, new Outcome.Delivered(new Receipt(3, 99))));
    take(kafka(false, "no broker answers"));
    happened.pass(2_999);
    take(kafka(true, ""));

    assertThat(lines(all().root()))
        .containsExactly(
            "Kafka ",
            "state up since " + DisplayFormat.time(START + 3_007),
            "last error no broker answers",
            "messages 2",
            "delivered 1",
            "sending 1",
            "undeliverable 0",
            "away once",
            DisplayFormat.time(START + 7)
                + " until "
                + DisplayFormat.time(START + 3_007)
                + ", for 3 s: no broker answers");
    all().links().getFirst().run().run();
    assertThat(led).containsExactly(DetailSubject.OfErrors.all().toString());
  }

  @Test
  void reportsThatKafkaIsAwayNowHoweverOftenThatIsSaid() {
    take(kafka(false, "refused"), kafka(false, "no broker answers"));

    assertThat(lines(all().root()))
        .contains(
            "state not delivering since " + DisplayFormat.time(START + 1),
            "away once",
            DisplayFormat.time(START + 1) + " until now: no broker answers");
  }

  @Test
  void reportsThatKafkaWasNeverAway() {
    take(kafka(true, ""));

    assertThat(lines(all().root()))
        .contains("last error none in this recording", "away was never away in this recording");
    assertThat(all().links()).isEmpty();
  }

  @Test
  void isWhatAClickInTheSidebarShows() {
    SidebarModel sidebar = EmptyWindow.model().sidebar();

    new SidebarPresenter(sidebar).refresh(recording, false);

    assertThat(sidebar.kafka())
        .extracting(entry -> entry.subject().orElseThrow())
        .containsExactly(new DetailSubject.OfKafka());
  }

  private Event kafka(boolean up, String error) {
    return new Event.KafkaChanged(happened.now(), up, error);
  }

  private DetailContent all() {
    return new KafkaDetails(recording, navigator).all();
  }
}
