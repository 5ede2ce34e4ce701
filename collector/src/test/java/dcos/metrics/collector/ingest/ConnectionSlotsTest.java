// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static dcos.metrics.collector.ingest.ListenerFixture.SILENCE;
import static dcos.metrics.collector.ingest.ListenerFixture.write;
import static dcos.metrics.collector.ingest.StreamParts.HEADER;
import static dcos.metrics.collector.ingest.StreamParts.announcing;
import static dcos.metrics.collector.ingest.StreamParts.block;
import static dcos.metrics.collector.ingest.StreamParts.emptyBlock;
import static dcos.metrics.collector.ingest.StreamParts.stream;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.RefusedSender;
import dcos.metrics.testkit.Await;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which connection makes place for a new one once {@code max-connections} are open. */
@Timeout(120)
class ConnectionSlotsTest {
  private static final List<MetricList> RECORDS = Records.many("web", 20, 5);

  @Test
  void aSenderThatStallsWithinTheCountsOfABlockMakesPlace() throws Exception {
    try (var listener = ListenerFixture.started(1)) {
      listener.send(HEADER, new byte[] {(byte) 0x80});
      Await.until(
          "it is read", () -> listener.input.selfMetrics().readBytes() == HEADER.length + 1);
      listener.look(SILENCE);

      listener.send(stream(RECORDS));

      Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
    }
  }

  @Test
  void aConnectionThatWaitsForAPlaceIsClosedWithTheInput() throws Exception {
    // Its clock stands still: the connection would wait for ever.
    try (var listener = ListenerFixture.started(1, new FakeClock())) {
      listener.send(stream(RECORDS));
      Await.until("it is read", () -> listener.taken.equals(RECORDS));
      Socket waiting = listener.send(stream(RECORDS));

      listener.input.close();

      RefusedSender.awaitClosed(waiting);
      assertThat(listener.taken).isEqualTo(RECORDS);
      assertThat(listener.input.selfMetrics().sessionsOpen()).isZero();
    }
  }

  @Test
  void stalledSendersMakePlaceForNewOnes() throws Exception {
    try (var listener = ListenerFixture.started(3)) {
      listener.send(new byte[] {'O'});
      listener.send(Arrays.copyOf(stream(RECORDS), 900));
      listener.send(announcing(200_000), new byte[3_000]);
      long bytes = 1L + 900 + announcing(200_000).length + 3_000;
      Await.until("all are read", () -> listener.input.selfMetrics().readBytes() == bytes);
      listener.look(SILENCE);

      listener.send(stream(RECORDS));

      Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
      Await.until("all three are closed", () -> listener.input.selfMetrics().sessionsOpen() == 1);
      assertThat(listener.input.selfMetrics().sessionsRefused()).isZero();
    }
  }

  @Test
  void sendersThatNeverSentARecordMakePlaceBeforeThoseThatDid() throws Exception {
    try (var listener = ListenerFixture.started(2)) {
      Socket good = listener.send(stream(RECORDS));
      Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
      long bytes = listener.input.selfMetrics().readBytes() + HEADER.length;
      listener.send(HEADER);
      Await.until("both are read", () -> listener.input.selfMetrics().readBytes() == bytes);
      listener.look(SILENCE);

      listener.send(stream(RECORDS));
      Await.until("the new one is read", () -> listener.taken.size() == 2 * RECORDS.size());

      write(good, block(RECORDS, HEADER));
      Await.until("the first one is read", () -> listener.taken.size() == 3 * RECORDS.size());
    }
  }

  @Test
  void theSenderThatIsSilentForLongestMakesPlaceWhereAllSentRecords() throws Exception {
    try (var listener = ListenerFixture.started(2)) {
      Socket first = listener.send(stream(RECORDS));
      Await.until("the first is read", () -> listener.taken.size() == RECORDS.size());
      listener.look(SILENCE);
      Socket second = listener.send(stream(RECORDS));
      Await.until("the second is read", () -> listener.taken.size() == 2 * RECORDS.size());
      listener.look(SILENCE);

      listener.send(stream(RECORDS));

      Await.until("the third is read", () -> listener.taken.size() == 3 * RECORDS.size());
      RefusedSender.awaitClosed(first);
      write(second, block(RECORDS, HEADER));
      Await.until("the second is read", () -> listener.taken.size() == 4 * RECORDS.size());
    }
  }

  @Test
  void activeSendersKeepTheirPlace() throws Exception {
    try (var listener = ListenerFixture.started(2)) {
      Socket first = listener.send(stream(RECORDS));
      Socket second = listener.send(stream(RECORDS));
      Await.until("both are read", () -> listener.taken.size() == 2 * RECORDS.size());

      RefusedSender.awaitClosed(listener.send(stream(RECORDS)));

      assertThat(listener.input.selfMetrics().sessionsRefused()).isEqualTo(1);
      write(first, block(RECORDS, HEADER));
      write(second, block(RECORDS, HEADER));
      Await.until("both are read", () -> listener.taken.size() == 4 * RECORDS.size());
    }
  }

  @Test
  void aCrowdOfNewConnectionsWaitsOnlyOnceForThoseThatAreSilent() throws Exception {
    var clock = new FakeClock();
    try (var listener = ListenerFixture.started(3, clock)) {
      for (int i = 1; i <= 3; i++) {
        int sent = i;
        listener.send(stream(RECORDS));
        Await.until("it is read", () -> listener.taken.size() == sent * RECORDS.size());
      }
      listener.look(SILENCE + 1);

      listener.send(stream(RECORDS));
      Await.until(
          "the first of the crowd is read",
          () -> {
            clock.advance(Duration.ofMillis(50));
            return listener.taken.size() == 4 * RECORDS.size();
          });

      // From here on the clock stands still.
      listener.send(stream(RECORDS));
      listener.send(stream(RECORDS));
      Await.until("the others are read", () -> listener.taken.size() == 6 * RECORDS.size());
      assertThat(listener.input.selfMetrics().sessionsRefused()).isZero();
    }
  }

  @Test
  void oneOfACrowdIsNotRefusedBeforeOthersCanBeSilent() throws Exception {
    var clock = new FakeClock();
    try (var listener = ListenerFixture.started(1, clock)) {
      listener.send(stream(RECORDS));
      Await.until("it is read", () -> listener.taken.size() == RECORDS.size());
      listener.look(SILENCE + 1);
      listener.send(stream(RECORDS));
      Await.until(
          "the second is read",
          () -> {
            clock.advance(Duration.ofMillis(50));
            return listener.taken.size() == 2 * RECORDS.size();
          });

      listener.send(stream(RECORDS));
      // The second was active just now: the third waits until it has been silent.
      Await.until(
          "the third is read",
          () -> {
            listener.look(1);
            return listener.taken.size() == 3 * RECORDS.size();
          });
      assertThat(listener.input.selfMetrics().sessionsRefused()).isZero();
    }
  }

  @Test
  void aSenderOfEmptyBlocksMakesPlace() throws Exception {
    try (var listener = ListenerFixture.started(1)) {
      Socket empty = listener.send(HEADER);
      for (int i = 1; i <= SILENCE; i++) {
        int sent = i;
        write(empty, emptyBlock());
        Await.until("it is read", () -> listener.input.selfMetrics().blocks() == sent);
        listener.look(1);
      }

      listener.send(stream(RECORDS));

      Await.until("its records are taken", () -> listener.taken.equals(RECORDS));
      RefusedSender.awaitClosed(empty);
    }
  }
}
