// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.testing.EmptyWindow;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.Texts;
import org.junit.jupiter.api.Test;

class KafkaDetailsTest extends DetailsOfEvents {
  private static final long START = Happened.START_MS;

  @Test
  void saysSinceWhenKafkaIsUpAndWhenItWasAway() {
    take(
        kafka(true, ""),
        block(2),
        happened.sorted(1, Happened.accepted("web", 2)),
        happened.made(11, "web", new Part(1, 0, 1)),
        happened.made(12, "web", new Part(1, 1, 1)),
        happened.settled(11, 1, new Outcome.Delivered(new Receipt(3, 99))));
    take(kafka(false, "no broker answers"));
    happened.pass(2_999);
    take(kafka(true, ""));

    assertThat(lines(all().root()))
        .containsExactly(
            "Kafka ",
            "state up since " + Texts.time(START + 3_007),
            "last error no broker answers",
            "messages 2",
            "delivered 1",
            "sending 1",
            "undeliverable 0",
            "away once",
            Texts.time(START + 7)
                + " until "
                + Texts.time(START + 3_007)
                + ", for 3 s: no broker answers");
    all().links().getFirst().run().run();
    assertThat(led).containsExactly(DetailSubject.OfTroubles.all().toString());
  }

  @Test
  void saysThatKafkaIsAwayNowHoweverOftenThatIsSaid() {
    take(kafka(false, "refused"), kafka(false, "no broker answers"));

    assertThat(lines(all().root()))
        .contains(
            "state not delivering since " + Texts.time(START + 1),
            "away once",
            Texts.time(START + 1) + " until now: no broker answers");
  }

  @Test
  void saysThatKafkaWasNeverAway() {
    take(kafka(true, ""));

    assertThat(lines(all().root()))
        .contains("last error none in this recording", "away was never away in this recording");
    assertThat(all().links()).isEmpty();
  }

  @Test
  void isWhatAClickInTheSidebarShows() {
    Sidebar sidebar = EmptyWindow.model().sidebar();

    new SidebarPresenter(sidebar).refresh(recording, false);

    assertThat(sidebar.kafka())
        .extracting(entry -> entry.subject().orElseThrow())
        .containsExactly(new DetailSubject.OfKafka());
  }

  private Event kafka(boolean up, String error) {
    return new Event.KafkaChanged(happened.now(), up, error);
  }

  private Detail all() {
    return new KafkaDetails(recording, leads).all();
  }
}
