// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.inspector.model.Limits;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.testing.Await;
import dcos.metrics.inspector.testing.RecordingContents;
import dcos.metrics.testkit.LaterVersion;
import dcos.metrics.testkit.ReleasedRecording;
import java.io.IOException;
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
