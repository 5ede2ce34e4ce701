// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.viewmodel.CopyAs;
import dcos.metrics.inspector.viewmodel.RecordRow;
import dcos.metrics.inspector.viewmodel.ReplayModel;
import dcos.metrics.inspector.viewmodel.RowWindow;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window's model over real recordings, without a window: one thread stands for FX. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // by make
class WorkbenchTest {
  private static final int LINES = 10;
  private static final Map<String, String> DRY =
      Map.of("KAFKA", "false", "AGENT_POLLING", "false", "LISTEN_ENDPOINT", "127.0.0.1:0");

  @TempDir private Path temp;
  private final ExecutorService fx = Executors.newSingleThreadExecutor();
  private Workbench workbench;

  @AfterEach
  void close() throws Exception {
    if (workbench != null) {
      on(
          () -> {
            workbench.close();
            return null;
          });
    }
    fx.shutdown();
  }

  @Test
  void capturesHereAndShowsWhatTheEmitterSends() throws Exception {
    make(Map.of());
    on(
        () -> {
          workbench.begin(new Opening.StartPage());
          workbench.model().start().rateProperty().set(1000);
          workbench.model().start().emit(true);
          return null;
        });

    await("records of the emitter", () -> count() > 500);

    assertThat(status()).startsWith("received ").contains(" = ");
    assertThat(on(() -> workbench.model().shown().titleProperty().get()))
        .startsWith("live 127.0.0.1:");
    await("a source", () -> sources().contains("tcp 127.0.0.1:"));
    await("series", () -> workbench.model().tables().metrics().window().countProperty().get() > 3);
    on(
        () -> {
          workbench.capture(false);
          return null;
        });
    await("all dry", () -> status().contains("dry-run") && status().endsWith("held 0"));
  }

  @Test
  void opensAFileAndShowsTheBytesOfARecord() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    on(
        () -> {
          workbench.begin(new Opening.Files(List.of(file)));
          return null;
        });
    await("records", () -> count() == 300);

    var detail =
        on(
            () -> {
              workbench.model().tables().records().window().select(7);
              workbench.model().refresh().run();
              return workbench.model().detail().detailProperty().get();
            });

