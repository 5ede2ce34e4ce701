// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.log.LineLogProvider;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cat} and {@code replay} of inputs that can be read only once: real pipes and FIFOs. */
@Timeout(60)
class ReadOnceTest {
  // The broker's log provider may be on the class path of the tests; the package has only ours.
  private static final String JVM_FLAGS =
      "-XX:TieredStopAtLevel=1 -Dslf4j.internal.verbosity=ERROR -Dslf4j.provider="
          + LineLogProvider.class.getName();

  private static final Path RECORDINGS = Path.of("../schema/recordings/0.1.0");
  private static final byte[] CONTAINER =
      Streams.container(Records.many("web", 500, 3), CodecFactory.nullCodec(), 100);

  private static final String TWICE =
      ": given twice, but it can be read only once; only regular files can be repeated";

  // A writer that still waits for its reader does not hold up the end of the tests.
  private final ExecutorService others =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
  private final List<Future<?>> writers = new ArrayList<>();
  private final Terminal terminal = new Terminal();
  @TempDir private Path temp;

  @AfterEach
  void everythingThatWasWrittenWasRead() throws Exception {
    for (Future<?> writer : writers) {
      writer.get();
    }
    others.shutdownNow();
  }

  @SuppressWarnings("ArrayRecordComponent") // only read
  record Case(String name, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Every kind of file: containers of all codecs, and recordings. */
  static Stream<Case> kinds() throws IOException {
    List<Case> kinds = new ArrayList<>();
    for (CodecFactory codec : Streams.CODECS) {
      kinds.add(
          new Case(codec.toString(), Streams.container(Records.many("web", 5000, 3), codec, 1000)));
    }
    for (String name : List.of("outcomes-input", "outcomes-output", "events", "every-event")) {
      kinds.add(new Case(name, Files.readAllBytes(RECORDINGS.resolve(name + ".avro"))));
    }
    return kinds.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void showsAFifoAsTheRegularFile(Case kind) throws Exception {
    Path file = write("file.avro", kind.bytes());
    var expected = new Terminal();
    int code = expected.run("cat", file.toString());

    assertThat(terminal.run("cat", fifo("fifo", kind.bytes()))).isEqualTo(code).isZero();

    assertThat(terminal.out()).isEqualTo(expected.out()).isNotEmpty();
    assertThat(terminal.err().replace("fifo", "file.avro")).isEqualTo(expected.err());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sendsAFifoAsTheRegularFile(Case kind) throws Exception {
    Path file = write("file.avro", kind.bytes());
    var expected = new Terminal();
    try (var first = new Receiver();
        var second = new Receiver()) {
      int code = expected.run("replay", first.to(), "--speed=max", file.toString());

      assertThat(terminal.run("replay", second.to(), "--speed=max", fifo("fifo", kind.bytes())))
          .isEqualTo(code);

      assertThat(second.streams().stream().map(ReadOnceTest::withoutMarker))
          .containsExactlyInAnyOrderElementsOf(
              first.streams().stream().map(ReadOnceTest::withoutMarker).toList());
      assertThat(terminal.err().replace("fifo", "file.avro")).isEqualTo(expected.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat FILE | collector -",
        "cat FILE | collector /dev/stdin",
        "cat FILE | collector /dev/fd/0",
        "collector <(cat FILE)",
        "collector <(zcat FILE.gz)",
        "collector - < FILE",
        "mkfifo FILE.fifo; cat FILE > FILE.fifo & collector FILE.fifo",
      })
  void readsWhatAShellConnects(String line) throws Exception {
    Path file = write("file.avro", CONTAINER);
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(temp.resolve("file.avro.gz")))) {
      gzip.write(CONTAINER);
    }
    terminal.run("cat", file.toString());

    Ended cat = bash(line.replace("FILE", file.toString()).replace("collector", "collector cat"));

    assertThat(cat).isEqualTo(new Ended(0, terminal.out(), ""));
    Files.deleteIfExists(temp.resolve("file.avro.fifo"));
    try (var receiver = new Receiver()) {
      String replay = "collector replay " + receiver.to();
      Ended sent = bash(line.replace("FILE", file.toString()).replace("collector", replay));
      assertThat(sent).isEqualTo(new Ended(0, "", ""));
      assertThat(receiver.streams()).containsExactly(CONTAINER);
    }
  }

  @Test
  void readsPipesAndFilesInTheOrderGiven() throws Exception {
    byte[] standard = Streams.container(Records.many("second", 1, 1));
    var between = new Terminal(new ByteArrayInputStream(standard));
    Path file = write("file.avro", Streams.container(Records.many("first", 1, 1)));
    String fifo = fifo("fifo", Streams.container(Records.many("third", 1, 1)));

    assertThat(between.run("cat", file.toString(), "-", fifo, file.toString())).isZero();

    assertThat(between.out().lines().map(line -> line.replaceAll(".*\"topic\":\"|\",.*", "")))
        .containsExactly("first", "second", "third", "first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "replay"})
  void refusesAFifoThatIsGivenTwice(String command) throws Exception {
    String fifo = mkfifo("fifo").toString();

    assertThat(run(command, fifo, fifo)).isEqualTo(2);

    assertThat(terminal.err().lines()).containsExactly(fifo + TWICE);
    assertThat(run(command, "-", "/dev/stdin")).isEqualTo(2);
    assertThat(terminal.err().lines()).last().isEqualTo("/dev/stdin" + TWICE);
  }

  @ParameterizedTest
  @CsvSource({
    "cat,/dev/null,'empty, neither a recording nor a file of metrics'",
    "replay,/dev/null,'empty, neither a recording nor a file of metrics'",
    "cat,-,'empty, neither a recording nor a file of metrics'",
    "replay,-,'empty, neither a recording nor a file of metrics'",
    "cat,.,is a directory",
    "replay,.,is a directory",
    "cat,nowhere.avro,no such file",
    "replay,nowhere.avro,no such file",
    "cat,/dev/zero,invalid magic 00000000: an object container begins with 4f626a01 at offset 0",
  })
  void namesAnInputThatCannotBeRead(String command, String input, String reason) {
    assertThat(run(command, input)).isEqualTo(1);

    assertThat(terminal.err().lines()).containsExactly(input + ": " + reason);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void showsTheOthersBesideAnEmptyFifo() throws Exception {
    Path file = write("file.avro", CONTAINER);
    String empty = fifo("fifo", new byte[0]);

    assertThat(terminal.run("cat", empty, file.toString())).isEqualTo(1);

    assertThat(terminal.out().lines()).hasSize(500);
    assertThat(terminal.err().lines())
        .containsExactly(empty + ": empty, neither a recording nor a file of metrics");
  }

  @Test
  void reportsMetricsThatEndWithinABlockOfAFifo() throws Exception {
    String fifo = fifo("fifo", Arrays.copyOf(CONTAINER, CONTAINER.length - 20));

    assertThat(terminal.run("cat", fifo)).isEqualTo(1);

    assertThat(terminal.out().lines()).hasSize(400);
    assertThat(terminal.err().lines())
        .singleElement()
        .asString()
        .startsWith(fifo + ": truncated block: ");
  }

  @Test
  void reportsARecordingThatEndsWithinABlockAndSendsTheRest() throws Exception {
    byte[] recording = recording(new Event.KafkaChanged(new EventTime(2, 2), true, ""));
    byte[] cut = Arrays.copyOf(recording, recording.length - 20);
    assertThat(terminal.run("cat", fifo("shown", cut))).isZero();
    assertThat(terminal.err()).contains("shown: ends within a block, ").contains("left out");
    var replay = new Terminal();
    try (var receiver = new Receiver()) {
      String fifo = fifo("sent", cut);

      assertThat(replay.run("replay", receiver.to(), fifo)).isEqualTo(1);

      assertThat(receiver.streams()).isEmpty();
      assertThat(replay.err().lines())
          .singleElement()
          .asString()
          .startsWith(fifo + ": ends within a block, ")
          .endsWith(" bytes not sent");
    }
  }

  @Test
  void reportsDamagedBlocksAsNotSent() throws Exception {
    byte[] recording = recording(new Event.KafkaChanged(new EventTime(2, 2), true, ""));
    recording[recording.length - 1] ^= 1; // of the last marker
    try (var receiver = new Receiver()) {
      String fifo = fifo("fifo", recording);

      assertThat(terminal.run("replay", receiver.to(), fifo)).isEqualTo(1);

      assertThat(terminal.err()).contains(fifo + ": not sent: damaged blocks: 1");
    }
  }

  @Test
  void reportsRecordsThatTheRecorderSkippedAsNotSent() throws Exception {
    Path file = write("file.avro", recording(new Event.Skipped(new EventTime(2, 2), 3, 7, 100)));
    try (var receiver = new Receiver()) {
      assertThat(terminal.run("replay", receiver.to(), file.toString())).isEqualTo(1);
    }

    assertThat(terminal.err().lines())
        .containsExactly("7 records not sent: the recorder had skipped them");
  }

  /** A stream for the agent's records has a new marker each time, and ends with it. */
  private static String withoutMarker(byte[] stream) {
    String hex = HexFormat.of().formatHex(stream);
    return hex.replace(hex.substring(hex.length() - 2 * 16), "marker");
  }

  private int run(String command, String... inputs) {
    List<String> arguments = new ArrayList<>(List.of(command));
    if (command.equals("replay")) {
      arguments.add("--to=127.0.0.1:1");
    }
    arguments.addAll(List.of(inputs));
    return terminal.run(arguments.toArray(String[]::new));
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(temp.resolve(name), bytes);
  }

  private static byte[] recording(Event event) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new EventWriter(bytes)) {
      writer.write(event);
    }
    return bytes.toByteArray();
  }

  private Path mkfifo(String name) throws Exception {
    Path fifo = temp.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    return fifo;
  }

  /** A FIFO that one writer opens once. */
  private String fifo(String name, byte[] bytes) throws Exception {
    Path fifo = mkfifo(name);
    writers.add(
        others.submit(
            () -> {
              try (var out = Files.newOutputStream(fifo)) {
                out.write(bytes);
              }
              return bytes.length;
            }));
    return fifo.toString();
  }

  private record Ended(int code, String out, String err) {}

  /** Runs a line of bash, in which {@code collector} is this program. */
  private Ended bash(String line) throws Exception {
    String program =
        "collector() { '%s' %s -cp \"$CLASSES\" %s \"$@\"; }; "
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                JVM_FLAGS,
                Main.class.getName());
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    var builder =
        new ProcessBuilder("bash", "-c", program + line)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("CLASSES", System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      return new Ended(process.waitFor(), Files.readString(out), Files.readString(err));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A server that keeps the bytes of every connection, one after another or at once. */
  private final class Receiver implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<Future<byte[]>> received = new ArrayList<>();
    private final Future<?> accepting = others.submit(this::accept);

    private Receiver() throws IOException {}

    String to() {
      return "--to=127.0.0.1:" + server.getLocalPort();
    }

    private Void accept() throws IOException {
      while (true) {
        Socket socket = server.accept();
        byte[] first = socket.getInputStream().readNBytes(1);
        if (first.length == 0) {
          socket.close();
          return null; // streams() asks for the end
        }
        received.add(
            others.submit(
                () -> {
                  try (socket) {
                    var bytes = new ByteArrayOutputStream();
                    bytes.write(first);
                    socket.getInputStream().transferTo(bytes);
                    return bytes.toByteArray();
                  }
                }));
      }
    }

    /** Of all connections, once the senders have ended. */
    List<byte[]> streams() throws Exception {
      new Socket(server.getInetAddress(), server.getLocalPort()).close();
      accepting.get();
      List<byte[]> streams = new ArrayList<>();
      for (Future<byte[]> stream : received) {
        streams.add(stream.get());
      }
      return streams;
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
