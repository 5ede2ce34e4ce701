// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.codec.StreamBytes;
import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.Throttle;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.testing.Await;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.RefusedSender;
import dcos.metrics.collector.testing.Streams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that stall, beside those that do not. */
@Timeout(120)
class StalledSendersTest {
  private static final List<MetricList> RECORDS = Records.many("web", 20, 5);

  /** One look more than a sender may be silent for. */
  private static final int SILENCE = 5;

  private static final int LARGEST_BLOCK = 256 << 10;
  private static final int SYNC_BYTES = 16;
  private static final byte[] HEADER = StreamBytes.ownHeader();

  private final Ledger ledger = new Ledger();
  private final Budget headers = new Budget(256 << 10, 64 << 10, () -> {});
  private final Budget records = new Budget(1 << 20, LARGEST_BLOCK, () -> {});
  private final List<MetricList> taken = new CopyOnWriteArrayList<>();
  private final List<Socket> senders = new ArrayList<>();
  private TcpInput input = input(200);

  @AfterEach
  void close() throws IOException {
    for (Socket sender : senders) {
      sender.close();
    }
    input.close();
    Await.until("all memory is released", () -> records.usedBytes() + headers.usedBytes() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 3_000, 30_000, 100_000})
  void memoryFollowsTheBytesThatHaveCome(int sent) throws IOException {
    start();
    send(announcing(200_000), new byte[sent]);
    long all = (long) announcing(200_000).length + sent;
    Await.until("all is read", () -> input.figures().readBytes() == all);

    // What came last may still be in the buffer, which needs no reservation.
    long least = Math.max(0L, sent - 2_048L);
    // The shorter array, the longer one and what a block takes beside them.
    long most = Math.max(4_500, 3L * sent + 1_000);
    Await.until("memory for it is reserved", () -> blockBytes() >= least);
    assertThat(blockBytes()).isBetween(least, most);
  }

  @Test
  void aHeaderOfOurSchemaNeedsNoneOfTheMemoryForHeaders() throws Exception {
    start();
    try (Charge _ = headers.charge(headers.limitBytes())) {
      send(stream(RECORDS));

      Await.until("its records are taken", () -> taken.equals(RECORDS));
    }
  }

  @Test
  void halfBlocksOfTheLargestSizeThatFillTheMemoryAllComplete() throws Exception {
    MetricList large = Records.of("web", "k", "v".repeat(LARGEST_BLOCK - 1_000));

    sendHalvesAndThenTheRest(stream(List.of(large)), 8);

    Await.until("all are taken", () -> taken.size() == 8);
    assertThat(input.figures().streamsBroken()).isZero();
  }

  @Test
  void halfBlocksThatNeedMoreMemoryToBeDecompressedAllComplete() throws Exception {
    byte[] random = new byte[LARGEST_BLOCK * 2 / 3];
    new Random(1).nextBytes(random);
    MetricList large = Records.of("web", "k", Base64.getEncoder().encodeToString(random));

    sendHalvesAndThenTheRest(
        Streams.container(List.of(large), CodecFactory.deflateCodec(1), 1), 12);

    Await.until("all are taken", () -> taken.size() == 12);
    assertThat(input.figures().streamsBroken()).isZero();
  }

  @Test
  void idleConnectionsDoNotKeepALargeBlockFromItsMemory() throws Exception {
    start();
    for (int i = 0; i < 100; i++) {
      send(HEADER);
    }
    Await.until("all are open", () -> input.figures().sessionsOpen() == 100);
    assertThat(records.usedBytes()).isGreaterThan(records.limitBytes() / 3);

    send(Streams.container(RECORDS, CodecFactory.deflateCodec(1), 20));
    Await.until("its records are taken", () -> taken.equals(RECORDS));
  }

  @Test
  void sendersThatStallInABlockAreClosedTogetherWhenMemoryIsShort() throws Exception {
    start();
    fillWithStalledBlocks();
    look(SILENCE - 1);
    assertThat(input.figures().streamsBroken()).isZero();

    look(1);

    Await.until("all are closed", () -> input.figures().sessionsOpen() == 0);
  }

  @Test
  void sendersThatStallWhileThereIsMemoryAreNotClosed() throws Exception {
    start();
    send(announcing(200_000), new byte[3_000]);
    Await.until("it holds memory", () -> records.usedBytes() > 4_000);

    look(10 * SILENCE);

    assertThat(input.figures().sessionsOpen()).isEqualTo(1);
  }