    assertThat(detail).isNotNull();
    assertThat(detail.root().children().getLast().children())
        .extracting(node -> node.name())
        .containsExactly("topic", "tags", "datapoints");
    assertThat(on(() -> workbench.model().start().recent())).contains(file);
  }

  @Test
  void limitsTheRecordsToWhatAFilterFinds() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    on(
        () -> {
          workbench.begin(new Opening.Files(List.of(file)));
          return null;
        });
    await("records", () -> count() == 300);

    on(
        () -> {
          workbench.model().filter().filterBy("tag.n=7");
          return null;
        });
    await("the one", () -> count() == 1);

    assertThat(on(() -> rows().getFirst().tags())).isEqualTo("n=7");
    on(
        () -> {
          workbench.model().filter().filterBy("");
          return null;
        });
    await("all", () -> count() == 300);
    on(
        () -> {
          workbench.model().filter().textProperty().set("topc:x");
          return null;
        });
    assertThat(on(() -> workbench.model().filter().errorProperty().get()))
        .startsWith("unknown key \"topc\"");
  }

  @Test
  void attachesToACollector() throws Exception {
    Map<String, String> environment = new TreeMap<>(DRY);
    environment.put("HTTP_ENDPOINT", "127.0.0.1:0");
    OptionValues values = OptionValues.of(Map.of(), environment);
    var collector =
        new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
    collector.start();
    try {
      make(Map.of());
      var http = new Endpoint("127.0.0.1", collector.httpPort().orElseThrow());
      on(
          () -> {
            workbench.begin(new Opening.Attach(http));
            return null;
          });
      await("the snapshot", () -> sources().contains("agent"));

      try (var socket = new Socket(InetAddress.getLoopbackAddress(), collector.endpoint().port())) {
        socket.getOutputStream().write(container(50));
      }

      await("the records", () -> count() == 50);
    } finally {
      collector.stop(Duration.ofSeconds(10));
    }
    await("that it is gone", () -> notice().contains("no longer attached to 127.0.0.1:"));
    assertThat(on(() -> workbench.model().shown().growingProperty().get())).isFalse();
  }

  @Test
  void saysWhyItCannotListen() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      make(Map.of("LISTEN_ENDPOINT", "127.0.0.1:" + taken.getLocalPort()));
      on(
          () -> {
            workbench.capture(true);
            return null;
          });

      await("the reason", () -> notice().contains("listen-endpoint 127.0.0.1:"));
      assertThat(on(() -> workbench.model().shown().capturingProperty().get())).isFalse();
    }
  }

  @Test
  void saysThatThereIsNoSuchFile() throws Exception {
    make(Map.of());
    on(
        () -> {
          workbench.open(List.of(temp.resolve("none.avro")));
          return null;
        });

    assertThat(notice()).contains("none.avro");
  }

  @Test
  void saysWhatIsMissingOfADamagedFile() throws Exception {
    byte[] whole = container(300);
    Path file = Files.write(temp.resolve("cut.avro"), Arrays.copyOf(whole, whole.length - 40));
    make(Map.of());
    on(
        () -> {
          workbench.open(List.of(file));
          return null;
        });

    await("the reason", () -> notice().contains("records read"));
  }

  @Test
  void exportsWhatTheFilterShowsOfALiveCapture() throws Exception {
    make(Map.of());
    on(() -> run(() -> workbench.capture(true)));
    await("that it listens", () -> command().matches("nc 127.0.0.1 [1-9].*"));
    send(container(300));
    await("records", () -> count() == 300);
    on(() -> run(() -> workbench.model().filter().filterBy("name:cpu tag.n:29")));
    await("some", () -> count() == 13);
    Path file = temp.resolve("some.csv");

    on(() -> run(() -> workbench.export(file)));

    await("the end", () -> notice().equals("Exported 13 records to " + file));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(14);
    assertThat(lines.get(1)).contains(",web,n=29,cpu,1029,14.5,accepted,");
    assertThat(lines.getLast()).contains(",web,n=299,cpu,1299,149.5,accepted,");
  }

  @Test
  void saysWhatEndsOfNamesItUnderstands() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(3));
    make(Map.of());
    on(() -> run(() -> workbench.open(List.of(file))));

    on(() -> run(() -> workbench.export(temp.resolve("some.txt"))));

    assertThat(notice())
        .isEqualTo(
            "Cannot export to "
                + temp.resolve("some.txt")
                + ": its name must end with .csv or .jsonl");
  }

  @Test
  void copiesARowAsJsonAndAsAFilterThatFindsIt() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    on(() -> run(() -> workbench.open(List.of(file))));
    await("records", () -> count() == 300);
    assertThat(on(() -> workbench.copy(CopyAs.JSON))).isEmpty();
    on(() -> run(() -> workbench.model().tables().records().window().select(7)));

    String json = on(() -> workbench.copy(CopyAs.JSON)).orElseThrow();
    String filter = on(() -> workbench.copy(CopyAs.FILTER)).orElseThrow();

    assertThat(json)
        .contains("\"tags\":[{\"key\":\"n\",\"value\":\"7\"}]")
        .contains("\"time_ms\":1007,\"value\":3.5");
    assertThat(filter).endsWith("topic=web tag.n=7");
    on(() -> run(() -> workbench.model().filter().filterBy(filter)));
    await("the one", () -> count() == 1);
  }

  @Test
  void replaysAFileIntoThisWindowsPipelineAsADryRun() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of("KAFKA", "true", "KAFKA_BROKERS", "localhost:1"));
    on(() -> run(() -> workbench.open(List.of(file))));
    await("records", () -> count() == 300);
    ReplayModel replay = workbench.model().replay();
    on(() -> run(workbench::replay));
    assertThat(on(replay::files)).containsExactly(file);
    on(() -> run(() -> replay.paceProperty().set(ReplayModel.Pace.MAX)));

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
  void replaysIntoACollectorElsewhere() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    OptionValues values = OptionValues.of(Map.of(), DRY);
    var collector =
        new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
    collector.start();
    try {
      make(Map.of());
      ReplayModel replay = workbench.model().replay();
      on(
          () ->
              run(
                  () -> {
                    replay.offer(List.of(file));
                    replay.targetProperty().set(ReplayModel.Target.HOST);
                    replay.hostProperty().set(collector.endpoint().toString());
                    replay.start();
                  }));
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
  void saysInThePanelWhyItCanNotReplay(
      ReplayModel.Target target, String host, String times, String reason) throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(3));
    make(Map.of());
    ReplayModel replay = workbench.model().replay();
    on(
        () ->
            run(
                () -> {
                  replay.offer(List.of(file));
                  replay.targetProperty().set(target);
                  replay.hostProperty().set(host);
                  replay.paceProperty().set(ReplayModel.Pace.FASTER);
                  replay.timesProperty().set(times);
                  replay.start();
                }));

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

    on(
        () ->
            run(
                () -> {
                  replay.offer(List.of(file));
                  replay.start();
                }));

    assertThat(on(() -> replay.errorProperty().get()))
        .isEqualTo("this window's pipeline sends to Kafka: end the capture first, or choose to");
    assertThat(count()).isZero();
  }

  @Test
  void savesALiveCaptureThatOpensAgain() throws Exception {
    make(Map.of());
    on(() -> run(() -> workbench.capture(true)));
    await("that it listens", () -> command().matches("nc 127.0.0.1 [1-9].*"));
    send(container(300));
    await("records", () -> count() == 300);
    on(() -> run(() -> workbench.capture(false)));
    await("all dry", () -> status().equals("received 300 = dry-run 300 + held 0"));
    Path file = temp.resolve("saved.avro");

    on(() -> run(() -> workbench.save(file)));
    await("the end", () -> notice().equals("Saved 300 records to " + file));
    on(() -> run(() -> workbench.open(List.of(file))));

    await("the same", () -> status().equals("received 300 = dry-run 300 + held 0"));
    assertThat(count()).isEqualTo(300);
    on(() -> run(() -> workbench.save(file)));
    assertThat(notice()).contains("Cannot save " + file + ": it is open here, choose another name");
  }

  private String command() throws Exception {
    return on(() -> workbench.model().start().commandProperty().get());
  }

  private void send(byte[] bytes) throws Exception {
    Endpoint to = Endpoint.parse(command().replaceAll("nc (\\S+) (\\S+) .*", "$1:$2"));
    try (var socket = new Socket(to.host(), to.port())) {
      socket.getOutputStream().write(bytes);
    }
  }

  private static @Nullable Void run(Runnable task) {
    task.run();
    return null;
  }

  private void make(Map<String, String> more) throws Exception {
    Map<String, String> environment = new TreeMap<>(DRY);
    environment.putAll(more);
    OptionValues values = OptionValues.of(Map.of(), environment);
    workbench =
        on(
            () -> {
              var made =
                  new Workbench(
                      Remembered.load(temp.resolve("remembered.properties")), values, temp, fx);
              made.model().tables().records().window().fit(LINES);
              made.model().tables().metrics().window().fit(LINES);
              made.model().shown().viewProperty().set(WindowModel.View.RECORDS);
              return made;
            });
  }

  private long count() throws Exception {
    return on(() -> workbench.model().tables().records().window().countProperty().get());
  }

  private List<RecordRow> rows() {
    return workbench.model().tables().records().window().lines().stream()
        .map(RowWindow.Line::row)
        .filter(Objects::nonNull)
        .toList();
  }

  private String status() throws Exception {
    return on(
        () ->
            workbench.model().status().terms().stream()
                .map(Status.Term::text)
                .collect(Collectors.joining(" ")));
  }

  private String sources() throws Exception {
    return on(
        () ->
            workbench.model().sidebar().sources().stream()
                .map(Sidebar.Entry::name)
                .collect(Collectors.joining(" ")));
  }

  private String notice() throws Exception {
    return on(
        () ->
            workbench.model().notices().all().stream()
                .map(notice -> notice.text())
                .collect(Collectors.joining("\n")));
  }

  private <T> T on(Callable<T> task) throws Exception {
    return fx.submit(task).get();
  }

  /** Refreshes as the window does, until it holds. */
  private void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      on(
          () -> {
            workbench.model().refresh().run();
            return null;
          });
      if (condition.call()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "not within 30 s: %s; status %s, notices %s".formatted(what, status(), notice()));
      }
      Thread.onSpinWait();
    }
  }

  private static byte[] container(int records) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<MetricList>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.create(MetricList.getClassSchema(), bytes);
      for (int i = 0; i < records; i++) {
        writer.append(
            new MetricList(
                "web",
                List.of(new Tag("n", Integer.toString(i))),
                List.of(new Datapoint("cpu", 1000L + i, i / 2.0))));
        if (i % 100 == 99) {
          writer.sync();
        }
      }
    }
    return bytes.toByteArray();
  }
}
