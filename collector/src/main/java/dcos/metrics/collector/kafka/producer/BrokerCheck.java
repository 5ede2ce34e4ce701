// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;

/**
 * One check of which brokers can be reached: asks the client for the leaders of some topics'
 * partitions, looks their names up and connects to them. A client that can reach no broker learns
 * of no leader either; then a second one asks, which begins with the first brokers again. Where no
 * leader is known at all, those are checked. Runs on a thread that may block; {@link #cancel} is
 * for any thread.
 */
public final class BrokerCheck implements Runnable {
  static final String BOOTSTRAP = "bootstrap";

  private static final int MAX_BROKERS = 5;
  private static final int MAX_ADDRESSES = 3;
  private static final Duration ASKING = Duration.ofSeconds(2);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final ProducerSession client;
  private final Means means;
  private final List<String> topics;
  private final BrokerListener listener;
  // Written by the checking thread, read by all.
  private volatile @Nullable CheckTarget lookingUp;
  private volatile @Nullable Socket connecting;
  // Written by all, read by the checking thread.
  private volatile boolean cancelled;

  /**
   * What a check uses.
   *
   * @param second makes a client that begins with these brokers, for questions only
   * @param names may block for long
   */
  public record Means(Function<String, ProducerSession> second, NameLookUp names) {}

  /** The addresses of a host. */
  @FunctionalInterface
  public interface NameLookUp {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /**
   * A broker to check.
   *
   * @param id its node id, or {@link #BOOTSTRAP} for one that the client began with
   * @param host as brokers advertise it
   * @param topic that it leads; empty for one that the client began with
   */
  record CheckTarget(String id, String host, int port, String topic) {
    String address() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * What was found.
   *
   * @param error why it cannot be reached, one line; empty if it can
   */
  record Finding(CheckTarget target, Optional<String> error) {}

  /** Takes what was found, once. */
  @FunctionalInterface
  interface BrokerListener {
    void checked(List<Finding> findings);
  }

  /**
   * @param topics whose leaders are checked
   */
  BrokerCheck(ProducerSession client, Means means, List<String> topics, BrokerListener listener) {
    this.client = client;
    this.means = means;
    this.topics = List.copyOf(topics);
    this.listener = listener;
  }

  @Override
  public void run() {
    List<Finding> findings = new ArrayList<>();
    for (CheckTarget target : targets()) {
      if (cancelled) {
        return;
      }
      findings.add(new Finding(target, errorOf(target)));
    }
    if (!cancelled) {
      listener.checked(findings);
    }
  }

  /** The broker whose name is being looked up now. */
  @Nullable CheckTarget lookingUp() {
    return lookingUp;
  }

  /** Ends it soon, without a word; a look-up of a name cannot be interrupted. */
  void cancel() {
    cancelled = true;
    Socket open = connecting;
    if (open != null) {
      closeQuietly(open);
    }
  }

  private List<CheckTarget> targets() {
    Map<String, CheckTarget> byAddress = leaders(client);
    if (byAddress.isEmpty() && !cancelled) {
      byAddress = leadersAskedAgain();
    }
    if (byAddress.isEmpty()) {
      for (String broker : client.brokers().split(",", -1)) {
        Endpoint endpoint = Endpoint.parse(broker);
        var target = new CheckTarget(BOOTSTRAP, endpoint.host(), endpoint.port(), "");
        byAddress.putIfAbsent(target.address(), target);
      }
    }
    return byAddress.values().stream().limit(MAX_BROKERS).toList();
  }

  private Map<String, CheckTarget> leadersAskedAgain() {
    ProducerSession asking;
    try {
      asking = means.second().apply(client.brokers());
    } catch (KafkaException _) {
      return new LinkedHashMap<>(); // the first brokers are checked instead
    }
    try {
      return leaders(asking);
    } finally {
      asking.abort();
    }
  }

  private Map<String, CheckTarget> leaders(ProducerSession asked) {
    Map<String, CheckTarget> byAddress = new LinkedHashMap<>();
    long begin = System.nanoTime();
    for (String topic : topics) {
      if (System.nanoTime() - begin > ASKING.toNanos()) {
        break; // each question about an unknown topic takes as long as the client waits for it
      }
      for (Node leader : leaders(asked, topic)) {
        var target = new CheckTarget(leader.idString(), leader.host(), leader.port(), topic);
        byAddress.putIfAbsent(target.address(), target);
      }
    }
    return byAddress;
  }

  private List<Node> leaders(ProducerSession asked, String topic) {
    if (cancelled || !asked.enter()) {
      return List.of();
    }
    try {
      return asked.leaders(topic);
    } catch (KafkaException | IllegalStateException _) {
      return List.of(); // the topic's own turn reports why; here the other topics matter
    } finally {
      asked.leave();
    }
  }

  private Optional<String> errorOf(CheckTarget target) {
    InetAddress[] addresses;
    lookingUp = target;
    try {
      addresses = means.names().addresses(target.host());
    } catch (UnknownHostException _) {
      return Optional.of("the host name does not resolve");
    } finally {
      lookingUp = null;
    }
    String error = "no address";
    for (InetAddress address :
        Arrays.asList(addresses).subList(0, Math.min(addresses.length, MAX_ADDRESSES))) {
      try {
        connect(new InetSocketAddress(address, target.port()));
        return Optional.empty();
      } catch (SocketTimeoutException _) {
        error =
            "no connection to "
                + address.getHostAddress()
                + " within "
                + CONNECT_TIMEOUT.toSeconds()
                + " s";
      } catch (IOException e) {
        error = address.getHostAddress() + ": " + e.getMessage();
      }
    }
    return Optional.of(error);
  }

  private void connect(InetSocketAddress address) throws IOException {
    try (var socket = new Socket()) {
      connecting = socket;
      if (!cancelled) {
        socket.connect(address, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
      }
    } finally {
      connecting = null;
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It was only there to see whether it connects.
    }
  }
}
