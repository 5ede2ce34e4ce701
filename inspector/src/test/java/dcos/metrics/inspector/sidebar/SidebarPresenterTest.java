// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.sidebar;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sidebar says of those that have not answered yet: nothing good. */
@SuppressWarnings("NullAway.Init") // by open
class SidebarPresenterTest {
  private final Happened happened = new Happened();
  private final SidebarModel sidebar = new SidebarModel();
  private Recording recording;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    recording = new Recording(RecordingLimits.DEFAULT, folder);
    recording.start();
    take(started(), happened.opened(1, "agent"));
  }

  @AfterEach
  void close() {
    recording.close();
  }

  @Test
  void kafkaIsNotUpBeforeItHasAnswered() {
    assertThat(sidebar.kafka().getFirst().count()).isEqualTo("unknown");
    assertThat(sidebar.kafka().getFirst().tone()).isEqualTo(StatusTone.QUIET);

    take(
        happened.block(1, 1, Happened.records("web", 1, 1)),
        happened.sorted(1, Happened.accepted("web", 1)),
        happened.made(1, "web", new RecordRange(1, 0, 1)),
        happened.settled(1, 1, new Outcome.Delivered(new Receipt(0, 5))));

    assertThat(sidebar.kafka().getFirst().count()).isEqualTo("up");
    assertThat(sidebar.kafka().getFirst().tone()).isEqualTo(StatusTone.GOOD);
  }

  @Test
  void kafkaIsNotDeliveringAsSoonAsAnOutageBegins() {
    take(new Event.KafkaChanged(happened.now(), false, "refused"));

    assertThat(sidebar.kafka().getFirst().count()).isEqualTo("not delivering");
  }

  @Test
  void theAgentIsNotWellBeforeItHasAnswered() {
    assertThat(sidebar.sources().getFirst().name()).isEqualTo("agent");
    assertThat(sidebar.sources().getFirst().count()).isEqualTo("no answer");
    assertThat(sidebar.sources().getFirst().tone()).isEqualTo(StatusTone.QUIET);
  }

  @Test
  void theAgentIsNotAskedWhereThatIsSwitchedOff() {
    take(started("AGENT_POLLING=false"));

    assertThat(sidebar.sources().getFirst().count()).isEqualTo("not asked");
  }

  private Event started(String... settings) {
    long[] none = new long[LedgerTerm.values().length];
    EventTime now = happened.now();
    return new Event.Snapshot(
        now,
        "1",
        List.of(settings),
        List.of(),
        Optional.empty(),
        Optional.of(true),
        new LedgerSnapshot(Counts.of(none, none), List.of(), List.of()));
  }

  private void take(Event... events) {
    List.of(events).forEach(recording.sink()::accept);
    Await.until("all is taken in", recording::isSettled);
    new SidebarPresenter(sidebar).refresh(recording, true);
  }
}
