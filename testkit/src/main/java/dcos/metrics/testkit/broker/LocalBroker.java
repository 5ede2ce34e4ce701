// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.broker;

import dcos.metrics.testkit.FreePorts;
import dcos.metrics.testkit.TemporaryFolders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker, started from its own jars in this process: one node that is its own
 * controller, on 127.0.0.1, with its data in a temporary folder that {@link #close} deletes.
 *
 * <pre>{@code
 * try (var broker = LocalBroker.started()) {
 *   produceTo(broker.bootstrap());
 *   broker.stop();
 *   broker.start(); // the same port, the same data
 * }
 * }</pre>
 *
 * <p>Its ports are chosen when it is built, so that {@link #bootstrap} can be told to a client
 * before the broker starts. They lie below the range that the system gives to outgoing connections:
 * a client that keeps trying a stopped broker's port never takes it. Creates topics by itself, one
 * partition each, unless told otherwise.
 *
 * <p>Thread-safe; starting and stopping exclude each other.
 */
public final class LocalBroker implements AutoCloseable {
  private static final String CLIENTS = "PLAINTEXT";
  private static final String CONTROLLER = "CONTROLLER";

  private final int nodeId;
  private final Cluster cluster;
  // By listener name, in the order they were asked for; the clients' own is always there.
  private final Map<String, Integer> ports;
  private final Map<String, String> overrides;

  // All guarded by this.
  private @Nullable Path folder;
  private @Nullable KafkaRaftServer server;
  private boolean closed;

  /** What the nodes of a cluster must agree on. */
  private record Cluster(String id, int controllerPort) {}

  private LocalBroker(
      int nodeId, Cluster cluster, Map<String, Integer> ports, Map<String, String> overrides) {
    this.nodeId = nodeId;
    this.cluster = cluster;
    this.ports = new LinkedHashMap<>(ports);
    this.overrides = Map.copyOf(overrides);
  }

  /** A broker that is not started yet, as most want it. */
  public static Builder builder() {
    return new Builder();
  }

  /** A running broker, as most want it. */
  public static LocalBroker started() {
    return builder().start();
  }

  /** A running broker with these broker properties, which beat its own. */
  public static LocalBroker started(Map<String, String> properties) {
    return builder().properties(properties).start();
  }

  /** What differs from a broker as most want it. */
  public static final class Builder {
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>(Map.of(CLIENTS, 0));

    private Builder() {}

    /** A broker property, such as {@code message.max.bytes}. */
    public Builder property(String name, String value) {
      overrides.put(name, value);
      return this;
    }

    /** Broker properties. */
    public Builder properties(Map<String, String> properties) {
      overrides.putAll(properties);
      return this;
    }

    /** Where clients connect without TLS; 0, the default, picks a port. */
    public Builder port(int port) {
      ports.put(CLIENTS, port);
      return this;
    }

    /**
     * One more listener, on a port of its own.
     *
     * @param protocol SSL, SASL_PLAINTEXT or SASL_SSL; what it needs (keystores and so on) are
     *     {@link #property broker properties}
     */
    public Builder listener(String protocol) {
      ports.put(protocol, 0);
      return this;
    }

    /** Picks the ports; nothing is started. */
    public LocalBroker build() {
      Map<String, Integer> picked = new LinkedHashMap<>(ports);
      picked.replaceAll((_, port) -> port == 0 ? FreePorts.pick() : port);
      var cluster = new Cluster(Uuid.randomUuid().toString(), FreePorts.pick());
      return new LocalBroker(1, cluster, picked, overrides);
    }

    /** Builds and starts. */
    public LocalBroker start() {
      LocalBroker broker = build();
      try {
        broker.start();
      } catch (RuntimeException e) {
        broker.close();
        throw e;
      }
      return broker;
    }
  }

  /** Where clients connect, as {@code 127.0.0.1:port}; known before the broker is started. */
  public String bootstrap() {
    return bootstrap(CLIENTS);
  }

  /** Where clients of a further listener connect, as {@code 127.0.0.1:port}. */
  public String bootstrap(String protocol) {
    Integer port = ports.get(protocol);
    if (port == null) {
      throw new IllegalArgumentException("no listener " + protocol + ", there are " + ports);
    }
    return "127.0.0.1:" + port;
  }

  /** The port that clients connect to. */
  public int port() {
    return ports.getOrDefault(CLIENTS, 0);
  }

  /**
   * Starts the broker, the first time or after {@link #stop}; returns when it serves clients. A
   * running broker stays as it is.
   *
   * @throws IllegalStateException if a port is taken, or after {@link #close}
   */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    if (closed) {
      throw new IllegalStateException("the broker is closed");
    }
    // Kafka itself ends the process when it cannot bind, so look first.
    ports.values().forEach(FreePorts::requireFree);
    if (isController()) {
      FreePorts.requireFree(cluster.controllerPort());
    }
    var config = new KafkaConfig(properties(formattedFolder()));
    var starting = new KafkaRaftServer(config, Time.SYSTEM);
    starting.startup();
    server = starting;
  }

  /** Stops the broker in an orderly way; its data and ports stay its own for the next start. */
  public synchronized void stop() {
    KafkaRaftServer stopping = server;
    if (stopping == null) {
      return;
    }
    server = null;
    stopping.shutdown();
    stopping.awaitShutdown();
  }

  /** Stops the broker and deletes its data. Idempotent. */
  @Override
  public synchronized void close() {
    stop();
    closed = true;
    if (folder != null) {
      TemporaryFolders.delete(folder);
      folder = null;
    }
  }

  /**
   * A second node for this broker's cluster, not started: it takes part in nothing but the topics
   * that are assigned to it. It must be closed before this broker is.
   *
   * @param nodeId 2 or more, each once
   */
  public LocalBroker node(int nodeId) {
    if (nodeId < 2) {
      throw new IllegalArgumentException("a further node's id must be 2 or more, was " + nodeId);
    }
    return new LocalBroker(nodeId, cluster, Map.of(CLIENTS, FreePorts.pick()), overrides);
  }

  /**
   * Makes a topic of one partition that has no leader: its only replica is on a node that was
   * started for it and is stopped again. The cluster's metadata names the topic and its partition,
   * so a producer takes records for it at once, and holds them until its {@code
   * delivery.timeout.ms}. Every other topic works.
   *
   * @return the stopped node: its {@link #start} gives the topic its leader (within some seconds:
   *     the cluster must have missed the node first); close it before this broker
   */
  public LocalBroker createTopicWithoutLeader(String topic) throws InterruptedException {
    LocalBroker holder = node(2);
    try {
      holder.start();
      createTopic(new NewTopic(topic, Map.of(0, List.of(holder.nodeId))));
      holder.stop();
    } catch (InterruptedException | RuntimeException e) {
      holder.close();
      throw e;
    }
    return holder;
  }

  /** Makes a topic, with as many partitions and on as many nodes as it says. */
  public void createTopic(NewTopic topic) throws InterruptedException {
    try (var admin = admin()) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic.name() + " could not be made", e.getCause());
    }
  }

  /** A client to administer the cluster with; the caller closes it. */
  public Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()));
  }

  private boolean isController() {
    return nodeId == 1;
  }

  /** The folder with the data, made and formatted at the first start. */
  private Path formattedFolder() {
    if (folder != null) {
      return folder;
    }
    try {
      folder = Files.createTempDirectory("local-broker-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (var quiet = new PrintStream(OutputStream.nullOutputStream())) {
      new Formatter()
          .setPrintStream(quiet)
          .setClusterId(cluster.id())
          .setNodeId(nodeId)
          .setControllerListenerName(CONTROLLER)
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + folder, e);
    }
    return folder;
  }

  private Map<String, String> properties(Path data) {
    Map<String, String> listeners = new LinkedHashMap<>();
    ports.forEach((name, port) -> listeners.put(name, name + "://127.0.0.1:" + port));
    Map<String, String> properties = new LinkedHashMap<>(SmallBrokerSettings.PROPERTIES);
    properties.put("node.id", Integer.toString(nodeId));
    properties.put("process.roles", isController() ? "broker,controller" : "broker");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + cluster.controllerPort());
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("inter.broker.listener.name", CLIENTS);
    properties.put("advertised.listeners", String.join(",", listeners.values()));
    if (isController()) {
      listeners.put(CONTROLLER, CONTROLLER + "://127.0.0.1:" + cluster.controllerPort());
    }
    properties.put("listeners", String.join(",", listeners.values()));
    properties.put(
        "listener.security.protocol.map",
        ports.keySet().stream()
            .map(name -> name + ":" + name)
            .collect(Collectors.joining(",", CONTROLLER + ":PLAINTEXT,", "")));
    properties.put("log.dirs", data.toString());
    properties.putAll(overrides);
    return properties;
  }
}
