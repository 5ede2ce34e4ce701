// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.replay.ReplayModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the window sends again, and to where. */
class AppControllerReplayTest extends WindowlessApp {
  @Test
  void replaysAFileIntoThisWindowsPipelineAsADryRun() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of("KAFKA", "true", "KAFKA_BROKERS", "localhost:1"));
    on(() -> run(() -> workbench.open(List.of(file))));
    await("records", () -> count() == 300);
    ReplayModel replay = workbench.model().replay();
    on(() -> run(workbench::replay));
    assertThat(on(replay::files)).containsExactly(file);
    on(() -> run(() -> replay.paceProperty().set(ReplayModel.ReplaySpeed.MAX)));

    on(() -> run(replay::start));

    await("the end", () -> !on(() -> replay.runningProperty().get()));
    assertThat(on(() -> replay.errorProperty().get())).isEmpty();
    assertThat(on(() -> replay.statusProperty().get())).startsWith("Sent ");
    assertThat(on(() -> replay.progressProperty().get())).isEqualTo(1);
    assertThat(on(() -> workbench.model().shown().titleProperty().get())).startsWith("live ");
    await("the same records", () -> count() == 300);
    on(() -> run(() -> workbench.model().tables().records().window().scrollTo(0)));
    assertThat(rows()).extracting(RecordRow::tags).startsWith("n=0", "n=1", "n=2");
    on(() -> run(() -> workbench.capture(false)));
    await("all dry", () -> status().equals("received 300 = dry-run 300 + held 0"));
  }

  @Test
  void asksBeforeAReplayTakesThePlaceOfRecordsThatAreInNoFile() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    capture(20);
    on(() -> run(() -> workbench.capture(false)));
    ReplayModel replay = workbench.model().replay();
    replay(
        file,
        () -> {
          replay.paceProperty().set(ReplayModel.ReplaySpeed.MAX);
        });
    assertThat(on(() -> replay.errorProperty().get()))
        .isEqualTo("what was captured here is not saved");
    var answer = on(() -> workbench.model().notices().all().getFirst().actions().getLast());
    assertThat(answer.label()).isEqualTo("Discard and replay");

    on(() -> run(answer.run()));

    await("the replayed records", () -> count() == 300);
    await("the end", () -> !on(() -> replay.runningProperty().get()));
    assertThat(on(() -> replay.statusProperty().get())).startsWith("Sent ");
  }

  @Test
  void replaysIntoACollectorElsewhere() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    OptionValues values = OptionValues.of(Map.of(), DRY);
    var collector =
        new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
    collector.start();
    try {
      make(Map.of());
      ReplayModel replay = workbench.model().replay();
      replay(
          file,
          () -> {
            replay.targetProperty().set(ReplayModel.ReplayTarget.HOST);
            replay.hostProperty().set(collector.endpoint().toString());
          });
      await("the end", () -> !on(() -> replay.runningProperty().get()));
      assertThat(on(() -> replay.errorProperty().get())).isEmpty();
    } finally {
      assertThat(collector.stop(Duration.ofSeconds(10)).total().records("received")).isEqualTo(300);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HOST,host,1,'to host: must be HOST:PORT, an IPv6 address in brackets'",
    "HOST,h:70000,1,'to h:70000: port must be 0 to 65535, was 70000'",
    "HOST,h:0,1,'to h:0: port must be 1 to 65535, was 0'",
    "WINDOW,'',0,'speed 0: must be a number above 0, or max'",
    "HOST,127.0.0.1:1,1,'cannot connect to 127.0.0.1:1: Connection refused'",
  })
  void reportsInThePanelWhyItCannotReplay(
      ReplayModel.ReplayTarget target, String host, String times, String reason) throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(3));
    make(Map.of());
    ReplayModel replay = workbench.model().replay();
    replay(
        file,
        () -> {
          replay.targetProperty().set(target);
          replay.hostProperty().set(host);
          replay.paceProperty().set(ReplayModel.ReplaySpeed.FASTER);
          replay.timesProperty().set(times);
        });

    await("an end", () -> !on(() -> replay.runningProperty().get()));
    assertThat(on(() -> replay.errorProperty().get())).isEqualTo(reason);
  }

  @Test
  void doesNotReplayToKafkaWhereOnlyADryRunWasAskedFor() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(3));
    make(Map.of("KAFKA", "true", "KAFKA_BROKERS", "localhost:1"));
    on(() -> run(() -> workbench.capture(true)));
    await("that it listens", () -> command().matches("nc 127.0.0.1 [1-9].*"));
    ReplayModel replay = workbench.model().replay();

    replay(file, () -> {});

    assertThat(on(() -> replay.errorProperty().get()))
        .isEqualTo("this window's pipeline sends to Kafka: end the capture first, or choose to");
    assertThat(count()).isZero();
  }

  /** Offers a file, says how it is to be replayed, and starts. */
  private void replay(Path file, Runnable how) throws Exception {
    ReplayModel replay = workbench.model().replay();
    on(
        () ->
            run(
                () -> {
                  replay.offer(List.of(file));
                  how.run();
                  replay.start();
                }));
  }
}
