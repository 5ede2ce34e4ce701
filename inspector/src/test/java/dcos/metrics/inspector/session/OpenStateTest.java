// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.session.OpenState.Attached;
import dcos.metrics.inspector.session.OpenState.Capturing;
import dcos.metrics.inspector.session.OpenState.Empty;
import dcos.metrics.inspector.session.OpenState.Ended;
import dcos.metrics.inspector.session.OpenState.FileOpen;
import dcos.metrics.inspector.session.OpenState.Reading;
import dcos.metrics.inspector.session.OpenState.Settled;
import dcos.metrics.inspector.session.OpenState.Starting;
import dcos.metrics.inspector.session.UnsavedRecords.OnLeave;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.testing.MadeContainer;
import dcos.metrics.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sessions are real, but none of them is started: a state only holds them. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // by create
class OpenStateTest {
  private static final OpenState EMPTY = new Empty();
  private static final Session.SessionListener NONE =
      new Session.SessionListener() {
        @Override
        public void started(LiveSession capture, StartResult result) {
          throw new AssertionError("not started by a state, but " + result);
        }

        @Override
        public void failed(GrowingSession session, String reason) {
          throw new AssertionError("not started by a state, but " + reason);
        }
      };

  @TempDir private Path temp;
  private FileSession files;
  private AttachedSession collector;
  private LiveSession capture;
  private LiveSession other;

