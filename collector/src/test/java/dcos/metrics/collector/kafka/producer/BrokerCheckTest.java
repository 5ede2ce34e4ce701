// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.kafka.FakeNanos;
import dcos.metrics.collector.kafka.StandInProducer;
import dcos.metrics.collector.kafka.producer.BrokerCheck.CheckTarget;
import dcos.metrics.collector.kafka.producer.BrokerCheck.Finding;
import dcos.metrics.collector.testing.RecordingLogger;
import dcos.metrics.testkit.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** With real sockets and the system's look-up of names. */
class BrokerCheckTest {
  private final StandInProducer producer = new StandInProducer(false);
  // Of the second client, which asks where the first knows nothing.
  private final StandInProducer again = new StandInProducer(false);
  // What looks names up.
  private volatile BrokerCheck.NameLookUp names = InetAddress::getAllByName;
  private final BrokerCheck.Means means =
      new BrokerCheck.Means(this::second, host -> names.addresses(host));
  private final FakeNanos clock = new FakeNanos();
  private final RecordingLogger logger = new RecordingLogger();
  private final OutageMonitor outage =
      new OutageMonitor(clock, new RecordingLogger(), new EventTap());

  @Test
  void aBrokerThatListensCanBeReached() throws Exception {
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      producer.leader("a", new Node(3, "127.0.0.1", listening.getLocalPort()));

      assertThat(check("a"))
          .containsExactly(
              new Finding(
                  new CheckTarget("3", "127.0.0.1", listening.getLocalPort(), "a"),
                  Optional.empty()));
    }
  }

  @Test
  void aBrokerWhosePortIsClosedCannotBeReached() throws Exception {
    int port = closedPort();
    producer.leader("a", new Node(3, "127.0.0.1", port));

    assertThat(check("a"))
        .containsExactly(
            new Finding(
                new CheckTarget("3", "127.0.0.1", port, "a"),
                Optional.of("127.0.0.1: Connection refused")));
  }

  @Test
  void aBrokerWhoseNameDoesNotResolveCannotBeReached() {
    producer.leader("a", new Node(3, "broker.invalid", 9092));

    assertThat(check("a"))
        .containsExactly(
            new Finding(
                new CheckTarget("3", "broker.invalid", 9092, "a"),
                Optional.of("the host name does not resolve")));
  }

  @Test
  void asksTheFirstBrokersAgainWhereTheClientKnowsNoLeader() throws Exception {
    int port = closedPort();
    producer.metadataFails("a", new TimeoutException("not present in metadata"));
    again.leader("a", new Node(3, "127.0.0.1", port));

    assertThat(check("a"))
        .extracting(Finding::target)
        .containsExactly(new CheckTarget("3", "127.0.0.1", port, "a"));
    assertThat(again.closed()).isTrue();
    assertThat(producer.closed()).isFalse();
  }

  @Test
  void checksABrokerOnceHoweverManyTopicsItLeads() throws Exception {
    int port = closedPort();
    for (String topic : List.of("a", "b", "c")) {
      producer.leader(topic, new Node(3, "127.0.0.1", port));
    }

    assertThat(check("a", "b", "c")).hasSize(1);
  }

  @Test
  void checksTheFirstBrokersWhereNoLeaderIsKnown() throws Exception {
    int port = closedPort();
    producer.metadataFails("a", new TimeoutException("not present in metadata"));
    producer.leaderless("b");
    again.leaderless("a");
    again.leaderless("b");

    List<Finding> findings = new ArrayList<>();
    var client = new ProducerSession(producer, "127.0.0.1:" + port + ",[::1]:" + port, 0);
    new BrokerCheck(client, means, List.of("a", "b"), findings::addAll).run();

    assertThat(findings)
        .extracting(Finding::target)
        .containsExactly(
            new CheckTarget("bootstrap", "127.0.0.1", port, ""),
            new CheckTarget("bootstrap", "::1", port, ""));
    assertThat(findings.getLast().target().address()).isEqualTo("[::1]:" + port);
  }

  @Test
  void logsEachUnreachableBrokerOnceAndWhenItIsBack() throws Exception {
    int port = closedPort();
    producer.leader("a", new Node(3, "127.0.0.1", port));
    outage.notDelivering(clock.getAsLong(), "no acknowledgement");
    try (var watch = watch(new CountDownLatch(0))) {
      checkNow(watch);
      checkNow(watch);
      assertThat(outage.lastError())
          .isEqualTo(
              "broker 3 at 127.0.0.1:%d cannot be reached: 127.0.0.1: Connection refused"
                  .formatted(port));
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        checkNow(watch);
      }
      checkNow(watch);

      assertThat(logger.lines())
          .containsExactly(
              "WARN a Kafka broker cannot be reached; retrying broker=3 address=127.0.0.1:"
                  + port
                  + " topic=a error=127.0.0.1: Connection refused",
              "INFO the Kafka broker can be reached again broker=3 address=127.0.0.1:"
                  + port
                  + " topic=a",
              "WARN a Kafka broker cannot be reached; retrying broker=3 address=127.0.0.1:"
                  + port
                  + " topic=a error=127.0.0.1: Connection refused");
    }
  }

  @Test
  void checksOnPlatformThreadsOneAtATimeAndOnlyWhileNeeded() throws Exception {
    producer.leader("a", new Node(3, "127.0.0.1", closedPort()));
    var go = new CountDownLatch(1);
    try (var watch = watch(go)) {
      watch.tick(false, client(), () -> List.of("a"));
      assertThat(threads).isEmpty();

      watch.tick(true, client(), () -> List.of("a"));
      clock.advance(Duration.ofMinutes(1));
      watch.tick(true, client(), () -> List.of("a"));
      assertThat(threads).singleElement().matches(thread -> !thread.isVirtual());
      go.countDown();
      awaitChecks();

      clock.advance(Duration.ofSeconds(1));
      watch.tick(true, client(), () -> List.of("a"));
      assertThat(threads).hasSize(2); // the last check began a minute ago
      awaitChecks();
      watch.tick(true, client(), () -> List.of("a"));
      assertThat(threads).hasSize(2);
    }
  }

  @Test
  void reportsALookUpThatTakesLong() throws Exception {
    producer.leader("a", new Node(3, "broker.example", 9092));
    outage.notDelivering(clock.getAsLong(), "no acknowledgement");
    var answer = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    names =
        _ -> {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException("at last");
        };
    try (var watch = watch(new CountDownLatch(0))) {
      watch.tick(true, client(), () -> List.of("a"));
      asked.await();
      for (int i = 0; i < 20; i++) {
        clock.advance(Duration.ofSeconds(1));
        watch.tick(true, client(), () -> List.of("a"));
      }
      assertThat(threads).hasSize(1);
      assertThat(outage.lastError())
          .isEqualTo(
              "broker 3 at broker.example:9092 cannot be reached:"
                  + " its name is still being looked up");
      assertThat(logger.lines()).hasSize(1);
      answer.countDown();
      awaitChecks();

      assertThat(outage.lastError())
          .isEqualTo(
              "broker 3 at broker.example:9092 cannot be reached: the host name does not resolve");
      assertThat(logger.lines()).hasSize(1);
    }
  }

  private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

  private BrokerReachabilityLog watch(CountDownLatch go) {
    return new BrokerReachabilityLog(
        clock,
        logger,
        outage,
        means,
        task -> {
          Thread thread =
              Thread.ofPlatform()
                  .daemon()
                  .unstarted(
                      () -> {
                        try {
                          go.await();
                        } catch (InterruptedException _) {
                          return; // the watch is closed
                        }
                        task.run();
                      });
          threads.add(thread);
          return thread;
        });
  }

  private void checkNow(BrokerReachabilityLog watch) {
    clock.advance(Duration.ofMinutes(1));
    watch.tick(true, client(), () -> List.of("a"));
    awaitChecks();
  }

  private void awaitChecks() {
    Await.until("the checks", () -> threads.stream().noneMatch(Thread::isAlive));
  }

  private ProducerSession second(String brokers) {
    return new ProducerSession(again, brokers, 0);
  }

  private ProducerSession client() {
    return new ProducerSession(producer, "host:9092", 0);
  }

  private List<Finding> check(String... topics) {
    List<Finding> findings = new ArrayList<>();
    new BrokerCheck(client(), means, List.of(topics), findings::addAll).run();
    return findings;
  }

  private static int closedPort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
