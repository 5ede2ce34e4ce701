// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.testkit.standin.StandInDns;
import dcos.metrics.testkit.standin.StandInFramework;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerDiscoveryTest {
  private static final String SERVICE = "_kafka._tcp.marathon.mesos";

  private final StandInDns dns = StandInDns.started();
  private final StandInFramework framework =
      StandInFramework.started("broker-0.kafka.mesos:9092", "broker-1.kafka.mesos:9093");

  @AfterEach
  void close() {
    dns.close();
    framework.close();
  }

  @Test
  void takesTheBrokersAsTheyAreGiven() throws IOException {
    var brokers = List.of(new Endpoint("one", 9092), new Endpoint("::1", 9093));

    assertThat(BrokerDiscovery.of(brokers, "kafka", List.of()).find()).isEqualTo(brokers);
  }

  @Test
  void asksTheSchedulerThatTheServiceRecordNames() throws IOException {
    dns.srv(SERVICE, 0, 0, framework.port(), "kafka-scheduler.marathon.mesos");
    dns.a("kafka-scheduler.marathon.mesos", "127.0.0.1");

    assertThat(lookup().find())
        .containsExactly(
            new Endpoint("broker-0.kafka.mesos", 9092), new Endpoint("broker-1.kafka.mesos", 9093));
    assertThat(framework.requests()).extracting("path").containsExactly("/v1/connection");
  }

  @Test
  void takesTheFrameworksOwnNameWhereTheTargetsDoesNotResolve() throws IOException {
    dns.srv(SERVICE, 0, 0, framework.port(), "gone.marathon.mesos");
    dns.a("kafka.mesos", "127.0.0.1");

    assertThat(lookup().find()).hasSize(2);
  }

  @Test
  void triesEveryTargetTheOneWithTheBestPriorityFirst() throws IOException {
    try (var broken = StandInFramework.started()) {
      broken.answer("/v1/connection", 500, "");
      dns.srv(SERVICE, 2, 0, framework.port(), "second.mesos");
      dns.srv(SERVICE, 1, 0, broken.port(), "first.mesos");
      dns.a("first.mesos", "127.0.0.1");
      dns.a("second.mesos", "127.0.0.1");

      assertThat(lookup().find()).hasSize(2);
      assertThat(broken.requests()).hasSize(1);
    }
  }

  @Test
  void takesTargetsOfOnePriorityAtRandomByWeight() throws IOException {
    dns.srv(SERVICE, 1, 0, 3, "last.mesos");
    dns.srv(SERVICE, 1, 1, 2, "light.mesos");
    dns.srv(SERVICE, 1, 9, 1, "heavy.mesos");
    dns.srv(SERVICE, 0, 0, 80, "first.mesos");
    var resolver = new SrvResolver(List.of(Endpoint.parse(dns.endpoint())));
    int heavy = 0;
    for (int i = 0; i < 200; i++) {
      List<Endpoint> targets = resolver.services(SERVICE);
      assertThat(targets).hasSize(4);
      assertThat(targets.getFirst()).isEqualTo(new Endpoint("first.mesos", 80));
      assertThat(targets.getLast()).isEqualTo(new Endpoint("last.mesos", 3));
      if (targets.get(1).host().equals("heavy.mesos")) {
        heavy++;
      }
    }
    // 180 are expected; that chance alone makes it less or more is beyond belief.
    assertThat(heavy).isBetween(140, 199);
  }

  @Test
  void takesATargetsAddressOfVersionSix() throws IOException {
    dns.a("six.mesos", "::1");
    dns.a("both.mesos", "::1");
    dns.a("both.mesos", "127.0.0.1");
    var resolver = new SrvResolver(List.of(Endpoint.parse(dns.endpoint())));

    assertThat(resolver.lookup("six.mesos"))
        .extracting(InetAddress::toString)
        .containsExactly("six.mesos/0:0:0:0:0:0:0:1");
    assertThat(resolver.lookup("both.mesos"))
        .extracting(InetAddress::getHostAddress)
        .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void asksOnAtANameWhoseFirstAddressDoesNotAnswer() throws IOException {
    dns.srv(SERVICE, 0, 0, framework.port(), "kafka-scheduler.marathon.mesos");
    dns.a("kafka-scheduler.marathon.mesos", "127.0.0.2");
    dns.a("kafka-scheduler.marathon.mesos", "127.0.0.1");

    assertThat(lookup().find()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`{\"dns\":null}` | no brokers in its \"dns\"",
        "`{\"dns\":\"a:1\"}` | no brokers in its \"dns\"",
        "`{\"dns\":{\"dns\":[]}}` | no brokers in its \"dns\"",
        "`{\"address\":[\"a:1\"]}` | no brokers in its \"dns\"",
        "`[]` | no brokers in its \"dns\"",
        "`\"dns\"` | no brokers in its \"dns\"",
        "`` | no brokers in its \"dns\"",
        "`{\"dns\":[null]}` | a broker must be HOST:PORT, an IPv6 address in brackets, was null",
        "`{\"dns\":[7]}` | a broker must be HOST:PORT, an IPv6 address in brackets, was 7",
        "`{\"dns\":[[\"a:1\"]]}` | a broker must be HOST:PORT, an IPv6 address in brackets, was [",
        "`{\"dns\":[\"a:65536\"]}` | a broker port must be 0 to 65535, was 65536, was a:65536",
        "`{\"dns\":[\"a b:1\"]}` | a broker host must be a name or an address, was a b:1",
      })
  void refusesWhatNamesNoBrokers(String body, String reason) {
    dns.srv(SERVICE, 0, 0, framework.port(), "127.0.0.1");
    framework.answer("/v1/connection", 200, body);

    assertThatThrownBy(lookup()::find)
        .hasMessage(
            "GET http://127.0.0.1:%d/v1/connection: %s".formatted(framework.port(), reason));
  }

  @Test
  void readsTheBrokersWhateverElseTheSchedulerSays() throws IOException {
    dns.srv(SERVICE, 0, 0, framework.port(), "127.0.0.1");
    framework.answer(
        "/v1/connection",
        200,
        "{\"a\":{\"dns\":[\"x:1\"],\"b\":[[{}]]},\"vip\":null,\"dns\":[\"a:1\",\"[::1]:2\"],\"n\":1e9}");

    assertThat(lookup().find()).containsExactly(new Endpoint("a", 1), new Endpoint("::1", 2));
  }

  @Test
  void asksTheNextServerWhereOneDoesNotAnswer() throws IOException {
    try (var silent = StandInDns.started()) {
      silent.silent(true);
      dns.srv(SERVICE, 0, 0, framework.port(), "127.0.0.1");
      var servers = List.of(Endpoint.parse(silent.endpoint()), Endpoint.parse(dns.endpoint()));

      assertThat(BrokerDiscovery.of(List.of(), "kafka", servers).find()).hasSize(2);
    }
  }

  @Test
  void asksByTcpWhereTheAnswerWasCut() throws IOException {
    dns.truncating(true);
    dns.srv(SERVICE, 0, 0, framework.port(), "kafka-scheduler.marathon.mesos");
    dns.a("kafka-scheduler.marathon.mesos", "127.0.0.1");

    assertThat(lookup().find()).hasSize(2);
    assertThat(dns.queries()).extracting("transport").contains("tcp");
  }

  @Test
  void reportsWhatWasAskedWhereAndWhatCame() {
    assertThatThrownBy(lookup()::find)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "SRV %s at %s: NameNotFoundException: DNS name not found [response code 3]"
                .formatted(SERVICE, dns.endpoint()));

    dns.srv(SERVICE, 0, 0, framework.port(), "127.0.0.1");
    framework.answer("/v1/connection", 404, "");
    assertThatThrownBy(lookup()::find)
        .hasMessage(
            "GET http://127.0.0.1:%d/v1/connection: status 404".formatted(framework.port()));

    framework.answer("/v1/connection", 200, "{\"dns\":[]}");
    assertThatThrownBy(lookup()::find)
        .hasMessage(
            "GET http://127.0.0.1:%d/v1/connection: no brokers in its \"dns\""
                .formatted(framework.port()));

    framework.answer("/v1/connection", 200, "{\"dns\":[\"nonsense\"]}");
    assertThatThrownBy(lookup()::find)
        .hasMessage(
            "GET http://127.0.0.1:%d/v1/connection: a broker must be HOST:PORT, an IPv6 address in brackets, was nonsense"
                .formatted(framework.port()));

    framework.answer("/v1/connection", 200, "{\"dns\":");
    assertThatThrownBy(lookup()::find)
        .hasMessageStartingWith(
            "GET http://127.0.0.1:%d/v1/connection: no JSON: ".formatted(framework.port()));

    framework.answer("/v1/connection", 200, "[\"" + "x".repeat(300_000) + "\"]");
    assertThatThrownBy(lookup()::find)
        .hasMessage(
            "GET http://127.0.0.1:%d/v1/connection: more than 262144 bytes"
                .formatted(framework.port()));
  }

  @Test
  void reportsThatNeitherNameResolves() {
    dns.srv(SERVICE, 0, 0, 80, "gone.mesos");

    assertThatThrownBy(lookup()::find)
        .hasMessage(
            ("A gone.mesos at %1$s: NameNotFoundException: DNS name not found [response code 3], A"
                    + " kafka.mesos at %1$s: NameNotFoundException: DNS name not found [response"
                    + " code 3]")
                .formatted(dns.endpoint()));
  }

  private BrokerDiscovery lookup() {
    return BrokerDiscovery.of(List.of(), "kafka", List.of(Endpoint.parse(dns.endpoint())));
  }
}
