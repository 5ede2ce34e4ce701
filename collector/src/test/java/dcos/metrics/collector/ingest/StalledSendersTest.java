// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static dcos.metrics.collector.ingest.ListenerFixture.LARGEST_BLOCK;
import static dcos.metrics.collector.ingest.ListenerFixture.SILENCE;
import static dcos.metrics.collector.ingest.ListenerFixture.write;
import static dcos.metrics.collector.ingest.StreamParts.HEADER;
import static dcos.metrics.collector.ingest.StreamParts.announcing;
import static dcos.metrics.collector.ingest.StreamParts.block;
import static dcos.metrics.collector.ingest.StreamParts.foreignHeader;
import static dcos.metrics.collector.ingest.StreamParts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that stall, beside those that do not. */
@Timeout(120)
class StalledSendersTest {
  private static final List<MetricList> RECORDS = Records.many("web", 20, 5);

  private ListenerFixture listener;

  @BeforeEach
  void start() throws IOException {
    listener = ListenerFixture.started(200);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @Test
  void readsOthersAfterAHeaderThatIsInvalidCutOrAborted() throws IOException {
    byte[] header = Streams.container(List.of());
    listener.send("Obj\u0001 no header".getBytes(StandardCharsets.UTF_8)).close();
    listener.send(Arrays.copyOf(header, header.length / 2)).close();
    Socket aborted = listener.send(Arrays.copyOf(header, 10));
    aborted.setSoLinger(true, 0);
    aborted.close();

    listener.send(Streams.container(RECORDS));

    Await.until("its records", () -> listener.taken.size() == RECORDS.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 3_000, 30_000, 100_000})
  void memoryFollowsTheBytesThatHaveCome(int sent) throws IOException {
    listener.send(announcing(200_000), new byte[sent]);
    long all = (long) announcing(200_000).length + sent;
    Await.until("all is read", () -> listener.input.selfMetrics().readBytes() == all);

    // What came last may still be in the buffer, which needs no reservation.
    long least = Math.max(0L, sent - 2_048L);
    // The shorter array, the longer one and what a block takes beside them.
    long most = Math.max(4_500, 3L * sent + 1_000);
    Await.until("memory for it is reserved", () -> blockBytes() >= least);
    assertThat(blockBytes()).isBetween(least, most);
  }

  @Test
  void aHeaderOfOurSchemaNeedsNoneOfTheMemoryForHeaders() throws Exception {
    try (Reservation _ = listener.headers.reserve(listener.headers.limitBytes())) {
      listener.send(stream(RECORDS));

      Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
    }
  }

  @Test
  void halfBlocksOfTheLargestSizeThatFillTheMemoryAllComplete() throws Exception {
    MetricList large = Records.of("web", "k", "v".repeat(LARGEST_BLOCK - 1_000));

    sendHalvesAndThenTheRest(stream(List.of(large)), 8);

    Await.until("all are taken", () -> listener.taken.size() == 8);
    assertThat(listener.input.selfMetrics().streamsBroken()).isZero();
  }

  @Test
  void halfBlocksThatNeedMoreMemoryToBeDecompressedAllComplete() throws Exception {
    byte[] random = new byte[LARGEST_BLOCK * 2 / 3];
    new Random(1).nextBytes(random);
    MetricList large = Records.of("web", "k", Base64.getEncoder().encodeToString(random));

    sendHalvesAndThenTheRest(
        Streams.container(List.of(large), CodecFactory.deflateCodec(1), 1), 12);

    Await.until("all are taken", () -> listener.taken.size() == 12);
    assertThat(listener.input.selfMetrics().streamsBroken()).isZero();
  }

  @Test
  void idleConnectionsDoNotKeepALargeBlockFromItsMemory() throws Exception {
    for (int i = 0; i < 100; i++) {
      listener.send(HEADER);
    }
    Await.until("all are open", () -> listener.input.selfMetrics().sessionsOpen() == 100);
    Await.until(
        "their memory is reserved",
        () -> listener.records.usedBytes() > listener.records.limitBytes() / 3);

    listener.send(Streams.container(RECORDS, CodecFactory.deflateCodec(1), 20));
    Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
  }

  @Test
  void sendersThatStallInABlockAreClosedTogetherWhenMemoryIsShort() throws Exception {
    fillWithStalledBlocks();
    listener.look(SILENCE - 1);
    assertThat(listener.input.selfMetrics().streamsBroken()).isZero();

    // What is read after the first look counts as progress, which begins their silence again.
    Await.until(
        "all are closed",
        () -> {
          listener.look(1);
          return listener.input.selfMetrics().sessionsOpen() == 0;
        });
  }

  @Test
  void sendersThatStallWhileThereIsMemoryAreNotClosed() throws Exception {
    listener.send(announcing(200_000), new byte[3_000]);
    Await.until("it holds memory", () -> listener.records.usedBytes() > 4_000);

    listener.look(10 * SILENCE);

    assertThat(listener.input.selfMetrics().sessionsOpen()).isEqualTo(1);
  }

  @Test
  void aCompleteBlockDoesNotWaitForStalledOnes() throws Exception {
    fillWithStalledBlocks();

    listener.send(stream(RECORDS));

    Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
  }

  @Test
  void aSenderWhoseBytesWeHaveNotReadIsNotStalled() throws Exception {
    List<MetricList> many = Records.many("web", 400, 20);
    try (Reservation _ =
        listener.records.reserve(listener.records.limitBytes() - 3 * SenderConnection.OWN_BYTES)) {
      listener.send(stream(many));
      Socket large = listener.send(announcing(200_000), new byte[100_000]);
      Await.until("both wait", () -> listener.records.waits() >= 2);

      listener.look(3 * SILENCE);

      assertThat(listener.input.selfMetrics().sessionsOpen()).isEqualTo(2);
      large.close();
    }
    Await.until("all is taken", () -> listener.taken.equals(many));
  }

  @Test
  void sendersThatStallInAHeaderAreClosedTogetherAndOthersAreServed() throws Exception {
    IntFunction<byte[]> stalled = i -> Arrays.copyOf(foreignHeader(i, 50_000), 49_000);
    for (int i = 0; i < 20; i++) {
      listener.send(stalled.apply(i));
    }
    Await.until("memory for headers is short", listener.headers::isCrowded);
    byte[] header = foreignHeader(100, 3_000);
    listener.send(header, block(RECORDS, header));
    Await.until(
        "its records are taken",
        () -> {
          listener.input.watch();
          return listener.taken.equals(RECORDS);
        });

    Await.until(
        "no more are left than there is memory for",
        () -> {
          listener.input.watch();
          return listener.input.selfMetrics().sessionsOpen() < 7 && !listener.headers.isCrowded();
        });
  }

  @Test
  void aSmallForeignSchemaIsServedWhileOthersFillTheMemoryForSchemas() throws Exception {
    for (int i = 0; i < 40; i++) {
      listener.send(foreignHeader(i, 50_000));
    }
    Await.until("schemas were dropped", () -> listener.input.selfMetrics().streamsBroken() > 10);

    byte[] header = foreignHeader(100, 3_000);
    listener.send(header, block(RECORDS, header));

    Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
  }

  private void sendHalvesAndThenTheRest(byte[] stream, int times) throws IOException {
    int half = stream.length / 2;
    for (int i = 0; i < times; i++) {
      listener.send(Arrays.copyOf(stream, half));
    }
    Await.until("memory is short", listener.records::isCrowded);
    byte[] rest = Arrays.copyOfRange(stream, half, stream.length);
    for (Socket sender : listener.senders()) {
      Thread.ofVirtual().start(() -> write(sender, rest));
    }
  }

  private long blockBytes() {
    return listener.records.usedBytes() - SenderConnection.OWN_BYTES;
  }

  private void fillWithStalledBlocks() throws IOException {
    for (int i = 0; i < 100; i++) {
      listener.send(announcing(200_000), new byte[3_000]);
    }
    Await.until("memory is short", listener.records::isCrowded);
    Await.until("all are read", () -> listener.input.selfMetrics().sessionsOpen() == 100);
  }
}
