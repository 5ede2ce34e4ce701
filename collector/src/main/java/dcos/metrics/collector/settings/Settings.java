// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a pipeline, one component for each of its parts. Immutable; an invalid value is
 * refused by the constructor. The options of the same names are in the README.
 *
 * @param shutdownTimeout how long a stop may take
 */
public record Settings(
    Input input,
    Limit inputLimit,
    Limit globalLimit,
    long memoryLimitBytes,
    RecordLogs recordLogs,
    RecordingSettings recording,
    Agent agent,
    Batching batching,
    Kafka kafka,
    Statsd statsd,
    Http http,
    Duration shutdownTimeout) {
  public Settings {
    positive("memory limit", memoryLimitBytes);
    positive("shutdown timeout", shutdownTimeout);
    // No block may be larger than this, or a few could stall the budget.
    if (input.maxBlockBytes() > memoryLimitBytes / 4) {
      throw new OptionConflict(
          List.of(Options.MAX_BLOCK_KBYTES, Options.MEMORY_LIMIT_KBYTES),
          "a block may take at most a quarter of the memory limit");
    }
    if (input.maxHeaderBytes() > memoryLimitBytes / 4) {
      throw new OptionConflict(
          List.of(Options.MAX_HEADER_KBYTES, Options.MEMORY_LIMIT_KBYTES),
          "a header may take at most a quarter of the memory limit");
    }
    if (recording.dir().isPresent() && !recordLogs.input() && !recordLogs.output()) {
      throw new OptionConflict(
          List.of(Options.RECORD_DIR, Options.RECORD_INPUT_LOG, Options.RECORD_OUTPUT_LOG),
          "a folder for recordings needs one of the two, or both");
    }
  }

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
      int maxBlockBytes) {
    public Input {
      positive("max connections", maxConnections);
      notNegative("idle timeout", idleTimeout);
      positive("read timeout", readTimeout);
      positive("max header", maxHeaderBytes);
      positive("max block", maxBlockBytes);
    }

    /** As this, with another number of connections. */
    public Input withMaxConnections(int connections) {
      return new Input(
          listen, connections, idleTimeout, readTimeout, maxHeaderBytes, maxBlockBytes);
    }
  }

  /**
   * An allowance for each fixed period.
   *
   * @param amountBytes zero means unlimited
   */
  public record Limit(long amountBytes, Duration period) {
    public Limit {
      notNegative("limit", amountBytes);
      positive("limit period", period);
    }
  }

  /** Which records are printed on stderr, and how. */
  public record RecordLogs(
      boolean input, boolean output, boolean inputHexdump, boolean outputHexdump) {
    /** What is left on stderr where records go to files. */
    public RecordLogs hexdumpsOnly() {
      return new RecordLogs(false, false, inputHexdump, outputHexdump);
    }
  }

  /**
   * Where recordings go.
   *
   * @param dir none says them on stderr instead
   * @param fileBytes when the next file begins
   * @param limitBytes of all files together
   */
  public record RecordingSettings(Optional<Path> dir, long fileBytes, long limitBytes) {
    public RecordingSettings {
      positive("recording file", fileBytes);
      if (limitBytes / 2 < fileBytes) {
        throw new OptionConflict(
            List.of(Options.RECORD_FILE_MBYTES, Options.RECORD_LIMIT_MBYTES),
            "the limit must be at least two files");
      }
    }
  }

  /**
   * The node's Mesos agent.
   *
   * @param polling false asks nothing
   * @param ipCommand prints the agent's IP; split at spaces
   * @param scheme http or https
   * @param timeout for one answer, headers and body together
   * @param credential never printed
   */
  public record Agent(
      boolean polling,
      List<String> ipCommand,
      int port,
      String scheme,
      Duration pollPeriod,
      Duration timeout,
      String metricsTopic,
      Optional<Path> testStateFile,
      Optional<Path> testSystemFile,
      Optional<Path> testContainersFile,
      Optional<Secret> credential) {
    // A tenth of a core takes seconds to write, and to read, a state of many megabytes.
    private static final Duration SHORTEST_DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public Agent {
      ipCommand = List.copyOf(ipCommand);
      Settings.port("agent port", port);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException("agent scheme must be http or https, was " + scheme);
      }
      positive("agent poll period", pollPeriod);
      positive("agent timeout", timeout);
    }

    /** As long as the period, but at least 5 and at most 30 seconds. */
    public static Duration defaultTimeout(Duration pollPeriod) {
      if (pollPeriod.compareTo(SHORTEST_DEFAULT_TIMEOUT) < 0) {
        return SHORTEST_DEFAULT_TIMEOUT;
      }
      return pollPeriod.compareTo(LONGEST_DEFAULT_TIMEOUT) > 0
          ? LONGEST_DEFAULT_TIMEOUT
          : pollPeriod;
    }

    /** Whether files stand for everything that the agent would be asked for. */
    public boolean readsOnlyFiles() {
      return testStateFile.isPresent()
          && testSystemFile.isPresent()
          && testContainersFile.isPresent();
    }
  }

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
      Duration period) {
    public Batching {
      positive("records of a message", maxRecords);
      positive("bytes of a message", maxBytes);
      positive("produce period", period);
    }
  }

  /**
   * Where messages go.
   *
   * @param enabled false is a dry run
   * @param brokers empty asks the framework
   * @param framework empty where there is none
   * @param dnsServers empty asks the system's
   * @param properties the client's own, where no option of ours says otherwise; values may be
   *     secret
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
      Map<String, String> properties) {
    public Kafka {
      brokers = List.copyOf(brokers);
      dnsServers = List.copyOf(dnsServers);
      properties = Map.copyOf(properties);
      properties.keySet().forEach(KafkaProperty::requireName);
      notNegative("linger", linger);
      if (enabled && brokers.isEmpty() && framework.isEmpty()) {
        throw new OptionConflict(
            List.of(Options.KAFKA, Options.KAFKA_BROKERS, Options.KAFKA_FRAMEWORK),
            "brokers or a framework must be given, or --kafka=false");
      }
    }

    /** The names of the properties that are set to the empty string, in order. */
    public List<String> emptyProperties() {
      return properties.entrySet().stream()
          .filter(property -> property.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .sorted()
          .toList();
    }

    @Override
    public String toString() {
      List<String> printable =
          properties.entrySet().stream()
              .map(property -> new KafkaProperty(property.getKey(), property.getValue()).toString())
              .sorted()
              .toList();
      return "Kafka[enabled=%s, brokers=%s, framework=%s, properties=%s]"
          .formatted(enabled, brokers, framework, printable);
    }
  }

  /**
   * What the collector shows over HTTP.
   *
   * @param endpoint empty shows nothing
   * @param token that requests for {@code /events} must carry; empty: only this machine may request
   *     them
   * @param hosts names that requests may have as their {@code Host}, beside those always allowed
   */
  public record Http(Optional<Endpoint> endpoint, Optional<Secret> token, List<String> hosts) {
    public Http {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * The collector's own metrics.
   *
   * @param host none prints them
   */
  public record Statsd(Optional<String> host, int port, Duration period) {
    public Statsd {
      Settings.port("StatsD port", port);
      positive("StatsD period", period);
      if (host.isPresent() && port == 0) {
        throw new OptionConflict(
            List.of(Options.STATSD_UDP_HOST, Options.STATSD_UDP_PORT),
            "a StatsD host needs a port from 1 to 65535");
      }
    }
  }

  /** The texts that must not be printed, wherever they come up again; no Kafka properties. */
  public List<String> secrets() {
    return Stream.of(agent.credential(), http.token())
        .flatMap(Optional::stream)
        .map(Secret::value)
        .toList();
  }

  /** A text that prints as asterisks. */
  public record Secret(String value) {
    @Override
    public String toString() {
      return Option.MASK;
    }
  }

  private static void positive(String what, long number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " must be above 0, was " + number);
    }
  }

  private static void positive(String what, Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException(what + " must be above 0, was " + time);
    }
  }

  private static void notNegative(String what, long number) {
    if (number < 0) {
      throw new IllegalArgumentException(what + " must be at least 0, was " + number);
    }
  }

  private static void notNegative(String what, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(what + " must be at least 0, was " + time);
    }
  }

  private static void port(String what, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(what + " must be 0 to 65535, was " + port);
    }
  }
}
