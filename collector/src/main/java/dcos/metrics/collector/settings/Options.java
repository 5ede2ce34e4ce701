// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import static dcos.metrics.collector.settings.OptionGroup.AGENT;
import static dcos.metrics.collector.settings.OptionGroup.INPUT;
import static dcos.metrics.collector.settings.OptionGroup.LIMITS;
import static dcos.metrics.collector.settings.OptionGroup.MESSAGES;
import static dcos.metrics.collector.settings.OptionGroup.PROGRAM;
import static dcos.metrics.collector.settings.OptionGroup.RECORDS;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All options, in the order in which help lists them. */
public final class Options {
  private static final List<Option<?>> TABLE = new ArrayList<>();
  private static final String NONE = "";

  public static final Option<Endpoint> LISTEN_ENDPOINT =
      option(
          "listen-endpoint",
          INPUT,
          ValueType.ENDPOINT,
          "127.0.0.1:8124",
          "Where Avro streams arrive over TCP. Port 0 picks a free one.");
  public static final Option<Integer> MAX_CONNECTIONS =
      option(
          "max-connections",
          INPUT,
          ValueType.number(1, 1_000_000),
          "1024",
          "A connection beyond this number takes the place of silent ones. If all are active, it is"
              + " closed and counted.");
  public static final Option<Duration> IDLE_TIMEOUT =
      option(
          "idle-timeout",
          INPUT,
          ValueType.seconds(0),
          "0",
          "A connection is closed after this time without a byte. 0 is never.");
  public static final Option<Duration> READ_TIMEOUT =
      option(
          "read-timeout",
          INPUT,
          ValueType.seconds(1),
          "30",
          "A header or block that has begun must be complete within this time.");
  public static final Option<Integer> MAX_HEADER_KBYTES =
      option(
          "max-header-kbytes",
          INPUT,
          ValueType.arrayKbytes(),
          "64",
          "The largest header of a stream. Four of them must fit the heap beside all else, or 1 MB.");
  public static final Option<Integer> MAX_BLOCK_KBYTES =
      option(
          "max-block-kbytes",
          INPUT,
          ValueType.arrayKbytes(),
          "4096",
          "The largest block of a stream, before and after decompression. At most a quarter of"
              + " memory-limit-kbytes.");

  public static final Option<Long> INPUT_LIMIT_AMOUNT_KBYTES =
      option(
          "input-limit-amount-kbytes",
          LIMITS,
          ValueType.kbytes(0),
          "20480",
          "What each connection may send in a period: the record that crosses it still passes,"
              + " those after it are dropped and counted. 0 is no limit.");
  public static final Option<Duration> INPUT_LIMIT_PERIOD =
      option(
          "input-limit-period",
          LIMITS,
          ValueType.seconds(1),
          "60",
          "The period of input-limit-amount-kbytes.");
  public static final Option<Long> GLOBAL_LIMIT_AMOUNT_KBYTES =
      option(
          "global-limit-amount-kbytes",
          LIMITS,
          ValueType.kbytes(0),
          "40960",
          "What may leave in a period, by message: the message that crosses it still passes, those"
              + " after it are dropped and counted. 0 is no limit.");
  public static final Option<Duration> GLOBAL_LIMIT_PERIOD =
      option(
          "global-limit-period",
          LIMITS,
          ValueType.seconds(1),
          "60",
          "The period of global-limit-amount-kbytes.");
  public static final Option<Long> MEMORY_LIMIT_KBYTES =
      option(
          "memory-limit-kbytes",
          LIMITS,
          ValueType.kbytes(256),
          "16384",
          "What may be held in memory between sockets and Kafka. When it is used up, nothing more is"
              + " read until something has left. With record-dir, up to a quarter of it is for"
              + " recordings. More than the default needs a larger heap:"
              + " COLLECTOR_JVM_FLAGS=-Xmx...");

  public static final Option<Boolean> RECORD_INPUT_LOG =
      flag(
          "record-input-log",
          RECORDS,
          "false",
          "Each record that comes in, as a line of JSON; with record-dir, everything that comes in"
              + " and what was decided of it.");
  public static final Option<Boolean> RECORD_OUTPUT_LOG =
      flag(
          "record-output-log",
          RECORDS,
          "false",
          "Each record that goes out, as a line of JSON; with record-dir, every message and what"
              + " became of it.");
  public static final Option<Boolean> RECORD_INPUT_HEXDUMP =
      flag("record-input-hexdump", RECORDS, "false", "The bytes that come in, as hexdump -C.");
  public static final Option<Boolean> RECORD_OUTPUT_HEXDUMP =
      flag("record-output-hexdump", RECORDS, "false", "The bytes that go out, as hexdump -C.");

