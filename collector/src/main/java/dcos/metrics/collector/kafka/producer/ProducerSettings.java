// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import dcos.metrics.collector.kafka.properties.KafkaProperties;
import dcos.metrics.collector.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the Kafka client is told, and what follows from it on this side. Immutable. */
public final class ProducerSettings {
  /** What a record may grow by on its way into a message: tags, and the container's header. */
  private static final int RECORD_GROWTH_BYTES = 256 * 1024;

  /** Of a heap of some 30 MB: a broker that freezes fills it. */
  private static final long BUFFER_BYTES = 5L << 20;

  /** What is left for messages of ordinary size beside one of the largest: at least, at most. */
  private static final long WINDOW_MIN_BYTES = 3L << 19;

  private static final long WINDOW_MAX_BYTES = 4L << 20;

  /**
   * A message is a batch of its own as a rule: a pool of large buffers would only be in the way.
   */
  private static final int BATCH_BYTES = 4096;

  private static final int REQUEST_TIMEOUT_MS = 15_000;
  private static final long DELIVERY_TIMEOUT_MS = 30_000;

  /**
   * How long one look for a topic's metadata takes at most: short, so that topics that do not exist
   * take turns quickly; who needs longer comes again.
   */
  private static final int MAX_BLOCK_MS = 1_000;

  /** How long one question of a client for questions takes at most, its connecting included. */
  private static final int ASK_MS = 3_000;

  /** The least that the client allows: topics that are seen once must not pile up. */
  private static final long METADATA_IDLE_MIN_MS = 5_000;

  private static final long METADATA_IDLE_MAX_MS = 60_000;

  /** An open batch's snappy stream: a block of 32 KB and its compressed form. */
  private static final long SNAPPY_STREAM_BYTES = 72 << 10;

  /** The client's own objects for a batch. */
  private static final long BATCH_OBJECTS_BYTES = 1 << 10;

  private final Map<String, Object> properties;
  private final Map<String, String> given;
  private final List<String> beaten;
  private final Duration linger;
  private final boolean snappy;
  private final long largest;

  private ProducerSettings(
      Map<String, Object> properties,
      Map<String, String> given,
      List<String> beaten,
      Duration linger,
      boolean snappy,
      long largest) {
    this.properties = Map.copyOf(properties);
    this.given = Map.copyOf(given);
    this.beaten = List.copyOf(beaten);
    this.linger = linger;
    this.snappy = snappy;
    this.largest = largest;
  }

  /** The configuration that follows from the settings; nothing is checked yet. */
  public static ProducerSettings of(Settings settings) {
    Settings.Kafka kafka = settings.kafka();
    long largest =
        Math.max(settings.input().maxBlockBytes(), settings.batching().maxBytes())
            + (long) RECORD_GROWTH_BYTES;
    Map<String, Object> properties = defaults(kafka, largest);
    properties.putAll(kafka.properties());
    Map<String, Object> ours = ours(kafka);
    List<String> beaten = new ArrayList<>(kafka.properties().keySet());
    beaten.retainAll(ours.keySet());
    properties.putAll(ours);
    return new ProducerSettings(
        properties, kafka.properties(), beaten, kafka.linger(), kafka.snappy(), largest);
  }

  /** What a property may change. */
  private static Map<String, Object> defaults(Settings.Kafka kafka, long largest) {
    long linger = kafka.linger().toMillis();
    long requestTimeout =
        number(kafka.properties(), ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    Map<String, Object> map = new HashMap<>();
    map.put(ProducerConfig.CLIENT_ID_CONFIG, "metrics-collector");
    map.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_BYTES, largest + WINDOW_MIN_BYTES));
    map.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, clampToInt(largest));
    map.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    map.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    map.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    map.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        clampToInt(Math.max(DELIVERY_TIMEOUT_MS, linger + requestTimeout)));
    map.put(
        ProducerConfig.METADATA_MAX_IDLE_CONFIG,
        Math.clamp(linger + 1_000L, METADATA_IDLE_MIN_MS, METADATA_IDLE_MAX_MS));
    map.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap");
    map.put(CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG, 30_000L);
    // Nobody reads them, and they cost memory.
    map.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    map.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return map;
  }

  /** What an option of ours decides. */
  private static Map<String, Object> ours(Settings.Kafka kafka) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        "",
        ProducerConfig.ACKS_CONFIG,
        kafka.allAcks() ? "all" : "1",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        kafka.allAcks(),
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        kafka.snappy() ? "snappy" : "none",
        ProducerConfig.LINGER_MS_CONFIG,
        clampToInt(kafka.linger().toMillis()),
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class);
  }

  /** For a client that begins with these brokers. */
  Map<String, Object> forBrokers(String bootstrap) {
    Map<String, Object> map = new HashMap<>(properties);
    map.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    return map;
  }

  /** For a client beside the one that sends, which only asks for metadata. */
  Map<String, Object> toAsk(String bootstrap) {
    Map<String, Object> map = forBrokers(bootstrap);
    map.put(ProducerConfig.CLIENT_ID_CONFIG, map.get(ProducerConfig.CLIENT_ID_CONFIG) + "-check");
    map.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    map.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ASK_MS);
    return map;
  }

  /**
   * Refuses properties that can never work, without asking the network.
   *
   * @throws IllegalArgumentException naming the property, its value unless it may be secret, and
   *     what is allowed
   */
  public void check() {
    KafkaProperties.check(forBrokers("localhost:9092"), given);
  }

  /** The names of properties that the client does not know, but a plugin of it may. */
  public List<String> unknown() {
    if (given.isEmpty()) {
      return List.of(); // without loading the client
    }
    Set<String> known = ProducerConfig.configNames();
    return given.keySet().stream().filter(name -> !known.contains(name)).sorted().toList();
  }

  /** The names of properties that an option of ours beats. */
  public List<String> beaten() {
    return beaten;
  }

  /** How long the client waits for more messages of a batch. */
  public Duration linger() {
    return linger;
  }

  /** How many bytes may be in flight at once beside one message of the largest size. */
  public long windowBytes() {
    long buffer = number(properties, ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    return Math.clamp(
        buffer - largest, Math.max(1, buffer / 4), Math.max(WINDOW_MAX_BYTES, buffer / 2));
  }

  /** How many bytes of the client's buffer the smallest message uses. */
  public long batchBytes() {
    return number(properties, ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
  }

  /** How many bytes a message uses in the client beside its own. */
  public long batchOverheadBytes() {
    return BATCH_OBJECTS_BYTES + (snappy ? SNAPPY_STREAM_BYTES : 0);
  }

  private static long number(Map<String, ?> properties, String name, long otherwise) {
    Object value = properties.get(name);
    try {
      return value == null ? otherwise : Long.parseLong(value.toString().trim());
    } catch (NumberFormatException _) {
      return otherwise; // the client says what is wrong with it
    }
  }

  private static int clampToInt(long value) {
    return Math.clamp(value, 0, Integer.MAX_VALUE);
  }
}