  @Test
  void aCompleteBlockDoesNotWaitForStalledOnes() throws Exception {
    start();
    fillWithStalledBlocks();

    send(stream(RECORDS));

    Await.until("its records are taken", () -> taken.equals(RECORDS));
  }

  @Test
  void aSenderWhoseBytesWeHaveNotReadIsNotStalled() throws Exception {
    start();
    List<MetricList> many = Records.many("web", 400, 20);
    try (Charge _ = records.charge(records.limitBytes() - 3 * Connection.OWN_BYTES)) {
      send(stream(many));
      Socket large = send(announcing(200_000), new byte[100_000]);
      Await.until("both wait", () -> records.waits() >= 2);

      look(3 * SILENCE);

      assertThat(input.figures().sessionsOpen()).isEqualTo(2);
      large.close();
    }
    Await.until("all is taken", () -> taken.equals(many));
  }

  @Test
  void sendersThatStallInAHeaderAreClosedTogetherAndOthersAreServed() throws Exception {
    start();
    IntFunction<byte[]> stalled = i -> Arrays.copyOf(foreignHeader(i, 50_000), 49_000);
    for (int i = 0; i < 20; i++) {
      send(stalled.apply(i));
    }
    Await.until("memory for headers is short", headers::isCrowded);
    byte[] header = foreignHeader(100, 3_000);
    send(header, block(RECORDS, header));
    Await.until(
        "its records are taken",
        () -> {
          input.watch();
          return taken.equals(RECORDS);
        });

    Await.until(
        "no more are left than there is memory for",
        () -> {
          input.watch();
          return input.figures().sessionsOpen() < 7 && !headers.isCrowded();
        });
  }

  @Test
  void aSmallForeignSchemaIsServedWhileOthersFillTheMemoryForSchemas() throws Exception {
    start();
    for (int i = 0; i < 40; i++) {
      send(foreignHeader(i, 50_000));
    }
    Await.until("schemas were dropped", () -> input.figures().streamsBroken() > 10);

    byte[] header = foreignHeader(100, 3_000);
    send(header, block(RECORDS, header));

    Await.until("its records are taken", () -> taken.equals(RECORDS));
  }

  @Test
  void aSenderThatStallsWithinTheCountsOfABlockMakesPlace() throws Exception {
    restart(1);
    send(HEADER, new byte[] {(byte) 0x80});
    Await.until("it is read", () -> input.figures().readBytes() == HEADER.length + 1);
    look(SILENCE);

    send(stream(RECORDS));

    Await.until("its records are taken", () -> taken.equals(RECORDS));
  }

  @Test
  void aConnectionThatWaitsForAPlaceIsClosedWithTheInput() throws Exception {
    restart(1);
    send(stream(RECORDS));
    Await.until("it is read", () -> taken.equals(RECORDS));
    Socket waiting = send(stream(RECORDS));

    input.close();

    RefusedSender.awaitClosed(waiting);
    assertThat(taken).isEqualTo(RECORDS);
    assertThat(input.figures().sessionsOpen()).isZero();
  }

  @Test
  void stalledSendersMakePlaceForNewOnes() throws Exception {
    restart(3);
    send(new byte[] {'O'});
    send(Arrays.copyOf(stream(RECORDS), 900));
    send(announcing(200_000), new byte[3_000]);
    Await.until(
        "all are read", () -> input.figures().sessionsOpen() == 3 && records.usedBytes() > 4_000);
    look(SILENCE);

    send(stream(RECORDS));

    Await.until("its records are taken", () -> taken.equals(RECORDS));
    Await.until("all three are closed", () -> input.figures().sessionsOpen() == 1);
    assertThat(input.figures().sessionsRefused()).isZero();
  }

  @Test
  void sendersThatNeverSentARecordMakePlaceBeforeThoseThatDid() throws Exception {
    restart(2);
    Socket good = send(stream(RECORDS));
    Await.until("its records are taken", () -> taken.equals(RECORDS));
    long bytes = input.figures().readBytes() + HEADER.length;
    send(HEADER);
    Await.until("both are read", () -> input.figures().readBytes() == bytes);
    look(SILENCE);

    send(stream(RECORDS));
    Await.until("the new one is read", () -> taken.size() == 2 * RECORDS.size());

    write(good, block(RECORDS, HEADER));
    Await.until("the first one is read", () -> taken.size() == 3 * RECORDS.size());
  }

