// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.testkit.FreePorts;
import dcos.metrics.testkit.broker.LocalBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class LocalBrokerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void givesBackWhatWasSentAfterItWasStoppedAndStartedOnTheSamePort() throws Exception {
    // A client that begins anew when all brokers have gone forgets which topics there are.
    try (var broker = LocalBroker.started();
        var producer = producer(broker, Map.of("metadata.recovery.strategy", "none"))) {
      String before = broker.bootstrap();
      producer.send(new ProducerRecord<>("kept", "first")).get();

      broker.stop();
      assertThat(FreePorts.isFree(broker.port())).isTrue();
      var whileStopped = producer.send(new ProducerRecord<>("kept", "second"));
      broker.start();

      assertThat(broker.bootstrap()).isEqualTo(before);
      assertThat(whileStopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).offset()).isEqualTo(1);
      assertThat(read(broker, "kept", 2)).containsExactly("first", "second");
    }
  }

  @Test
  void knowsItsPortBeforeItStarts() throws Exception {
    try (var broker = LocalBroker.builder().build();
        var producer = producer(broker, Map.of())) {
      assertThat(FreePorts.isFree(broker.port())).isTrue();

      broker.start();

      producer.send(new ProducerRecord<>("later", "x")).get();
      assertThat(read(broker, "later", 1)).containsExactly("x");
    }
  }

  @Test
  void keepsATopicWithoutLeaderUntilItsNodeStarts() throws Exception {
    try (var broker = LocalBroker.started();
        var holder = broker.createTopicWithoutLeader("headless");
        var producer =
            producer(broker, Map.of("delivery.timeout.ms", "2000", "request.timeout.ms", "1000"))) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("headless", "x")).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      producer.send(new ProducerRecord<>("other", "y")).get();
      assertThat(read(broker, "other", 1)).containsExactly("y");

      holder.start();

      try (var patient = producer(broker, Map.of())) {
        patient.send(new ProducerRecord<>("headless", "z")).get();
      }
      assertThat(read(broker, "headless", 1)).containsExactly("z");
    }
  }

  @Test
  void takesBrokerProperties() throws Exception {
    try (var broker =
            LocalBroker.started(
                Map.of("auto.create.topics.enable", "false", "message.max.bytes", "2000"));
        var producer = producer(broker, Map.of());
        var impatient = producer(broker, Map.of("max.block.ms", "1000"))) {
      assertThatThrownBy(() -> impatient.send(new ProducerRecord<>("nobody-made-it", "x")).get())
          .hasCauseInstanceOf(TimeoutException.class);

      broker.createTopic(new NewTopic("made", 1, (short) 1));
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("made", "x".repeat(3000))).get())
          .hasCauseInstanceOf(RecordTooLargeException.class);
    }
  }

  @Test
  void refusesATopicToEverybodyByAnAccessRule() throws Exception {
    try (var broker =
            LocalBroker.started(
                Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "true"));
        var admin = broker.admin();
        var producer = producer(broker, Map.of())) {
      var rule =
          new AclBinding(
              new ResourcePattern(ResourceType.TOPIC, "forbidden", PatternType.LITERAL),
              new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY));
      admin.createAcls(List.of(rule)).all().get();

      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("forbidden", "x")).get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      producer.send(new ProducerRecord<>("allowed", "y")).get();
    }
  }

  @Test
  void deletesItsDataWhenClosed() throws Exception {
    List<Path> folders = new ArrayList<>();
    var broker = LocalBroker.started();
    try (var admin = broker.admin()) {
      for (var directory : admin.describeLogDirs(List.of(1)).allDescriptions().get().values()) {
        directory.keySet().forEach(path -> folders.add(Path.of(path)));
      }
      assertThat(folders).hasSize(1).allMatch(Files::exists);
    } finally {
      broker.close();
    }
    broker.close();

    assertThat(folders).noneMatch(Files::exists);
    assertThatThrownBy(broker::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the broker is closed");
  }

  @Test
  void reportsThatAPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        var broker = LocalBroker.builder().port(taken.getLocalPort()).build()) {
      assertThatThrownBy(broker::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("port " + taken.getLocalPort() + " of 127.0.0.1 is taken");
    }
  }

  private static KafkaProducer<String, String> producer(
      LocalBroker broker, Map<String, Object> more) {
    Map<String, Object> properties =
        new HashMap<>(Map.of("bootstrap.servers", broker.bootstrap(), "max.block.ms", "15000"));
    properties.putAll(more);
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  private static List<String> read(LocalBroker broker, String topic, int count) {
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
      }
    }
    return values;
  }
}
