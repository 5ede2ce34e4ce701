// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.time.Duration;
import java.util.Map;

/**
 * Builds settings from the values of options. No other class reads an option's value. Each argument
 * is preceded by the name of its component: Error Prone's check {@code ParameterName} fails the
 * build if the name is wrong, so two arguments of the same type cannot change places unnoticed.
 * Immutable.
 */
final class SettingsReader {
  /** Returns the value of an option: the one that was given, or its default. */
  interface Values {
    /**
     * The value of an option.
     *
     * @throws InvalidSettingsException if the value is not allowed
     */
    <T> T get(Option<T> option) throws InvalidSettingsException;
  }

  private final Values values;
  private final Map<String, String> kafkaProperties;

  /**
   * Reads nothing yet.
   *
   * @param kafkaProperties the values of {@link Options#KAFKA_PROPERTY}, which may be given several
   *     times, by the name of the property
   */
  SettingsReader(Values values, Map<String, String> kafkaProperties) {
    this.values = values;
    this.kafkaProperties = kafkaProperties;
  }

  /**
   * Reads the options in the order of {@link Options#ALL}, except that the group of messages comes
   * before the one of Kafka. The first error that is found is thrown.
   *
   * @throws InvalidSettingsException if a value is not allowed
   * @throws OptionConflict if values are not allowed together
   */
  Settings settings() throws InvalidSettingsException {
    return new Settings(
        /* input= */ input(),
        /* inputLimit= */ inputLimit(),
        /* globalLimit= */ globalLimit(),
        /* memoryLimitBytes= */ values.get(Options.MEMORY_LIMIT_KBYTES),
        /* recordLogs= */ recordLogs(),
        /* recording= */ recording(),
        /* agent= */ agent(),
        /* batching= */ batching(),
        /* kafka= */ kafka(),
        /* statsd= */ statsd(),
        /* http= */ http(),
        /* shutdownTimeout= */ values.get(Options.SHUTDOWN_TIMEOUT));
  }

  private Settings.Input input() throws InvalidSettingsException {
    return new Settings.Input(
        /* listen= */ values.get(Options.LISTEN_ENDPOINT),
        /* maxConnections= */ values.get(Options.MAX_CONNECTIONS),
        /* idleTimeout= */ values.get(Options.IDLE_TIMEOUT),
        /* readTimeout= */ values.get(Options.READ_TIMEOUT),
        /* maxHeaderBytes= */ values.get(Options.MAX_HEADER_KBYTES),
        /* maxBlockBytes= */ values.get(Options.MAX_BLOCK_KBYTES));
  }

  private Settings.Limit inputLimit() throws InvalidSettingsException {
    return new Settings.Limit(
        /* amountBytes= */ values.get(Options.INPUT_LIMIT_AMOUNT_KBYTES),
        /* period= */ values.get(Options.INPUT_LIMIT_PERIOD));
  }

  private Settings.Limit globalLimit() throws InvalidSettingsException {
    return new Settings.Limit(
        /* amountBytes= */ values.get(Options.GLOBAL_LIMIT_AMOUNT_KBYTES),
        /* period= */ values.get(Options.GLOBAL_LIMIT_PERIOD));
  }

  private Settings.RecordLogs recordLogs() throws InvalidSettingsException {
    return new Settings.RecordLogs(
        /* input= */ values.get(Options.RECORD_INPUT_LOG),
        /* output= */ values.get(Options.RECORD_OUTPUT_LOG),
        /* inputHexdump= */ values.get(Options.RECORD_INPUT_HEXDUMP),
        /* outputHexdump= */ values.get(Options.RECORD_OUTPUT_HEXDUMP));
  }

  private Settings.RecordingSettings recording() throws InvalidSettingsException {
    return new Settings.RecordingSettings(
        /* dir= */ values.get(Options.RECORD_DIR),
        /* fileBytes= */ values.get(Options.RECORD_FILE_MBYTES),
        /* limitBytes= */ values.get(Options.RECORD_LIMIT_MBYTES));
  }

  private Settings.Agent agent() throws InvalidSettingsException {
    return new Settings.Agent(
        /* polling= */ values.get(Options.AGENT_POLLING),
        /* ipCommand= */ values.get(Options.AGENT_IP_COMMAND),
        /* port= */ values.get(Options.AGENT_PORT),
        /* scheme= */ values.get(Options.AGENT_SCHEME),
        /* pollPeriod= */ values.get(Options.AGENT_POLL_PERIOD),
        /* timeout= */ agentTimeout(),
        /* metricsTopic= */ values.get(Options.AGENT_METRICS_TOPIC),
        /* testStateFile= */ values.get(Options.AGENT_TEST_STATE_FILE),
        /* testSystemFile= */ values.get(Options.AGENT_TEST_SYSTEM_FILE),
        /* testContainersFile= */ values.get(Options.AGENT_TEST_CONTAINERS_FILE),
        /* credential= */ values.get(Options.AUTH_CREDENTIAL));
  }

  private Duration agentTimeout() throws InvalidSettingsException {
    Duration pollPeriod = values.get(Options.AGENT_POLL_PERIOD);
    return values
        .get(Options.AGENT_TIMEOUT)
        .orElseGet(() -> Settings.Agent.defaultTimeout(pollPeriod));
  }

  private Settings.Batching batching() throws InvalidSettingsException {
    return new Settings.Batching(
        /* topicPrefix= */ values.get(Options.KAFKA_TOPIC_PREFIX),
        /* singleTopic= */ values.get(Options.KAFKA_SINGLE_TOPIC),
        /* maxRecords= */ values.get(Options.KAFKA_PRODUCE_COUNT),
        /* maxBytes= */ values.get(Options.KAFKA_PRODUCE_KBYTES),
        /* period= */ values.get(Options.KAFKA_PRODUCE_PERIOD_MS));
  }

  private Settings.Kafka kafka() throws InvalidSettingsException {
    return new Settings.Kafka(
        /* enabled= */ values.get(Options.KAFKA),
        /* brokers= */ values.get(Options.KAFKA_BROKERS),
        /* framework= */ values.get(Options.KAFKA_FRAMEWORK),
        /* dnsServers= */ values.get(Options.DNS_SERVERS),
        /* linger= */ values.get(Options.KAFKA_FLUSH_MS),
        /* snappy= */ values.get(Options.KAFKA_COMPRESS_SNAPPY),
        /* allAcks= */ values.get(Options.KAFKA_REQUIRE_ALL_ACKS),
        /* verbose= */ values.get(Options.KAFKA_VERBOSE),
        /* properties= */ kafkaProperties);
  }

  private Settings.Statsd statsd() throws InvalidSettingsException {
    return new Settings.Statsd(
        /* host= */ values.get(Options.STATSD_UDP_HOST),
        /* port= */ values.get(Options.STATSD_UDP_PORT),
        /* period= */ values.get(Options.STATSD_PERIOD));
  }

  private Settings.Http http() throws InvalidSettingsException {
    return new Settings.Http(
        /* endpoint= */ values.get(Options.HTTP_ENDPOINT),
        /* token= */ values.get(Options.HTTP_TOKEN),
        /* hosts= */ values.get(Options.HTTP_HOSTS));
  }
}
