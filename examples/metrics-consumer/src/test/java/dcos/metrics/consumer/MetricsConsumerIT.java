// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.testkit.broker.LocalBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MetricsConsumerIT {
  private static final LocalBroker BROKER = LocalBroker.builder().build();

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private @Nullable TopicReader reader;
  private @Nullable Thread reading;

  @BeforeAll
  static void startBroker() {
    BROKER.start();
  }

  @AfterAll
  static void stopBroker() {
    BROKER.close();
  }

  @AfterEach
  void stopReading() throws InterruptedException {
    if (reader != null && reading != null) {
      reader.stop();
      reading.join();
      reader.close();
    }
  }

  @Test
  void readsWhatIsThereAndTopicsThatAppear() throws Exception {
    send("metrics-a", "there");
    send("other-a", "not wanted");
    read(pattern("metrics-a.*"), true);
    assertThat(line()).contains("\"kafka_topic\":\"metrics-a\"", "\"offset\":0", "there");

    send("metrics-a-new", "first of a new topic");

    assertThat(line()).contains("metrics-a-new", "first of a new topic");
    assertThat(lines).isEmpty();
  }

  @Test
  void readsOnlyWhatComesFromNowOn() throws Exception {
    send("metrics-b", "old");
    read(List.of("metrics-b")::contains, false);

    // It says what was sent after it stood at the end, whenever that is.
    List<String> seen = new ArrayList<>();
    while (seen.isEmpty()) {
      send("metrics-b", "new");
      String line = lines.poll(100, TimeUnit.MILLISECONDS);
      if (line != null) {
        seen.add(line);
      }
    }

    assertThat(seen).allMatch(line -> line.contains("new"));
  }

  @Test
  void continuesAfterAMessageThatIsNoContainer() throws Exception {
    send("metrics-c", "garbage".getBytes(UTF_8));
    send("metrics-c", "good");
    read(List.of("metrics-c")::contains, true);

    assertThat(line()).contains("good");
    assertThat(said.poll(30, TimeUnit.SECONDS))
        .isEqualTo(
            "topic metrics-c partition 0 offset 0 is no container of metrics:"
                + " invalid magic 67617262: an object container begins with 4f626a01 at offset 0");
  }

  @Test
  void waitsForKafkaAndSaysSoOnce() throws Exception {
    try (var late = LocalBroker.builder().build()) {
      read(late.bootstrap(), _ -> true, true);
      assertThat(said.poll(60, TimeUnit.SECONDS))
          .isEqualTo("Kafka does not answer at " + late.bootstrap() + ", trying until it does");

      late.start();

      assertThat(said.poll(60, TimeUnit.SECONDS)).isEqualTo("Kafka answers at " + late.bootstrap());
    }
  }

  private void read(Predicate<String> wanted, boolean fromBeginning) {
    read(BROKER.bootstrap(), wanted, fromBeginning);
  }

  private void read(String brokers, Predicate<String> wanted, boolean fromBeginning) {
    var json = new JsonLines(Filter.ALL, lines::add, said::add);
    var starting = new TopicReader(brokers, wanted, fromBeginning, json::print, said::add);
    reader = starting;
    reading =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    starting.run(() -> true);
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  private String line() throws InterruptedException {
    return String.valueOf(lines.poll(60, TimeUnit.SECONDS));
  }

  private static Predicate<String> pattern(String regex) {
    return Pattern.compile(regex).asMatchPredicate();
  }

  private static void send(String topic, String name) throws Exception {
    send(topic, Containers.of(new MetricList(name, List.of(), List.of())));
  }

  private static void send(String topic, byte[] message) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", BROKER.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, message)).get();
    }
  }
}
