// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.inspector.model.Limits;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.Saved;
import dcos.metrics.inspector.model.find.Findings;
import dcos.metrics.inspector.model.find.Query;
import dcos.metrics.inspector.testing.Await;
import dcos.metrics.inspector.testing.RecordingContents;
import dcos.metrics.testkit.LaterVersion;
import dcos.metrics.testkit.ReleasedRecording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    List<Path> files = new ArrayList<>();
    for (ReleasedRecording recording : run) {
      Path file = temp.resolve(recording.name() + ".avro");
      files.add(Files.write(file, version.rewritten(recording.file())));
    }
    try (Recording recording = opened(files)) {
      assertThat(RecordingContents.of(recording))
          .isEqualTo(
              RecordingContents.expectedBy(lines(run).stream().map(version::expected).toList()));
      assertThat(recording.storage().unknownEvents() > 0)
          .isEqualTo(version == LaterVersion.ADDED_EVENTS);
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
    attached(Files.readAllBytes(file), recording -> assertSavesTheSame(recording, version));
  }

  private void assertSavesTheSame(Recording recording, LaterVersion version) {
    Path copy = temp.resolve("copy.avro");
    try (OutputStream out = Files.newOutputStream(copy)) {
      Saved saved = recording.save(out, () -> false, _ -> {});
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
      attached(later, _ -> {});
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(UTF_8).lines())
        .anyMatch(
            line ->
                line.matches(
                    ".*WARN.*skipped events of a newer version files=.*later.avro.* events=\\d{3}"))
        .anyMatch(line -> line.matches(".*WARN.*skipping events of a newer version.* collector=.*"))
        .anyMatch(
            line ->
                line.matches(
                    ".*WARN.*skipped events of a newer version collector=.* events=\\d{3}"));
  }

  @Test
  void findsUnknownOutcomes() throws Exception {
    byte[] later =
        LaterVersion.ADDED_OUTCOMES.rewritten(
            new ReleasedRecording("0.1.0", "outcomes-output").file());
    Path file = Files.write(temp.resolve("later.avro"), later);
    Path input = new ReleasedRecording("0.1.0", "outcomes-input").file();
    try (Recording recording = opened(List.of(file, input));
        Findings unknown = recording.find(Query.of(Filter.parse("outcome:unknown")));
        Findings archived = recording.find(Query.of(Filter.parse("outcome:Archived")))) {
      Await.until("the search", () -> unknown.isCurrent() && archived.isCurrent());

      assertThat(unknown.count()).isEqualTo(14);
      assertThat(unknown.deliveryCount()).isEqualTo(6);
      assertThat(archived.count()).isEqualTo(14);
      assertThat(unknown.deliveries(0, 10))
          .extracting(CapturedDelivery::detail)
          .containsOnly("Archived, an outcome of a newer version");
    }
  }

  @Test
  void opensEveryEventOfARelease() throws Exception {
    for (String version : ReleasedRecording.versions()) {
      try (Recording recording =
          opened(List.of(new ReleasedRecording(version, "every-event").file()))) {
        assertThat(recording.deliveryCount()).isEqualTo(6);
        assertThat(recording.agent().state()).isPresent();
        assertThat(recording.ledger().skippedEvents()).isEqualTo(1);
      }
    }
  }

  @Test
  void attachesToACollectorOfEveryRelease() throws Exception {
    for (String version : ReleasedRecording.versions()) {
      var events = new ReleasedRecording(version, "events");

      attached(
          Files.readAllBytes(events.file()),
          recording ->
              assertThat(RecordingContents.of(recording))
                  .isEqualTo(RecordingContents.expectedBy(events.lines())));
    }
  }

  @ParameterizedTest
  @EnumSource(LaterVersion.class)
  void attachesToACollectorOfALaterVersion(LaterVersion version) throws Exception {
    var events = new ReleasedRecording("0.1.0", "events");

    attached(
        version.rewritten(events.file()),
        recording -> {
          assertThat(RecordingContents.of(recording))
              .isEqualTo(
                  RecordingContents.expectedBy(
                      events.lines().stream().map(version::expected).toList()));
          assertThat(recording.storage().unknownEvents() > 0)
              .isEqualTo(version == LaterVersion.ADDED_EVENTS);
        });
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
    Recording recording = Recording.open(files, Limits.DEFAULT, temp);
    recording.start();
    Await.until("it is read", recording::isSettled);
    return recording;
  }

  /** What to check of a recording that an attached session has read to its end. */
  private interface Check {
    void of(Recording recording);
  }

  /** Serves bytes as a collector's {@code /events} would, and reads them to their end. */
  private void attached(byte[] events, Check check) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/events",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(events);
          }
        });
    server.start();
    var ended = new Ended();
    var collector = new Endpoint("127.0.0.1", server.getAddress().getPort());
    try (var session = new AttachedSession(collector, Optional.empty(), temp, ended)) {
      session.start();
      Await.until("its end", () -> !ended.texts.isEmpty() && session.recording().isSettled());

      assertThat(ended.texts)
          .containsExactly("no longer attached to " + collector + ": it has ended");
      check.of(session.recording());
    } finally {
      server.stop(0);
    }
  }

  private static final class Ended implements Session.Listener {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void failed(String text) {
      texts.add(text);
    }

    @Override
    public void notStarted(String text, boolean portTaken) {
      texts.add(text);
    }

    @Override
    public void listening() {
      texts.add("listening");
    }
  }
}
