// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.export.CopyFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the window captures, opens and attaches to, and what can be asked of it. */
class AppControllerTest extends WindowlessApp {
  @Test
  void capturesHereAndShowsWhatTheEmitterSends() throws Exception {
    make(Map.of());
    on(
        () -> {
          workbench.begin(new LaunchTarget.ShowStartPage());
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
    assertThat(title()).startsWith("captured 127.0.0.1:");
    assertThat(on(() -> workbench.model().start().emittingProperty().get())).isFalse();
  }

  @Test
  void keepsWhatIsOpenUntilACaptureListens() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      make(Map.of("LISTEN_ENDPOINT", "127.0.0.1:" + taken.getLocalPort()));
      on(() -> run(() -> workbench.open(List.of(file))));
      await("records", () -> count() == 300);

      on(() -> run(() -> workbench.capture(true)));

      await("the reason", () -> notice().startsWith("listen-endpoint 127.0.0.1:"));
      assertThat(title()).isEqualTo("some.avro");
      assertThat(count()).isEqualTo(300);
      on(() -> run(() -> workbench.model().tables().records().window().scrollTo(0)));
      assertThat(on(() -> rows().getFirst().tags())).isEqualTo("n=0");
      assertThat(on(() -> workbench.model().shown().capturingProperty().get())).isFalse();
      on(() -> run(() -> answer("Another port")));
    }
    await("the capture", () -> title().startsWith("live 127.0.0.1:"));
    assertThat(count()).isZero();
    assertThat(notice()).isEmpty();
  }

  @Test
  void keepsWhatIsOpenWhereACaptureIsNotWantedAnyMoreBeforeItListens() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    on(() -> run(() -> workbench.open(List.of(file))));
    await("records", () -> count() == 300);

    on(
        () -> {
          workbench.capture(true);
          workbench.capture(false);
          return null;
        });
    on(() -> run(() -> workbench.capture(true)));

    await("the second", () -> title().startsWith("live 127.0.0.1:"));
    assertThat(on(() -> workbench.model().shown().capturingProperty().get())).isTrue();
    send(container(5));
    await("its records", () -> count() == 5);
  }

  @Test
  void showsAFaultOfItsOwn() throws Exception {
    make(Map.of());

    on(() -> run(() -> workbench.failed(Thread.currentThread(), new IllegalStateException("odd"))));

    assertThat(on(() -> workbench.model().notices().all().getFirst().text()))
        .isEqualTo(
            "A fault of this program, please report it with its log:"
                + " java.lang.IllegalStateException: odd");
  }

  @Test
  void opensAFileAndShowsTheBytesOfARecord() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    on(
        () -> {
          workbench.begin(new LaunchTarget.OpenFiles(List.of(file)));
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
          workbench.begin(new LaunchTarget.OpenFiles(List.of(file)));
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
  void copiesARowAsJsonAndAsAFilterThatFindsIt() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    on(() -> run(() -> workbench.open(List.of(file))));
    await("records", () -> count() == 300);
    assertThat(on(() -> workbench.copy(CopyFormat.JSON))).isEmpty();
    on(() -> run(() -> workbench.model().tables().records().window().select(7)));

    String json = on(() -> workbench.copy(CopyFormat.JSON)).orElseThrow();
    String filter = on(() -> workbench.copy(CopyFormat.FILTER)).orElseThrow();

    assertThat(json)
        .contains("\"tags\":[{\"key\":\"n\",\"value\":\"7\"}]")
        .contains("\"time_ms\":1007,\"value\":3.5");
    assertThat(filter).endsWith("topic=web tag.n=7");
    on(() -> run(() -> workbench.model().filter().filterBy(filter)));
    await("the one", () -> count() == 1);
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
            workbench.begin(new LaunchTarget.AttachToCollector(http));
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
  void reportsWhyItCannotListen() throws Exception {
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
  void stopsACaptureThatCannotContinue() throws Exception {
    var mayAnswer = new CountDownLatch(1);
    var agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext("/", exchange -> refuse(exchange, mayAnswer));
    agent.start();
    try {
      make(
          Map.of(
              "AGENT_POLLING", "true",
              "AGENT_IP_COMMAND", "/bin/echo 127.0.0.1",
              "AGENT_PORT", Integer.toString(agent.getAddress().getPort())));
      on(() -> run(() -> workbench.capture(true)));
      await("that it listens", () -> title().startsWith("live "));
      Endpoint listened = Endpoint.parse(title().substring("live ".length()));

      mayAnswer.countDown();

      await("the reason", () -> notice().startsWith("the Mesos agent answered 401 to "));
      assertThat(title()).isEqualTo("captured " + listened);
      assertThat(on(() -> workbench.model().shown().capturingProperty().get())).isFalse();
      await("that it does not listen any more", () -> !listens(listened));
    } finally {
      mayAnswer.countDown();
      agent.stop(0);
    }
  }

  private static void refuse(HttpExchange exchange, CountDownLatch mayAnswer) throws IOException {
    try (exchange) {
      mayAnswer.await();
      exchange.sendResponseHeaders(401, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean listens(Endpoint endpoint) {
    try (var socket = new Socket(endpoint.host(), endpoint.port())) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void reportsThatThereIsNoSuchFile() throws Exception {
    make(Map.of());
    on(
        () -> {
          workbench.open(List.of(temp.resolve("none.avro")));
          return null;
        });

    assertThat(notice()).contains("none.avro");
  }

  @Test
  void keepsWhatIsOpenWhereAnotherCannotBeOpened() throws Exception {
    Path file = Files.write(temp.resolve("some.avro"), container(300));
    make(Map.of());
    on(() -> run(() -> workbench.open(List.of(file))));
    await("records", () -> count() == 300);

    on(() -> run(() -> workbench.open(List.of(temp.resolve("none.avro")))));

    assertThat(notice()).contains("none.avro");
    assertThat(on(() -> workbench.model().shown().titleProperty().get())).isEqualTo("some.avro");
    on(() -> run(() -> workbench.model().tables().records().window().scrollTo(0)));
    assertThat(on(() -> rows().getFirst().tags())).isEqualTo("n=0");
  }

  @Test
  void reportsWhatIsMissingOfADamagedFile() throws Exception {
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
}
