// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Answers what the scheduler of a Kafka framework answers at {@code /v1/connection}: where the
 * brokers are.
 */
public final class StandInFramework extends StandInServer {
  private final List<String> brokers;

  /**
   * Nothing listens before {@link #start}.
   *
   * @param brokers each {@code host:port}
   */
  public StandInFramework(List<String> brokers) {
    super(0, null);
    this.brokers = List.copyOf(brokers);
  }

  /** A framework that answers, on any port. */
  public static StandInFramework started(String... brokers) {
    var framework = new StandInFramework(List.of(brokers));
    framework.start();
    return framework;
  }

  @Override
  Answer usualAnswer(Request request) {
    if (!request.path().equals("/v1/connection")) {
      return new Answer(404, "");
    }
    String list =
        brokers.stream().map(broker -> '"' + broker + '"').collect(Collectors.joining(","));
    return new Answer(
        200,
        """
        {"address": [%s],
         "zookeeper": "master.mesos:2181/dcos-service-kafka",
         "dns": [%s],
         "vip": "broker.kafka.l4lb.thisdcos.directory:9092"}
        """
            .formatted(list, list));
  }
}
