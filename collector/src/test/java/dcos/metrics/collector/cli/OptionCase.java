// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static dcos.metrics.collector.settings.Options.AGENT_IP_COMMAND;
import static dcos.metrics.collector.settings.Options.AGENT_METRICS_TOPIC;
import static dcos.metrics.collector.settings.Options.AGENT_POLLING;
import static dcos.metrics.collector.settings.Options.AGENT_POLL_PERIOD;
import static dcos.metrics.collector.settings.Options.AGENT_PORT;
import static dcos.metrics.collector.settings.Options.AGENT_SCHEME;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_CONTAINERS_FILE;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_STATE_FILE;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_SYSTEM_FILE;
import static dcos.metrics.collector.settings.Options.AGENT_TIMEOUT;
import static dcos.metrics.collector.settings.Options.AUTH_CREDENTIAL;
import static dcos.metrics.collector.settings.Options.DNS_SERVERS;
import static dcos.metrics.collector.settings.Options.GLOBAL_LIMIT_AMOUNT_KBYTES;
import static dcos.metrics.collector.settings.Options.GLOBAL_LIMIT_PERIOD;
import static dcos.metrics.collector.settings.Options.HTTP_ENDPOINT;
import static dcos.metrics.collector.settings.Options.HTTP_HOSTS;
import static dcos.metrics.collector.settings.Options.HTTP_TOKEN;
import static dcos.metrics.collector.settings.Options.IDLE_TIMEOUT;
import static dcos.metrics.collector.settings.Options.INPUT_LIMIT_AMOUNT_KBYTES;
import static dcos.metrics.collector.settings.Options.INPUT_LIMIT_PERIOD;
import static dcos.metrics.collector.settings.Options.KAFKA;
import static dcos.metrics.collector.settings.Options.KAFKA_BROKERS;
import static dcos.metrics.collector.settings.Options.KAFKA_COMPRESS_SNAPPY;
import static dcos.metrics.collector.settings.Options.KAFKA_FLUSH_MS;
import static dcos.metrics.collector.settings.Options.KAFKA_FRAMEWORK;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_COUNT;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_KBYTES;
import static dcos.metrics.collector.settings.Options.KAFKA_PRODUCE_PERIOD_MS;
import static dcos.metrics.collector.settings.Options.KAFKA_PROPERTY;
import static dcos.metrics.collector.settings.Options.KAFKA_REQUIRE_ALL_ACKS;
import static dcos.metrics.collector.settings.Options.KAFKA_SINGLE_TOPIC;
import static dcos.metrics.collector.settings.Options.KAFKA_TOPIC_PREFIX;
import static dcos.metrics.collector.settings.Options.KAFKA_VERBOSE;
import static dcos.metrics.collector.settings.Options.LISTEN_ENDPOINT;
import static dcos.metrics.collector.settings.Options.MAX_BLOCK_KBYTES;
import static dcos.metrics.collector.settings.Options.MAX_CONNECTIONS;
import static dcos.metrics.collector.settings.Options.MAX_HEADER_KBYTES;
import static dcos.metrics.collector.settings.Options.MEMORY_LIMIT_KBYTES;
import static dcos.metrics.collector.settings.Options.READ_TIMEOUT;
import static dcos.metrics.collector.settings.Options.RECORD_DIR;
import static dcos.metrics.collector.settings.Options.RECORD_FILE_MBYTES;
import static dcos.metrics.collector.settings.Options.RECORD_INPUT_HEXDUMP;
import static dcos.metrics.collector.settings.Options.RECORD_INPUT_LOG;
import static dcos.metrics.collector.settings.Options.RECORD_LIMIT_MBYTES;
import static dcos.metrics.collector.settings.Options.RECORD_OUTPUT_HEXDUMP;
import static dcos.metrics.collector.settings.Options.RECORD_OUTPUT_LOG;
import static dcos.metrics.collector.settings.Options.SHUTDOWN_TIMEOUT;
import static dcos.metrics.collector.settings.Options.STATSD_PERIOD;
import static dcos.metrics.collector.settings.Options.STATSD_UDP_HOST;
import static dcos.metrics.collector.settings.Options.STATSD_UDP_PORT;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is tried of an option.
 *
 * @param empty what an empty value behind "=" comes to; null where it is refused
 * @param bad what is refused
 * @param allowed what the refusal says is allowed
 */
