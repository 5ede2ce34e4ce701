// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static dcos.metrics.collector.settings.Options.DNS_SERVERS;
import static dcos.metrics.collector.settings.Options.KAFKA_COMPRESS_SNAPPY;
import static dcos.metrics.collector.settings.Options.KAFKA_FLUSH_MS;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.kafka.producer.KafkaState;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Outcome.Delivered;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Outcome.Undeliverable;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.broker.LocalBroker;
import dcos.metrics.testkit.standin.StandInDns;
import dcos.metrics.testkit.standin.StandInFramework;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** On a real broker. */
class KafkaDeliveryIT {
  private final Settled settled = new Settled();

  @Test
  void deliversAMessageAndSaysWhereItIs() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of())) {
      delivery.start();
      Message message = Messages.of("metrics-a", 3, 100);

      delivery.submit(message);

      assertThat(settled.await(1))
          .containsExactly(new Settled.Settlement(message, new Delivered(new Receipt(0, 0))));
    }
  }

  @Test
  void deliversAllAfterTheBrokerWasStoppedUnderLoad() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of())) {
      delivery.start();
      for (int i = 0; i < 200; i++) {
        delivery.submit(Messages.of("metrics-" + i % 10, 50_000));
      }
      settled.await(list -> list.size() >= 20);
      broker.stop();
      for (int i = 0; i < 200; i++) {
        delivery.submit(Messages.of("metrics-" + i % 20, 50_000));
      }
      broker.start();

      assertThat(settled.await(400)).allMatch(one -> one.outcome() instanceof Delivered);
    }
  }

  @Test
  void splitsWhatIsTooLargeAndRejectsASingleRecord() throws Exception {
    try (var broker = LocalBroker.started(Map.of("message.max.bytes", "20000"));
        var delivery =
            new KafkaDelivery(
                KafkaSettings.of(broker.bootstrap()).with(KAFKA_COMPRESS_SNAPPY, "false").build(),
                Messages::encode,
                settled,
                new EventTap())) {
      delivery.start();

      delivery.submit(Messages.of("metrics-many", 4, 8_000));
      delivery.submit(Messages.of("metrics-one", 30_000));

      settled.await(3);
      assertThat(settled.outcomes("metrics-many"))
          .containsExactlyInAnyOrder(
              new Delivered(new Receipt(0, 0)), new Delivered(new Receipt(0, 1)));
      assertThat(settled.outcomes("metrics-one"))
          .singleElement()
          .isInstanceOfSatisfying(
              Undeliverable.class, why -> assertThat(why.reason()).isEqualTo(Reason.TOO_LARGE));
    }
  }

  @Test
  void aTopicThatMayNotBeCreatedHoldsNobodyBack() throws Exception {
    try (var broker = LocalBroker.started(Map.of("auto.create.topics.enable", "false"));
        var delivery = delivery(broker, Map.of())) {
      broker.createTopic(new NewTopic("metrics-there", 1, (short) 1));
      delivery.start();
      for (int i = 0; i < 600; i++) {
        delivery.submit(Messages.of("metrics-missing-" + i, 1_000));
      }
      delivery.submit(Messages.of("metrics-there", 1_000));

      settled.await(1);
      assertThat(settled.outcomes("metrics-there"))
          .containsExactly(new Delivered(new Receipt(0, 0)));
      assertThat(delivery.isBehind("metrics-missing-1")).isTrue();
      Await.until(
          "the error of a missing topic",
          () ->
              delivery.waitingTopics().stream()
                  .anyMatch(
                      topic ->
                          topic.topic().equals("metrics-missing-1")
                              && topic.error().contains("does not host this topic-partition")));

      delivery.drain(Duration.ZERO);
      List<Outcome> rest =
          settled.await(601).subList(1, 601).stream().map(Settled.Settlement::outcome).toList();
      assertThat(rest)
          .allSatisfy(
              outcome ->
                  assertThat(outcome)
                      .isInstanceOfSatisfying(
                          Undeliverable.class,
                          why -> assertThat(why.reason()).isEqualTo(Reason.SHUTDOWN)));
      assertThat(settled.outcomes("metrics-missing-1"))
          .singleElement()
          .asString()
          .contains("This server does not host this topic-partition");
    }
  }

  @Test
  void aTopicWhoseNameCollidesWaitsWithTheReason() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of())) {
      delivery.start();
      delivery.submit(Messages.of("metrics-col.a", 100));
      settled.await(1);

      delivery.submit(Messages.of("metrics-col_a", 100));

      Await.until("the topic that waits", () -> !delivery.waitingTopics().isEmpty());
      assertThat(delivery.waitingTopics().getFirst().error())
          .contains("its name collides with metrics-col.a");
    }
  }

  @Test
  void aTopicWithoutALeaderWaitsWhileOthersAreDelivered() throws Exception {
    try (var broker = LocalBroker.started();
        var holder = broker.createTopicWithoutLeader("metrics-stuck");
        var delivery = delivery(broker, Map.of())) {
      delivery.start();
      for (int i = 0; i < 20; i++) {
        delivery.submit(Messages.of("metrics-stuck", 100_000));
        delivery.submit(Messages.of("metrics-fine", 100_000));
      }
      settled.await(20);
      assertThat(settled.outcomes("metrics-fine")).hasSize(20);
      assertThat(delivery.isBehind("metrics-stuck")).isTrue();

      holder.start();

      assertThat(settled.await(40)).allMatch(one -> one.outcome() instanceof Delivered);
    }
  }

  @Test
  void rejectsWhatItMayNotWriteAndNothingElse() throws Exception {
    var authorizer =
        Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found", "true",
            "super.users", "User:nobody");
    try (var broker = LocalBroker.started(authorizer);
        var delivery = delivery(broker, Map.of())) {
      broker.createTopic(new NewTopic("metrics-secret", 1, (short) 1));
      allowOnlySomebodyElse(broker, "metrics-secret");
      delivery.start();

      delivery.submit(Messages.of("metrics-secret", 100));
      delivery.submit(Messages.of("metrics-open", 100));

      settled.await(2);
      assertThat(settled.outcomes("metrics-open"))
          .containsExactly(new Delivered(new Receipt(0, 0)));
      assertThat(settled.outcomes("metrics-secret"))
          .containsExactly(
              new Undeliverable(
                  Reason.NOT_AUTHORIZED,
                  "TopicAuthorizationException: Not authorized to access topics:"
                      + " [metrics-secret]"));
    }
  }

  private static void allowOnlySomebodyElse(LocalBroker broker, String topic) throws Exception {
    var acl =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
            new AccessControlEntry(
                "User:somebody-else", "*", AclOperation.ALL, AclPermissionType.ALLOW));
    try (var admin = broker.admin()) {
      admin.createAcls(List.of(acl)).all().get();
    }
  }

  @Test
  void sendsWhatLingersWhenItIsTold() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of(), Duration.ofMinutes(5))) {
      delivery.start();
      delivery.submit(Messages.of("metrics-a", 100));
      untilHandedOver(delivery);
      assertThat(settled.all()).isEmpty();

      delivery.endLinger();

      settled.await(1);
    }
  }

  @Test
  void theDrainEndsTheLinger() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of(), Duration.ofMinutes(5))) {
      delivery.start();
      for (int i = 0; i < 300; i++) {
        delivery.submit(Messages.of("metrics-" + i % 3, 100));
      }

      delivery.drain(Duration.ofSeconds(30));

      assertThat(settled.all()).hasSize(300).allMatch(one -> one.outcome() instanceof Delivered);
    }
  }

  @Test
  void whatTheBrokerNeverTookSettlesAsShutdown() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of())) {
      delivery.start();
      delivery.submit(Messages.of("metrics-a", 100));
      settled.await(1);
      broker.stop();
      for (int i = 0; i < 10; i++) {
        delivery.submit(Messages.of("metrics-" + (i % 2 == 0 ? "a" : "new-" + i), 100));
      }

      delivery.drain(Duration.ofMillis(200));

      assertThat(settled.await(11).subList(1, 11))
          .extracting(Settled.Settlement::outcome)
          .containsOnly(new Undeliverable(Reason.SHUTDOWN, "no answer in time"));
    }
  }

  @Test
  void deliversTheLargestRecordWhereTheBrokerTakesIt() throws Exception {
    try (var broker = LocalBroker.started(Map.of("message.max.bytes", "6000000"));
        var delivery =
            new KafkaDelivery(
                KafkaSettings.of(broker.bootstrap()).with(KAFKA_COMPRESS_SNAPPY, "false").build(),
                Messages::encode,
                settled,
                new EventTap())) {
      delivery.start();
      for (int i = 0; i < 3; i++) {
        delivery.submit(Messages.of("metrics-large", (4 << 20) + 1000));
        delivery.submit(Messages.of("metrics-small", 700_000));
      }

      assertThat(settled.await(6)).allMatch(one -> one.outcome() instanceof Delivered);
    }
  }

  @Test
  void findsTheBrokersByTheFramework() throws Exception {
    try (var broker = LocalBroker.started();
        var framework = StandInFramework.started(broker.bootstrap());
        var dns = StandInDns.started()) {
      dns.srv("_kafka._tcp.marathon.mesos", 0, 0, framework.port(), "scheduler.mesos");
      Settings settings =
          TestSettings.defaults().with(DNS_SERVERS, dns.endpoint()).with(KAFKA_FLUSH_MS, 0).build();
      try (var delivery = new KafkaDelivery(settings, Messages::encode, settled, new EventTap())) {
        delivery.start();
        delivery.submit(Messages.of("metrics-a", 100));
        untilDown(delivery);
        dns.a("scheduler.mesos", "127.0.0.1");

        settled.await(1);
        assertThat(delivery.selfMetrics().brokers()).isEqualTo(broker.bootstrap());
        assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.UP);
      }
    }
  }

  /** Its turn has begun; it may not have been handed over yet. */
  private static void untilHandedOver(KafkaDelivery delivery) {
    Await.until("a message is in flight", () -> delivery.selfMetrics().onTheirWayMessages() > 0);
    assertThat(delivery.selfMetrics().onTheirWayMessages()).isEqualTo(1);
  }

  private static void untilDown(KafkaDelivery delivery) {
    Await.until("the outage", () -> delivery.selfMetrics().down());
  }

  private KafkaDelivery delivery(LocalBroker broker, Map<String, String> properties) {
    return delivery(broker, properties, Duration.ZERO);
  }

  private KafkaDelivery delivery(
      LocalBroker broker, Map<String, String> properties, Duration linger) {
    Settings settings =
        KafkaSettings.of(broker.bootstrap())
            .with(KAFKA_FLUSH_MS, linger.toMillis())
            .withKafkaProperties(properties)
            .build();
    return new KafkaDelivery(settings, Messages::encode, settled, new EventTap());
  }
}
