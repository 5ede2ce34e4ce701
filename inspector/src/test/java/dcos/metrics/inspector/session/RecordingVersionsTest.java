// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import dcos.metrics.inspector.recording.state.SaveResult;
import dcos.metrics.inspector.testing.RecordingContents;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.recording.LaterVersion;
import dcos.metrics.testkit.recording.ReleasedRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of every release, and of later versions: opened, and attached to. */
@Timeout(60)
class RecordingVersionsTest {
  private static final List<List<String>> RUNS =
      List.of(
          List.of("outcomes-input", "outcomes-output"),
          List.of("events"),
          List.of("limits-input", "limits-output"));

  @TempDir private Path temp;

  static Stream<Arguments> released() {
    return ReleasedRecording.versions().stream()
        .flatMap(version -> RUNS.stream().map(files -> Arguments.of(run(version, files))));
  }

  static Stream<Arguments> later() {
    return Stream.of(LaterVersion.values())
        .flatMap(version -> released().map(run -> Arguments.of(version, run.get()[0])));
  }

  private static List<ReleasedRecording> run(String version, List<String> files) {
    return files.stream().map(file -> new ReleasedRecording(version, file)).toList();
  }

  @ParameterizedTest
  @MethodSource("released")
  void opensWhatTheReleasePrinted(List<ReleasedRecording> run) throws Exception {
    List<Path> files = run.stream().map(ReleasedRecording::file).toList();
    try (Recording recording = opened(files)) {
      assertThat(RecordingContents.of(recording))
          .isEqualTo(RecordingContents.expectedBy(lines(run)));
      assertThat(recording.storage().unknownEvents()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("later")
  void opensWhatItKnowsOfALaterVersion(LaterVersion version, List<ReleasedRecording> run)
      throws Exception {
    try (Recording recording = opened(rewritten(version, run))) {
      assertThat(RecordingContents.of(recording))
          .isEqualTo(
              RecordingContents.expectedBy(lines(run).stream().map(version::expected).toList()));
      assertThat(recording.storage().unknownEvents())
          .isEqualTo(run.stream().mapToLong(version::addedTo).sum());
      assertThat(recording.ledger().records("held")).isEqualTo(held(recording));
    }
  }

  @ParameterizedTest
  @EnumSource(LaterVersion.class)
  void savesWhatItKnowsOfALaterVersion(LaterVersion version) throws Exception {
    var events = new ReleasedRecording("0.1.0", "events");
    Path file = Files.write(temp.resolve("later.avro"), version.rewritten(events.file()));
    try (Recording recording = opened(List.of(file))) {
      assertSavesTheSame(recording, version);
    }
    AttachedTo.theEndOf(
        Files.readAllBytes(file), temp, recording -> assertSavesTheSame(recording, version));
  }

  private void assertSavesTheSame(Recording recording, LaterVersion version) {
    Path copy = temp.resolve("copy.avro");
    try (OutputStream out = Files.newOutputStream(copy)) {
      SaveResult saved = recording.save(out, () -> false, _ -> {});
      assertThat(saved.unknownEvents()).isEqualTo(recording.storage().unknownEvents());
      assertThat(saved.unknownEvents() > 0).isEqualTo(version == LaterVersion.ADDED_EVENTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Recording again = opened(List.of(copy))) {
      assertThat(RecordingContents.of(again)).isEqualTo(RecordingContents.of(recording));
      assertThat(again.storage().unknownEvents()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void logsSkippedEventsOfALaterVersion() throws Exception {
    byte[] later =
        LaterVersion.ADDED_EVENTS.rewritten(new ReleasedRecording("0.1.0", "events").file());
    Path file = Files.write(temp.resolve("later.avro"), later);
    PrintStream before = System.err;
    var log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      opened(List.of(file)).close();
      AttachedTo.theEndOf(later, temp, _ -> {});
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(UTF_8).lines())
        .anyMatch(
            line ->
                line.matches(
                    ".*WARN.*events of a newer version skipped files=.*later.avro.* events=382"))
        .anyMatch(line -> line.matches(".*WARN.*skipping events of a newer version.* collector=.*"))
        .anyMatch(
            line ->
                line.matches(".*WARN.*events of a newer version skipped collector=.* events=382"));
  }

  @Test
  void findsUnknownOutcomes() throws Exception {
    byte[] later =
        LaterVersion.ADDED_OUTCOMES.rewritten(
            new ReleasedRecording("0.1.0", "outcomes-output").file());
    Path file = Files.write(temp.resolve("later.avro"), later);
    Path input = new ReleasedRecording("0.1.0", "outcomes-input").file();
    try (Recording recording = opened(List.of(file, input));
        SearchResults unknown = recording.find(SearchQuery.of(Filter.parse("outcome=unknown")));
        SearchResults archived = recording.find(SearchQuery.of(Filter.parse("outcome:Archived")))) {
      Await.until("the search", () -> unknown.isCurrent() && archived.isCurrent());

      assertThat(unknown.count()).isEqualTo(14);
      assertThat(unknown.deliveryCount()).isEqualTo(6);
      assertThat(archived.count()).isEqualTo(14);
      assertThat(unknown.deliveries(0, 10))
          .extracting(CapturedDelivery::detail)
          .containsOnly("Archived, an outcome of a newer version");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = LaterVersion.class,
      names = {"ADDED_SYMBOLS", "ADDED_OUTCOMES"})
  void filtersFindAsManyRecordsAsTheLedgerCounts(LaterVersion version) throws Exception {
    for (List<String> run :
        List.of(
            List.of("outcomes-input", "outcomes-output"),
            List.of("limits-input", "limits-output"))) {
      try (Recording recording = opened(rewritten(version, run("0.1.0", run)))) {
        assertThat(found(recording, "outcome=unknown"))
            .isEqualTo(recording.ledger().records(LedgerTerm.UNKNOWN))
            .isPositive();
        long undecided = found(recording, "verdict=unknown");
        assertThat(undecided + found(recording, "verdict=accepted"))
            .isEqualTo(
                recording.recordCount()
                    - found(recording, "verdict=rejected")
                    - found(recording, "verdict=throttled"));
        assertThat(undecided > 0)
            .isEqualTo(version == LaterVersion.ADDED_SYMBOLS && run.contains("limits-input"));
        assertThat(recording.deliveries(0, 1000))
            .extracting(delivery -> delivery.state().partly())
            .doesNotContain(true);
      }
    }
  }

  private static long found(Recording recording, String filter) throws Exception {
    try (SearchResults found = recording.find(SearchQuery.of(Filter.parse(filter)))) {
      Await.until(filter, found::isCurrent);
      return found.count();
    }
  }

  /**
   * Put together from single events: some of its messages were made, and its blocks sent, before.
   */
  @Test
  void opensEveryEventOfARelease() throws Exception {
    for (String version : ReleasedRecording.versions()) {
      var everyEvent = new ReleasedRecording(version, "every-event");
      try (Recording recording = opened(List.of(everyEvent.file()))) {
        RecordingContents contents = RecordingContents.of(recording);
        assertThat(contents.deliveries())
            .isEqualTo(RecordingContents.expectedBy(everyEvent.lines()).deliveries())
            .hasSize(6);
        // The first snapshot's, and what the events add.
        assertThat(contents.ledger())
            .isEqualTo(
                Map.of(
                    "received", 72L + 14 + 2,
                    "recovered", 5L,
                    "delivered", 2L + 5,
                    "dry-run", 3L + 1,
                    "throttled", 9L + 2 + 1,
                    "rejected", 6L + 1,
                    "undeliverable", 45L + 1 + 5,
                    "held", 12L));
        assertThat(recording.agent().state()).isPresent();
        assertThat(recording.ledger().skippedEvents()).isEqualTo(1);
        AttachedTo.theEndOf(
            Files.readAllBytes(everyEvent.file()),
            temp,
            attached -> assertThat(RecordingContents.of(attached)).isEqualTo(contents));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LaterVersion.class)
  void opensEveryEventThatItSupportsOfALaterVersion(LaterVersion version) throws Exception {
    var everyEvent = new ReleasedRecording("0.1.0", "every-event");
    Path file = Files.write(temp.resolve("later.avro"), version.rewritten(everyEvent.file()));
    try (Recording released = opened(List.of(everyEvent.file()));
        Recording later = opened(List.of(file))) {
      RecordingContents contents = RecordingContents.of(later);
      assertThat(contents.deliveries())
          .isEqualTo(
              RecordingContents.expectedBy(
                      everyEvent.lines().stream().map(version::expected).toList())
                  .deliveries());
      assertThat(held(later)).isEqualTo(later.ledger().records("held")).isEqualTo(12);
      assertThat(later.topics())
          .extracting(CapturedTopic::name)
          .isEqualTo(released.topics().stream().map(CapturedTopic::name).toList());
      switch (version) {
        case ADDED_SYMBOLS, ADDED_OUTCOMES ->
            assertThat(contents.ledger().get("unknown")).isPositive();
        case ADDED_FIELDS, ADDED_EVENTS, ADDED_BRANCH, PROMOTED_TYPES, REORDERED_SYMBOLS ->
            assertThat(contents).isEqualTo(RecordingContents.of(released));
      }
      AttachedTo.theEndOf(
          Files.readAllBytes(file),
          temp,
          attached -> assertThat(RecordingContents.of(attached)).isEqualTo(contents));
    }
  }

  @Test
  void attachesToACollectorOfEveryRelease() throws Exception {
    for (ReleasedRecording events : ReleasedRecording.all()) {
      if (events.name().equals("every-event")) {
        continue; // opensEveryEventOfARelease attaches to it
      }
      AttachedTo.theEndOf(
          Files.readAllBytes(events.file()),
          temp,
          recording ->
              assertThat(RecordingContents.of(recording))
                  .as(events.toString())
                  .isEqualTo(RecordingContents.expectedBy(events.lines())));
    }
  }

  @Test
  void countsUnknownEventsWhileNothingElseIsSent() throws Exception {
    byte[] later =
        LaterVersion.ADDED_EVENTS.rewritten(new ReleasedRecording("0.1.0", "events").file());
    var mayEnd = new CountDownLatch(1);

    AttachedTo.events(
        later,
        temp,
        mayEnd,
        (session, _) -> {
          // The last of them is after every known event, and the stream is still open.
          Await.until(
              "all unknown events", () -> session.recording().storage().unknownEvents() == 382);
          mayEnd.countDown();
        });
  }

  @ParameterizedTest
  @EnumSource(LaterVersion.class)
  void attachesToACollectorOfALaterVersion(LaterVersion version) throws Exception {
    var events = new ReleasedRecording("0.1.0", "events");

    AttachedTo.theEndOf(
        version.rewritten(events.file()),
        temp,
        recording -> {
          assertThat(RecordingContents.of(recording))
              .isEqualTo(
                  RecordingContents.expectedBy(
                      events.lines().stream().map(version::expected).toList()));
          assertThat(recording.storage().unknownEvents()).isEqualTo(version.addedTo(events));
        });
  }

  /** The recordings of a run, as a later version would have written them. */
  private List<Path> rewritten(LaterVersion version, List<ReleasedRecording> run)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (ReleasedRecording recording : run) {
      Path file = temp.resolve(recording.name() + ".avro");
      files.add(Files.write(file, version.rewritten(recording.file())));
    }
    return files;
  }

  /** What the ledger must hold if its equation is true. */
  private static long held(Recording recording) {
    var ledger = recording.ledger();
    return ledger.records("received")
        + ledger.records("recovered")
        - Stream.of("delivered", "dry-run", "throttled", "rejected", "undeliverable", "unknown")
            .mapToLong(ledger::records)
            .sum();
  }

  private static List<String> lines(List<ReleasedRecording> run) {
    return run.stream().flatMap(recording -> recording.lines().stream()).toList();
  }

  private Recording opened(List<Path> files) throws IOException {
    Recording recording = Recording.open(files, RecordingLimits.DEFAULT, temp);
    recording.start();
    Await.until("it is read", recording::isSettled);
    return recording;
  }
}