  @Test
  void theSenderThatIsSilentForLongestMakesPlaceWhereAllSentRecords() throws Exception {
    restart(2);
    Socket first = send(stream(RECORDS));
    Await.until("the first is read", () -> taken.size() == RECORDS.size());
    look(SILENCE);
    Socket second = send(stream(RECORDS));
    Await.until("the second is read", () -> taken.size() == 2 * RECORDS.size());
    look(SILENCE);

    send(stream(RECORDS));

    Await.until("the third is read", () -> taken.size() == 3 * RECORDS.size());
    RefusedSender.awaitClosed(first);
    write(second, block(RECORDS, HEADER));
    Await.until("the second is read", () -> taken.size() == 4 * RECORDS.size());
  }

  @Test
  void activeSendersKeepTheirPlace() throws Exception {
    restart(2);
    Socket first = send(stream(RECORDS));
    Socket second = send(stream(RECORDS));
    Await.until("both are read", () -> taken.size() == 2 * RECORDS.size());

    RefusedSender.awaitClosed(send(stream(RECORDS)));

    assertThat(input.figures().sessionsRefused()).isEqualTo(1);
    write(first, block(RECORDS, HEADER));
    write(second, block(RECORDS, HEADER));
    Await.until("both are read", () -> taken.size() == 4 * RECORDS.size());
  }

  private void sendHalvesAndThenTheRest(byte[] stream, int times) throws IOException {
    start();
    int half = stream.length / 2;
    for (int i = 0; i < times; i++) {
      send(Arrays.copyOf(stream, half));
    }
    Await.until("memory is short", records::isCrowded);
    byte[] rest = Arrays.copyOfRange(stream, half, stream.length);
    for (Socket sender : List.copyOf(senders)) {
      Thread.ofVirtual().start(() -> write(sender, rest));
    }
  }

  private long blockBytes() {
    return records.usedBytes() - Connection.OWN_BYTES;
  }

  private void fillWithStalledBlocks() throws IOException {
    for (int i = 0; i < 100; i++) {
      send(announcing(200_000), new byte[3_000]);
    }
    Await.until("memory is short", records::isCrowded);
    Await.until("all are read", () -> input.figures().sessionsOpen() == 100);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      input.watch();
    }
  }

  private void start() throws IOException {
    input.bind();
    input.start();
  }

  private void restart(int maxConnections) throws IOException {
    input.close();
    input = input(maxConnections);
    start();
  }

  private TcpInput input(int maxConnections) {
    var settings =
        new Settings.Input(
            new Endpoint("127.0.0.1", 0),
            maxConnections,
            Duration.ZERO,
            Duration.ofSeconds(30),
            64 << 10,
            LARGEST_BLOCK);
    var noLimit = new Settings.Limit(0, Duration.ofSeconds(60));
    return new TcpInput(settings, noLimit, headers, records, this::take, ledger, new Tap());
  }

  private void take(Source source, long id, RecordBlock block, Charge charge, Throttle throttle) {
    taken.addAll(MetricLists.decode(block));
    charge.close();
  }

  private Socket send(byte[]... parts) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), input.endpoint().port());
    socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    senders.add(socket);
    for (byte[] part : parts) {
      write(socket, part);
    }
    return socket;
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException _) {
      // closed by the collector: what the test is about
    } catch (IOException e) {
      throw new AssertionError("a socket cannot be written to", e);
    }
  }

  /** A header, and a block of one record of which nothing follows. */
  private static byte[] announcing(int bytes) {
    byte[] block = StreamBytes.block(1, new byte[bytes], HEADER);
    int counts = block.length - bytes - SYNC_BYTES;
    return concatenated(HEADER, Arrays.copyOf(block, counts));
  }

  private static byte[] stream(List<MetricList> records) {
    return concatenated(HEADER, block(records, HEADER));
  }

  /** All records in one block, as it follows the header. */
  private static byte[] block(List<MetricList> records, byte[] header) {
    RecordBlock block = MetricLists.encode(records);
    byte[] body =
        Arrays.copyOfRange(block.bytes(), block.offset(), block.offset() + block.length());
    return StreamBytes.block(block.records(), body, header);
  }

  /** Our header, whose schema has a doc text of this length more. */
  private static byte[] foreignHeader(int number, int docLength) {
    String doc = "\"doc\":\"" + number + " " + "x".repeat(docLength) + "\",\"fields\"";
    String ours = MetricList.getClassSchema().toString();
    return StreamBytes.header(ours.replaceFirst("\"fields\"", doc), "null");
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