record OptionCase(
    Option<?> option,
    String text,
    Function<Settings, Object> setting,
    Object expected,
    Object byDefault,
    @Nullable Object empty,
    List<String> bad,
    String allowed) {

  private static final String BOOLEAN = "true or false";
  private static final String TOPIC =
      "1 to 249 letters, digits, '.', '_' and '-', and not '.' or '..'";
  private static final String ENDPOINTS =
      "HOST:PORT with a port from 1 to 65535, an IPv6 address in brackets; several are separated by"
          + " commas";
  private static final String ENDPOINT =
      "HOST:PORT with a port from 0 to 65535, an IPv6 address in brackets";

  static final List<OptionCase> ALL =
      List.of(
          of(LISTEN_ENDPOINT, "[::1]:0", s -> s.input().listen(), new Endpoint("::1", 0))
              .standing(new Endpoint("127.0.0.1", 8124))
              .refusing(
                  ENDPOINT,
                  "8124",
                  ":8124",
                  "localhost",
                  "localhost:",
                  "h:65536",
                  "h:-1",
                  "h:+1",
                  "h:1.5",
                  "::1:8124",
                  "a b:1",
                  "h:1,i:2",
                  "http://h:1"),
          of(MAX_CONNECTIONS, "7", s -> s.input().maxConnections(), 7)
              .standing(1024)
              .number("", 1, 1_000_000),
          of(IDLE_TIMEOUT, "9", s -> s.input().idleTimeout(), Duration.ofSeconds(9))
              .standing(Duration.ZERO)
              .number(" of seconds", 0, 1_000_000),
          of(READ_TIMEOUT, "9", s -> s.input().readTimeout(), Duration.ofSeconds(9))
              .standing(Duration.ofSeconds(30))
              .number(" of seconds", 1, 1_000_000),
          of(MAX_HEADER_KBYTES, "9", s -> s.input().maxHeaderBytes(), 9216)
              .standing(65536)
              .number(" of KB", 1, 1 << 20),
          of(MAX_BLOCK_KBYTES, "9", s -> s.input().maxBlockBytes(), 9216)
              .standing(4 << 20)
              .number(" of KB", 1, 1 << 20),
          of(
                  INPUT_LIMIT_AMOUNT_KBYTES,
                  "3000000",
                  s -> s.inputLimit().amountBytes(),
                  3_072_000_000L)
              .standing(20480L * 1024)
              .number(" of KB", 0, 1_000_000_000),
          of(INPUT_LIMIT_PERIOD, "9", s -> s.inputLimit().period(), Duration.ofSeconds(9))
              .standing(Duration.ofSeconds(60))
              .number(" of seconds", 1, 1_000_000),
          of(GLOBAL_LIMIT_AMOUNT_KBYTES, "9", s -> s.globalLimit().amountBytes(), 9216L)
              .standing(40960L * 1024)
              .number(" of KB", 0, 1_000_000_000),
          of(GLOBAL_LIMIT_PERIOD, "9", s -> s.globalLimit().period(), Duration.ofSeconds(9))
              .standing(Duration.ofSeconds(60))
              .number(" of seconds", 1, 1_000_000),
          of(MEMORY_LIMIT_KBYTES, "16385", Settings::memoryLimitBytes, 16385L * 1024)
              .standing(16384L * 1024)
              .number(" of KB", 256, 1_000_000_000),
          flag(RECORD_INPUT_LOG, s -> s.recordLogs().input(), false),
          flag(RECORD_OUTPUT_LOG, s -> s.recordLogs().output(), false),
          flag(RECORD_INPUT_HEXDUMP, s -> s.recordLogs().inputHexdump(), false),
          flag(RECORD_OUTPUT_HEXDUMP, s -> s.recordLogs().outputHexdump(), false),
          of(RECORD_DIR, "/a b", s -> s.recording().dir(), Optional.of(Path.of("/a b")))
              .none()
              .refusing("the path of a folder"),
          of(RECORD_FILE_MBYTES, "9", s -> s.recording().fileBytes(), 9L << 20)
              .standing(64L << 20)
              .number(" of MB", 1, 1_000_000),
          of(RECORD_LIMIT_MBYTES, "200", s -> s.recording().limitBytes(), 200L << 20)
              .standing(1024L << 20)
              .number(" of MB", 1, 1_000_000),
          flag(AGENT_POLLING, s -> s.agent().polling(), true),
          of(
                  AGENT_IP_COMMAND,
                  "echo  -n x=1",
                  s -> s.agent().ipCommand(),
                  List.of("echo", "-n", "x=1"))
              .standing(List.of("/opt/mesosphere/bin/detect_ip"))
              .refusing("a command and its arguments, separated by blanks", " ", "  "),
          of(AGENT_PORT, "1", s -> s.agent().port(), 1).standing(5051).number("", 1, 65535),
          of(AGENT_SCHEME, "https", s -> s.agent().scheme(), "https")
              .standing("http")
              .refusing("http or https", "ftp", "HTTP", "http://"),
          of(AGENT_POLL_PERIOD, "9", s -> s.agent().pollPeriod(), Duration.ofSeconds(9))
              .standing(Duration.ofSeconds(15))
              .number(" of seconds", 1, 1_000_000),
          of(AGENT_TIMEOUT, "9", s -> s.agent().timeout(), Duration.ofSeconds(9))
              .standing(Duration.ofSeconds(15))
              .emptyIs(Duration.ofSeconds(15))
              .number(" of seconds", 1, 1_000_000),
          of(AGENT_METRICS_TOPIC, "a.b-c_d", s -> s.agent().metricsTopic(), "a.b-c_d")
              .standing("agent")
              .refusing(TOPIC, ".", "..", "a b", "a/b", "x".repeat(250)),
          of(
                  AGENT_TEST_STATE_FILE,
                  "/a b",
                  s -> s.agent().testStateFile(),
                  Optional.of(Path.of("/a b")))
              .none()
              .refusing("the path of a file"),
          of(
                  AGENT_TEST_SYSTEM_FILE,
                  "/a",
                  s -> s.agent().testSystemFile(),
                  Optional.of(Path.of("/a")))
              .none()
              .refusing("the path of a file"),
          of(
                  AGENT_TEST_CONTAINERS_FILE,
                  "a",
                  s -> s.agent().testContainersFile(),
                  Optional.of(Path.of("a")))
              .none()
              .refusing("the path of a file"),
          of(
                  AUTH_CREDENTIAL,
                  "hunter2=",
                  s -> s.agent().credential(),
                  Optional.of(new Settings.Secret("hunter2=")))
              .none()
              .refusing(
                  "printable ASCII characters on one line, without blanks around them",
                  "hunter2\nx",
                  "hunter2 ",
                  " hunter2",
                  "hunter2\u00e9"),
          flag(KAFKA, s -> s.kafka().enabled(), true),
          of(
                  KAFKA_BROKERS,
                  "a:1, [::1]:2",
                  s -> s.kafka().brokers(),
                  List.of(new Endpoint("a", 1), new Endpoint("::1", 2)))
              .standing(List.of())
              .emptyIs(List.of())
              .refusing(ENDPOINTS, "a", "a:0", "a:1,", ",a:1", "a:1,,b:2", "a:1;b:2", "SSL://a:1"),
          of(KAFKA_FRAMEWORK, "kafka-2.prod", s -> s.kafka().framework(), "kafka-2.prod")
              .standing("kafka")
              .refusing("a framework's name of letters, digits, '.', '_' and '-'", "a b", "a/b"),
          of(
                  DNS_SERVERS,
                  "8.8.8.8:53",
                  s -> s.kafka().dnsServers(),
                  List.of(new Endpoint("8.8.8.8", 53)))
              .standing(List.of())
              .emptyIs(List.of())
              .refusing(ENDPOINTS, "8.8.8.8", "8.8.8.8:0"),
          of(KAFKA_FLUSH_MS, "9", s -> s.kafka().linger(), Duration.ofMillis(9))
              .standing(Duration.ofSeconds(5))
              .number(" of milliseconds", 0, 1_000_000_000),
          flag(KAFKA_COMPRESS_SNAPPY, s -> s.kafka().snappy(), true),
          flag(KAFKA_REQUIRE_ALL_ACKS, s -> s.kafka().allAcks(), true),
          flag(KAFKA_VERBOSE, s -> s.kafka().verbose(), false),
          of(
                  KAFKA_PROPERTY,
                  "client.id=a=b",
                  s -> s.kafka().properties(),
                  Map.of("client.id", "a=b"))
              .standing(Map.of())
              .refusing(
                  "NAME=VALUE with a name of letters, digits, '.', '_' and '-'",
                  "hunter2",
                  "=hunter2",
                  "a b=hunter2"),
          of(KAFKA_TOPIC_PREFIX, "x.", s -> s.batching().topicPrefix(), "x.")
              .standing("metrics-")
              .emptyIs("")
              .refusing("at most 200 letters, digits, '.', '_' and '-'", "a b", "x".repeat(201)),
          of(KAFKA_SINGLE_TOPIC, "all", s -> s.batching().singleTopic(), Optional.of("all"))
              .none()
              .refusing(TOPIC, ".", "..", "a b", "\u00e4", "x".repeat(250)),
          of(KAFKA_PRODUCE_COUNT, "9", s -> s.batching().maxRecords(), 9)
              .standing(1024)
              .number("", 1, 1_000_000_000),
          of(KAFKA_PRODUCE_KBYTES, "9", s -> s.batching().maxBytes(), 9216)
              .standing(512 * 1024)
              .number(" of KB", 1, 1 << 20),
          of(KAFKA_PRODUCE_PERIOD_MS, "9", s -> s.batching().period(), Duration.ofMillis(9))
              .standing(Duration.ofSeconds(15))
              .number(" of milliseconds", 1, 1_000_000_000),
          of(STATSD_UDP_HOST, "statsd.local", s -> s.statsd().host(), Optional.of("statsd.local"))
              .none()
              .refusing("a host's name or address, without a port", "a b", "http://a", "a,b"),
          of(STATSD_UDP_PORT, "8125", s -> s.statsd().port(), 8125)
              .standing(0)
              .number("", 0, 65535),
          of(STATSD_PERIOD, "9", s -> s.statsd().period(), Duration.ofSeconds(9))
              .standing(Duration.ofSeconds(15))
              .number(" of seconds", 1, 1_000_000),
          of(
                  HTTP_ENDPOINT,
                  "0.0.0.0:80",
                  s -> s.http().endpoint(),
                  Optional.of(new Endpoint("0.0.0.0", 80)))
              .none()
              .refusing(ENDPOINT, "80", "h:99999"),
          of(HTTP_TOKEN, "t0ken", s -> s.http().token(), Optional.of(new Settings.Secret("t0ken")))
              .none()
              .refusing("printable ASCII characters on one line, without blanks around them", "a "),
          of(HTTP_HOSTS, "a, b.c", s -> s.http().hosts(), List.of("a", "b.c"))
              .standing(List.of())
              .emptyIs(List.of())
              .refusing(
                  "hosts' names, without ports; several are separated by commas",
                  "a:80",
                  "a,,b",
                  "http://a"),
          of(SHUTDOWN_TIMEOUT, "9", Settings::shutdownTimeout, Duration.ofSeconds(9))
              .standing(Duration.ofSeconds(10))
              .number(" of seconds", 1, 1_000_000));

  private static OptionCase of(
      Option<?> option, String text, Function<Settings, Object> setting, Object expected) {
    return new OptionCase(option, text, setting, expected, expected, null, List.of(), "");
  }

  private static OptionCase flag(
      Option<?> option, Function<Settings, Object> setting, boolean byDefault) {
    return of(option, String.valueOf(!byDefault), setting, !byDefault)
        .standing(byDefault)
        .refusing(BOOLEAN, "yes", "on", "2", "tru", " true");
  }

  private OptionCase standing(Object byDefault) {
    return new OptionCase(option, text, setting, expected, byDefault, empty, bad, allowed);
  }

  private OptionCase emptyIs(Object empty) {
    return new OptionCase(option, text, setting, expected, byDefault, empty, bad, allowed);
  }

  private OptionCase none() {
    return standing(Optional.empty()).emptyIs(Optional.empty());
  }

  private OptionCase refusing(String allowed, String... bad) {
    return new OptionCase(option, text, setting, expected, byDefault, empty, List.of(bad), allowed);
  }

  private OptionCase number(String unit, long min, long max) {
    return refusing(
        "a whole number" + unit + " from " + min + " to " + max,
        String.valueOf(min - 1),
        String.valueOf(max + 1),
        "1.5",
        "1e3",
        "0x1",
        "+1",
        " 1",
        "1 ",
        "one",
        "99999999999999999999",
        "\u0661");
  }

  /** Whether bad values are not repeated where they are refused. */
  boolean isMasked() {
    return option.isSecret() || option.equals(KAFKA_PROPERTY);
  }

  @Override
  public String toString() {
    return option.name();
  }
}