  public static final Option<Optional<Path>> RECORD_DIR =
      option(
          "record-dir",
          RECORDS,
          ValueType.OPTIONAL_FOLDER,
          NONE,
          "record-input-log and record-output-log go to Avro files in this folder, input-<start>.avro"
              + " and output-<start>.avro, instead of stderr. collector cat shows them.");
  public static final Option<Long> RECORD_FILE_MBYTES =
      option(
          "record-file-mbytes",
          RECORDS,
          ValueType.mbytes(),
          "64",
          "How large a file in record-dir becomes before the next one begins.");
  public static final Option<Long> RECORD_LIMIT_MBYTES =
      option(
          "record-limit-mbytes",
          RECORDS,
          ValueType.mbytes(),
          "1024",
          "What recordings in record-dir may take together: beyond it the oldest are deleted. At"
              + " least twice record-file-mbytes.");

  public static final Option<Boolean> AGENT_POLLING =
      flag("agent-polling", AGENT, "true", "Ask the node's Mesos agent for its state and metrics.");
  public static final Option<List<String>> AGENT_IP_COMMAND =
      option(
          "agent-ip-command",
          AGENT,
          ValueType.COMMAND,
          "/opt/mesosphere/bin/detect_ip",
          "Prints the agent's IP. Split at blanks, run once at the start, without a shell.");
  public static final Option<Integer> AGENT_PORT =
      option("agent-port", AGENT, ValueType.port(1), "5051", "The agent's port.");
  public static final Option<String> AGENT_SCHEME =
      option("agent-scheme", AGENT, ValueType.SCHEME, "http", "How the agent is asked.");
  public static final Option<Duration> AGENT_POLL_PERIOD =
      option("agent-poll-period", AGENT, ValueType.seconds(1), "15", "How often it is asked.");
  public static final Option<Optional<Duration>> AGENT_TIMEOUT =
      option(
          "agent-timeout",
          AGENT,
          ValueType.optionalSeconds(1),
          NONE,
          "How long an answer of the agent may take. None: as long as agent-poll-period, but at"
              + " least 5 and at most 30.");
  public static final Option<String> AGENT_METRICS_TOPIC =
      option(
          "agent-metrics-topic",
          AGENT,
          ValueType.TOPIC,
          "agent",
          "The topic of the agent's own metrics.");
  public static final Option<Optional<Path>> AGENT_TEST_STATE_FILE =
      option(
          "agent-test-state-file",
          AGENT,
          ValueType.OPTIONAL_FILE,
          NONE,
          "Read instead of asking the agent for /state. Where all three files are given, no IP is"
              + " looked up.");
  public static final Option<Optional<Path>> AGENT_TEST_SYSTEM_FILE =
      option(
          "agent-test-system-file",
          AGENT,
          ValueType.OPTIONAL_FILE,
          NONE,
          "Read instead of asking the agent for /metrics/snapshot.");
  public static final Option<Optional<Path>> AGENT_TEST_CONTAINERS_FILE =
      option(
          "agent-test-containers-file",
          AGENT,
          ValueType.OPTIONAL_FILE,
          NONE,
          "Read instead of asking the agent for /containers.");
  public static final Option<Optional<Settings.Secret>> AUTH_CREDENTIAL =
      option(
          "auth-credential",
          AGENT,
          ValueType.OPTIONAL_SECRET,
          NONE,
          "Sent to the agent as its token, never printed. Better set in the environment: everyone"
              + " can see a command line.");

  public static final Option<Boolean> KAFKA =
      flag(
          "kafka",
          OptionGroup.KAFKA,
          "true",
          "false is a dry run: everything happens but the sending, and each message that would have"
              + " gone is said.");
  public static final Option<List<Endpoint>> KAFKA_BROKERS =
      option(
          "kafka-brokers",
          OptionGroup.KAFKA,
          ValueType.ENDPOINTS,
          NONE,
          "Brokers to begin with. Beats kafka-framework.");
  public static final Option<String> KAFKA_FRAMEWORK =
      option(
          "kafka-framework",
          OptionGroup.KAFKA,
          ValueType.FRAMEWORK,
          "kafka",
          "The Mesos framework that is asked for the brokers.");
  public static final Option<List<Endpoint>> DNS_SERVERS =
      option(
          "dns-servers",
          OptionGroup.KAFKA,
          ValueType.ENDPOINTS,
          NONE,
          "Asked for the framework's address. None asks the system's.");
  public static final Option<Duration> KAFKA_FLUSH_MS =
      option(
          "kafka-flush-ms",
          OptionGroup.KAFKA,
          ValueType.millis(0),
          "5000",
          "The Kafka client's linger: how long it may wait to send several messages at once.");
  public static final Option<Boolean> KAFKA_COMPRESS_SNAPPY =
      flag(
          "kafka-compress-snappy",
          OptionGroup.KAFKA,
          "true",
          "Whether the client compresses, with snappy.");
  public static final Option<Boolean> KAFKA_REQUIRE_ALL_ACKS =
      flag(
          "kafka-require-all-acks",
          OptionGroup.KAFKA,
          "true",
          "Every replica acknowledges, and the producer is idempotent. false: one replica does, and"
              + " it is not.");
  public static final Option<Boolean> KAFKA_VERBOSE =
      flag("kafka-verbose", OptionGroup.KAFKA, "false", "Show the Kafka client's own log too.");