  @BeforeEach
  void create() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), MadeContainer.of(3, 1000));
    files = new FileSession(List.of(file), temp);
    collector = new AttachedSession(new Endpoint("127.0.0.1", 1), Optional.empty(), temp, NONE);
    capture = capture("127.0.0.1:1");
    other = capture("127.0.0.1:2");
  }

  private LiveSession capture(String listen) throws Exception {
    Map<String, String> dry =
        Map.of("KAFKA", "false", "AGENT_POLLING", "false", "LISTEN_ENDPOINT", listen);
    return new LiveSession(OptionValues.of(Map.of(), dry), "1", temp, NONE);
  }

  @AfterEach
  void close() {
    List.of(files, collector, capture, other).forEach(Session::close);
  }

  private Capturing capturing() {
    return new Capturing(capture, UnsavedRecords.ALL);
  }

  private Ended ended() {
    return capturing().end();
  }

  private List<Settled> settled() {
    return List.of(new Empty(), EMPTY.open(files), EMPTY.attach(collector), capturing(), ended());
  }

  /** Every state; where a capture is starting, it is the other one. */
  private List<OpenState> all() {
    return Stream.concat(settled().stream(), settled().stream().map(state -> state.start(other)))
        .toList();
  }

  @Test
  void emptyHoldsNothing() {
    assertThat(EMPTY.openSession()).isEmpty();
    assertThat(EMPTY.startingCapture()).isEmpty();
    assertThat(EMPTY.title()).isEmpty();
    assertThat(EMPTY.isCapturing()).isFalse();
    assertThat(EMPTY.isGrowing()).isFalse();
    assertThat(EMPTY.leaving()).isEqualTo(new LeaveResult.Lossless());
  }

  @Test
  void filesTakeThePlaceOfEveryState() {
    for (OpenState state : all()) {
      FileOpen next = state.open(files);

      assertThat(next).isEqualTo(new FileOpen(files, Reading.UNDER_WAY));
      assertThat(next.openSession()).contains(files);
      assertThat(next.startingCapture()).isEmpty();
      assertThat(next.title()).contains("some.avro");
      assertThat(next.isCapturing()).isFalse();
      assertThat(next.isGrowing()).isFalse();
    }
  }

  @Test
  void aCollectorTakesThePlaceOfEveryState() {
    for (OpenState state : all()) {
      Attached next = state.attach(collector);

      assertThat(next).isEqualTo(new Attached(collector, UnsavedRecords.ALL));
      assertThat(next.openSession()).contains(collector);
      assertThat(next.startingCapture()).isEmpty();
      assertThat(next.title()).contains("attached 127.0.0.1:1");
      assertThat(next.isCapturing()).isFalse();
      assertThat(next.isGrowing()).isTrue();
    }
  }

  @Test
  void everyStateCloses() {
    for (OpenState state : all()) {
      assertThat(state.close()).isEqualTo(EMPTY);
    }
  }

  @Test
  void whatShowsStaysWhileACaptureStarts() {
    for (Settled state : settled()) {
      Starting next = state.start(other);

      assertThat(next.shown()).isEqualTo(state);
      assertThat(next.settled()).isEqualTo(state);
      assertThat(next.openSession()).isEqualTo(state.openSession());
      assertThat(next.startingCapture()).contains(other);
      assertThat(next.title()).isEqualTo(state.title());
      assertThat(next.isGrowing()).isEqualTo(state.isGrowing());
      assertThat(next.isCapturing()).isTrue();
      assertThat(next.holds(other)).isTrue();
    }
  }

  @Test
  void anotherCaptureTakesThePlaceOfTheStartingOne() {
    for (Settled state : settled()) {
      Starting next = state.start(other).start(capture);

      assertThat(next).isEqualTo(new Starting(state, capture));
      assertThat(next.holds(other)).isFalse();
    }
  }

  @Test
  void aStartingCaptureThatListensTakesThePlaceOfWhatShows() {
    for (Settled state : settled()) {
      Capturing next = next(state.start(other).listening(other));

      assertThat(next).isEqualTo(new Capturing(other, UnsavedRecords.ALL));
      assertThat(next.startingCapture()).isEmpty();
      assertThat(next.title()).contains("live 127.0.0.1:2");
      assertThat(next.isCapturing()).isTrue();
      assertThat(next.isGrowing()).isTrue();
    }
  }

  @Test
  void onlyTheStartingCaptureMayListen() {
    for (OpenState state : all()) {
      assertThat(state.listening(capture)).isEqualTo(new Transition.Stale<>());
    }
    for (Settled state : settled()) {
      assertThat(state.listening(other)).isEqualTo(new Transition.Stale<>());
    }
  }

  @Test
  void whatShowsStaysWhenAStartIsWithdrawnButACaptureHasEnded() {
    for (Settled state : settled()) {
      Settled next = state.start(other).withdraw();

      assertThat(next).isEqualTo(state.equals(capturing()) ? ended() : state);
      assertThat(next.isCapturing()).isEqualTo(false);
      assertThat(next.holds(other)).isFalse();
    }
  }

  @Test
  void aStartThatFailsIsWithdrawn() {
    for (Settled state : settled()) {
      Starting starting = state.start(other);

      assertThat(next(starting.ended(other))).isEqualTo(starting.withdraw());
    }
  }

  @Test
  void aCaptureEndsAndItsRecordingStaysOpen() {
    Ended next = capturing().end();

    assertThat(next(capturing().ended(capture))).isEqualTo(next);
    assertThat(next.openSession()).contains(capture);
    assertThat(next.title()).contains("captured 127.0.0.1:1");
    assertThat(next.isCapturing()).isFalse();
    assertThat(next.isGrowing()).isFalse();
  }

  @Test
  void anAttachedCollectorEndsAndItsRecordingStaysOpen() {
    Attached attached = EMPTY.attach(collector);

    OpenState next = next(attached.ended(collector));

    assertThat(next).isEqualTo(attached.end()).isEqualTo(new Ended(collector, UnsavedRecords.ALL));
    assertThat(next.title()).contains("attached 127.0.0.1:1");
    assertThat(next.isGrowing()).isFalse();
  }

  @Test
  void aSourceThatEndsWhileACaptureStartsDoesNotEndTheStart() {
    OpenState attached = EMPTY.attach(collector).start(other);
    OpenState captured = capturing().start(other);

    assertThat(next(attached.ended(collector)))
        .isEqualTo(new Starting(new Ended(collector, UnsavedRecords.ALL), other));
    assertThat(next(captured.ended(capture))).isEqualTo(new Starting(ended(), other));
  }

  @Test
  void aSourceThatFailsAfterItsEndIsStillReported() {
    assertThat(next(ended().ended(capture))).isEqualTo(ended());
  }

  @Test
  void aSourceThatIsNotOpenCannotEndAnything() {
    for (Settled state : settled()) {
      assertThat(state.ended(other)).isEqualTo(new Transition.Stale<>());
    }
    assertThat(EMPTY.open(files).ended(collector)).isEqualTo(new Transition.Stale<>());
    assertThat(EMPTY.open(files).start(other).ended(capture)).isEqualTo(new Transition.Stale<>());
  }

  @Test
  void filesAreReadOnce() {
    FileOpen read = new FileOpen(files, Reading.DONE);

    assertThat(EMPTY.open(files).read()).isEqualTo(read);
    assertThat(EMPTY.open(files).start(other).read()).isEqualTo(new Starting(read, other));
    assertThat(read.read()).isEqualTo(read);
  }

  @Test
  void onlyFilesAreRead() {
    for (OpenState state :
        List.of(EMPTY, EMPTY.attach(collector), capturing(), ended(), ended().start(other))) {
      assertThat(state.read()).isEqualTo(state);
    }
  }

  @Test
  void filesAreNotLostWhenTheyAreLeft() throws Exception {
    files.start();
    Await.until("the records", () -> files.recording().recordCount() == 3);

    assertThat(EMPTY.open(files).leaving()).isEqualTo(new LeaveResult.Lossless());
    assertThat(EMPTY.open(files).discard()).isEqualTo(EMPTY.open(files));
  }

  @Test
  void recordsThatAreInNoFileAreLostWhenTheyAreLeft() throws Exception {
    fill(collector.recording(), 3);
    fill(capture.recording(), 5);
    OpenState attached = EMPTY.attach(collector);

    assertThat(attached.leaving()).isEqualTo(new LeaveResult.Loses(3));
    assertThat(attached.start(other).leaving()).isEqualTo(new LeaveResult.Loses(3));
    assertThat(next(attached.ended(collector)).leaving()).isEqualTo(new LeaveResult.Loses(3));
    assertThat(capturing().leaving()).isEqualTo(new LeaveResult.Loses(5));
    assertThat(ended().leaving()).isEqualTo(new LeaveResult.Loses(5));
  }

  @Test
  void savedRecordsAreNotLost() throws Exception {
    fill(capture.recording(), 5);

    OpenState some = next(capturing().saved(capture, 2));
    OpenState starting = next(ended().start(other).saved(capture, 5));

    assertThat(some).isEqualTo(new Capturing(capture, new UnsavedRecords(2, OnLeave.ASK)));
    assertThat(some.leaving()).isEqualTo(new LeaveResult.Loses(3));
    assertThat(next(some.ended(capture)).leaving()).isEqualTo(new LeaveResult.Loses(3));
    assertThat(starting)
        .isEqualTo(new Starting(new Ended(capture, new UnsavedRecords(5, OnLeave.ASK)), other));
    assertThat(starting.leaving()).isEqualTo(new LeaveResult.Lossless());
  }

  @Test
  void savingFilesChangesNothing() {
    assertThat(next(EMPTY.open(files).saved(files, 3))).isEqualTo(EMPTY.open(files));
  }

  @Test
  void recordsOfASessionThatDoesNotShowCannotBeSaved() {
    for (Settled state : settled()) {
      assertThat(state.saved(other, 1)).isEqualTo(new Transition.Stale<>());
      assertThat(state.start(other).saved(other, 1)).isEqualTo(new Transition.Stale<>());
    }
  }

  @Test
  void refusesANegativeNumberOfSavedRecords() {
    assertThatThrownBy(() -> capturing().saved(capture, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("saved must be >= 0, was -1");
  }

  @Test
  void nothingIsLostThatTheUserDiscards() throws Exception {
    fill(capture.recording(), 5);
    OpenState discarded = ended().discard();

    assertThat(discarded.leaving()).isEqualTo(new LeaveResult.Lossless());
    assertThat(discarded.start(other).leaving()).isEqualTo(new LeaveResult.Lossless());
    assertThat(ended().start(other).discard()).isEqualTo(discarded.start(other));
    assertThat(discarded.ask()).isEqualTo(ended());
  }

  @Test
  void theUserIsAskedAgainAfterAStartIsWithdrawn() {
    OpenState discarded = capturing().discard();

    assertThat(discarded.start(other).withdraw()).isEqualTo(ended());
    assertThat(next(discarded.start(other).ended(other))).isEqualTo(ended());
    assertThat(next(discarded.start(other).listening(other)))
        .isEqualTo(new Capturing(other, UnsavedRecords.ALL));
  }

  private static <S extends OpenState> S next(Transition<S> transition) {
    return switch (transition) {
      case Transition.Entered<S>(S next) -> next;
      case Transition.Stale<S>() -> throw new AssertionError("the event is stale");
    };
  }

  private static void fill(Recording recording, int records) throws Exception {
    var events = new Happened();
    recording.start();
    recording.put(events.opened(1, "tcp 127.0.0.1:5"));
    recording.put(events.header(1));
    recording.put(events.block(1, 1, Happened.records("web", records, 1)));
    Await.until("the records", () -> recording.recordCount() == records);
  }
}
