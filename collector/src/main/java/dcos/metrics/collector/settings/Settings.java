// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a pipeline is told, one component for one room of it. Immutable; a value that
 * cannot be is refused where it is made. The options of the same names are in the README.
 *
 * @param shutdownTimeout how long a stop may take
 */
public record Settings(
    Input input,
    Limit inputLimit,
    Limit globalLimit,
    long memoryLimitBytes,
    RecordLogs recordLogs,
    Agent agent,
    Batching batching,
    Kafka kafka,
    Statsd statsd,
    Optional<Endpoint> httpEndpoint,
    Duration shutdownTimeout) {

  /**
   * Where Avro streams arrive.
   *
   * @param idleTimeout without a byte before a connection is closed; zero is never
   * @param readTimeout within which a header or block that has begun must be complete
   */
  public record Input(
      Endpoint listen,
      int maxConnections,
      Duration idleTimeout,
      Duration readTimeout,
      int maxHeaderBytes,
      int maxBlockBytes) {}

  /**
   * An allowance for each fixed period.
   *
   * @param amountBytes zero is no limit
   */
  public record Limit(long amountBytes, Duration period) {
    public boolean isUnlimited() {
      return amountBytes == 0;
    }
  }

  /** Which records are said on stderr, and how. */
  public record RecordLogs(
      boolean input, boolean output, boolean inputHexdump, boolean outputHexdump) {}

  /**
   * The node's Mesos agent.
   *
   * @param polling false asks nothing
   * @param ipCommand prints the agent's IP; split at spaces
   * @param scheme http or https
   * @param credential never printed
   */
  public record Agent(
      boolean polling,
      List<String> ipCommand,
      int port,
      String scheme,
      Duration pollPeriod,
      String metricsTopic,
      Optional<Path> testStateFile,
      Optional<Path> testSystemFile,
      Optional<Path> testContainersFile,
      Optional<Secret> credential) {}

  /**
   * When a topic's records become a message: when the first of these is reached.
   *
   * @param maxBytes of records in our encoding, before tags
   * @param period from a topic's first pending record
   */
  public record Batching(
      String topicPrefix,
      Optional<String> singleTopic,
      int maxRecords,
      int maxBytes,
      Duration period) {}

  /**
   * Where messages go.
   *
   * @param enabled false is a dry run
   * @param brokers empty asks the framework
   * @param properties the client's own, where no option of ours says otherwise
   */
  public record Kafka(
      boolean enabled,
      List<Endpoint> brokers,
      String framework,
      List<Endpoint> dnsServers,
      Duration linger,
      boolean snappy,
      boolean allAcks,
      boolean verbose,
      Map<String, String> properties) {}

  /**
   * The collector's own metrics.
   *
   * @param host none prints them
   */
  public record Statsd(Optional<String> host, int port, Duration period) {}

  /** A text that prints as asterisks. */
  public record Secret(String value) {
    @Override
    public String toString() {
      return "********";
    }
  }
}