  /** May be given several times; each is one setting of the client. */
  public static final Option<KafkaProperty> KAFKA_PROPERTY =
      option(
          "kafka-property",
          OptionGroup.KAFKA,
          KafkaProperty.TYPE,
          NONE,
          "A setting of the Kafka client itself, as for TLS and SASL. Repeatable; in the environment"
              + " also KAFKA_OVERRIDE_X_Y for x.y. An option of ours beats it.");

  public static final Option<String> KAFKA_TOPIC_PREFIX =
      option(
          "kafka-topic-prefix",
          MESSAGES,
          ValueType.TOPIC_PREFIX,
          "metrics-",
          "Put before each record's topic.");
  public static final Option<Optional<String>> KAFKA_SINGLE_TOPIC =
      option(
          "kafka-single-topic",
          MESSAGES,
          ValueType.OPTIONAL_TOPIC,
          NONE,
          "Everything goes to this topic, taken as given, without the prefix.");
  public static final Option<Integer> KAFKA_PRODUCE_COUNT =
      option(
          "kafka-produce-count",
          MESSAGES,
          ValueType.number(1, 1_000_000_000),
          "1024",
          "A topic's records become a message when there are this many, ...");
  public static final Option<Integer> KAFKA_PRODUCE_KBYTES =
      option(
          "kafka-produce-kbytes",
          MESSAGES,
          ValueType.arrayKbytes(),
          "512",
          "... or when one more would exceed this size, ...");
  public static final Option<Duration> KAFKA_PRODUCE_PERIOD_MS =
      option(
          "kafka-produce-period-ms",
          MESSAGES,
          ValueType.millis(1),
          "15000",
          "... or this long after the first of them.");

  public static final Option<Optional<String>> STATSD_UDP_HOST =
      option(
          "statsd-udp-host",
          PROGRAM,
          ValueType.OPTIONAL_HOST,
          NONE,
          "Takes the collector's own metrics over StatsD. None prints them.");
  public static final Option<Integer> STATSD_UDP_PORT =
      option("statsd-udp-port", PROGRAM, ValueType.port(0), "0", "The StatsD host's port.");
  public static final Option<Duration> STATSD_PERIOD =
      option(
          "statsd-period",
          PROGRAM,
          ValueType.seconds(1),
          "15",
          "How often the collector's own metrics are sent or printed.");
  public static final Option<Optional<Endpoint>> HTTP_ENDPOINT =
      option(
          "http-endpoint",
          PROGRAM,
          ValueType.OPTIONAL_ENDPOINT,
          NONE,
          "Serves /health, /metrics (Prometheus), /ledger (JSON) and, for the Inspector, /events"
              + " (Avro, as it happens).");
  public static final Option<Optional<Settings.Secret>> HTTP_TOKEN =
      option(
          "http-token",
          PROGRAM,
          ValueType.OPTIONAL_SECRET,
          NONE,
          "Who asks for /events must send it as a bearer token. None: only a loopback http-endpoint"
              + " shows events. Never printed.");
  public static final Option<List<String>> HTTP_HOSTS =
      option(
          "http-hosts",
          PROGRAM,
          ValueType.HOSTS,
          NONE,
          "Names that requests may have as their Host where http-endpoint is not on the loopback,"
              + " beside localhost, IP addresses and this machine's own names. No effect on the"
              + " loopback.");
  public static final Option<Duration> SHUTDOWN_TIMEOUT =
      option(
          "shutdown-timeout",
          PROGRAM,
          ValueType.seconds(1),
          "10",
          "How long a stop may deliver what is held.");

  /** Every option, in order. */
  public static final List<Option<?>> ALL = Collections.unmodifiableList(TABLE);

  /** The Kafka client's settings that an option of ours governs: given as properties they lose. */
  public static final Map<String, Option<?>> GOVERNED_PROPERTIES =
      Map.of(
          "bootstrap.servers", KAFKA_BROKERS,
          "linger.ms", KAFKA_FLUSH_MS,
          "compression.type", KAFKA_COMPRESS_SNAPPY,
          "acks", KAFKA_REQUIRE_ALL_ACKS,
          "enable.idempotence", KAFKA_REQUIRE_ALL_ACKS);

  private Options() {}

  /** Whether a variable of the environment may hold a secret. */
  public static boolean isSecretVariable(String variable) {
    return KafkaProperty.nameOf(variable).isPresent()
        || ALL.stream()
            .filter(option -> option.isSecret() || option.equals(KAFKA_PROPERTY))
            .anyMatch(option -> option.environmentName().equals(variable));
  }

  private static Option<Boolean> flag(
      String name, OptionGroup group, String defaultText, String description) {
    return option(name, group, ValueType.FLAG, defaultText, description);
  }

  private static <T> Option<T> option(
      String name, OptionGroup group, ValueType<T> type, String defaultText, String description) {
    var option = new Option<>(name, group, type, defaultText, description);
    TABLE.add(option);
    return option;
  }
}
