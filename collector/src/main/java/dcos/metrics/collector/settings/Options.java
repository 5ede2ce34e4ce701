// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import dcos.metrics.collector.settings.OptionTable.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All options, in the order in which help lists them. Each is declared once: its group, name, type
 * with bounds, default and description. To add an option, declare it here, add a component to a
 * record in {@link Settings} and read it in {@link SettingsReader}.
 */
public final class Options {
  private static final OptionTable TABLE = new OptionTable();
  private static final Section INPUT_GROUP = TABLE.section(OptionGroup.INPUT);
  private static final Section LIMITS_GROUP = TABLE.section(OptionGroup.LIMITS);
  private static final Section RECORDS_GROUP = TABLE.section(OptionGroup.RECORDS);
  private static final Section AGENT_GROUP = TABLE.section(OptionGroup.AGENT);
  private static final Section KAFKA_GROUP = TABLE.section(OptionGroup.KAFKA);
  private static final Section MESSAGES_GROUP = TABLE.section(OptionGroup.MESSAGES);
  private static final Section PROGRAM_GROUP = TABLE.section(OptionGroup.PROGRAM);
  private static final String NONE = "";

  public static final Option<Endpoint> LISTEN_ENDPOINT =
      INPUT_GROUP.option(
          "listen-endpoint",
          OptionType.ENDPOINT,
          "127.0.0.1:8124",
          "Where Avro streams arrive over TCP. Port 0 picks a free one.");
  public static final Option<Integer> MAX_CONNECTIONS =
      INPUT_GROUP.option(
          "max-connections",
          OptionType.number(1, 1_000_000),
          "1024",
          "A connection beyond this number takes the place of silent ones. If all are active, it is"
              + " closed and counted.");
  public static final Option<Duration> IDLE_TIMEOUT =
      INPUT_GROUP.option(
          "idle-timeout",
          OptionType.seconds(0),
          "0",
          "A connection is closed after this time without a byte. 0 is never.");
  public static final Option<Duration> READ_TIMEOUT =
      INPUT_GROUP.option(
          "read-timeout",
          OptionType.seconds(1),
          "30",
          "A header or block that has begun must be complete within this time.");
  public static final Option<Integer> MAX_HEADER_KBYTES =
      INPUT_GROUP.option(
          "max-header-kbytes",
          OptionType.arrayKbytes(),
          "64",
          "The largest header of a stream. Four of them must fit the heap beside all else, or 1 MB.");
  public static final Option<Integer> MAX_BLOCK_KBYTES =
      INPUT_GROUP.option(
          "max-block-kbytes",
          OptionType.arrayKbytes(),
          "4096",
          "The largest block of a stream, before and after decompression. At most a quarter of"
              + " memory-limit-kbytes.");

  public static final Option<Long> INPUT_LIMIT_AMOUNT_KBYTES =
      LIMITS_GROUP.option(
          "input-limit-amount-kbytes",
          OptionType.kbytes(0),
          "20480",
          "What each connection may send in a period: the record that crosses it still passes,"
              + " those after it are dropped and counted. 0 is no limit.");
  public static final Option<Duration> INPUT_LIMIT_PERIOD =
      LIMITS_GROUP.option(
          "input-limit-period",
          OptionType.seconds(1),
          "60",
          "The period of input-limit-amount-kbytes.");
  public static final Option<Long> GLOBAL_LIMIT_AMOUNT_KBYTES =
      LIMITS_GROUP.option(
          "global-limit-amount-kbytes",
          OptionType.kbytes(0),
          "40960",
          "What may leave in a period, by message: the message that crosses it still passes, those"
              + " after it are dropped and counted. 0 is no limit.");
  public static final Option<Duration> GLOBAL_LIMIT_PERIOD =
      LIMITS_GROUP.option(
          "global-limit-period",
          OptionType.seconds(1),
          "60",
          "The period of global-limit-amount-kbytes.");
  public static final Option<Long> MEMORY_LIMIT_KBYTES =
      LIMITS_GROUP.option(
          "memory-limit-kbytes",
          OptionType.kbytes(256),
          "16384",
          "What may be held in memory between sockets and Kafka. When it is used up, nothing more is"
              + " read until something has left. With record-dir, up to a quarter of it is for"
              + " recordings. More than the default needs a larger heap:"
              + " COLLECTOR_JVM_FLAGS=-Xmx...");

  public static final Option<Boolean> RECORD_INPUT_LOG =
      RECORDS_GROUP.flag(
          "record-input-log",
          "false",
          "Each record that comes in, as a line of JSON; with record-dir, everything that comes in"
              + " and what was decided of it.");
  public static final Option<Boolean> RECORD_OUTPUT_LOG =
      RECORDS_GROUP.flag(
          "record-output-log",
          "false",
          "Each record that goes out, as a line of JSON; with record-dir, every message and what"
              + " became of it.");
  public static final Option<Boolean> RECORD_INPUT_HEXDUMP =
      RECORDS_GROUP.flag("record-input-hexdump", "false", "The bytes that come in, as hexdump -C.");
  public static final Option<Boolean> RECORD_OUTPUT_HEXDUMP =
      RECORDS_GROUP.flag("record-output-hexdump", "false", "The bytes that go out, as hexdump -C.");

  public static final Option<Optional<Path>> RECORD_DIR =
      RECORDS_GROUP.option(
          "record-dir",
          OptionType.OPTIONAL_FOLDER,
          NONE,
          "record-input-log and record-output-log go to Avro files in this folder, input-<start>.avro"
              + " and output-<start>.avro, instead of stderr. collector cat shows them.");
  public static final Option<Long> RECORD_FILE_MBYTES =
      RECORDS_GROUP.option(
          "record-file-mbytes",
          OptionType.mbytes(),
          "64",
          "How large a file in record-dir becomes before the next one begins.");
  public static final Option<Long> RECORD_LIMIT_MBYTES =
      RECORDS_GROUP.option(
          "record-limit-mbytes",
          OptionType.mbytes(),
          "1024",
          "What recordings in record-dir may take together: beyond it the oldest are deleted. At"
              + " least twice record-file-mbytes.");

  public static final Option<Boolean> AGENT_POLLING =
      AGENT_GROUP.flag(
          "agent-polling", "true", "Ask the node's Mesos agent for its state and metrics.");
  public static final Option<List<String>> AGENT_IP_COMMAND =
      AGENT_GROUP.option(
          "agent-ip-command",
          OptionType.COMMAND,
          "/opt/mesosphere/bin/detect_ip",
          "Prints the agent's IP. Split at blanks, run once at the start, without a shell.");
  public static final Option<Integer> AGENT_PORT =
      AGENT_GROUP.option("agent-port", OptionType.port(1), "5051", "The agent's port.");
  public static final Option<String> AGENT_SCHEME =
      AGENT_GROUP.option("agent-scheme", OptionType.SCHEME, "http", "How the agent is asked.");
  public static final Option<Duration> AGENT_POLL_PERIOD =
      AGENT_GROUP.option(
          "agent-poll-period", OptionType.seconds(1), "15", "How often it is asked.");
  public static final Option<Optional<Duration>> AGENT_TIMEOUT =
      AGENT_GROUP.option(
          "agent-timeout",
          OptionType.optionalSeconds(1),
          NONE,
          "How long an answer of the agent may take. None: as long as agent-poll-period, but at"
              + " least 5 and at most 30.");
  public static final Option<String> AGENT_METRICS_TOPIC =
      AGENT_GROUP.option(
          "agent-metrics-topic",
          OptionType.TOPIC,
          "agent",
          "The topic of the agent's own metrics.");
  public static final Option<Optional<Path>> AGENT_TEST_STATE_FILE =
      AGENT_GROUP.option(
          "agent-test-state-file",
          OptionType.OPTIONAL_FILE,
          NONE,
          "Read instead of asking the agent for /state. Where all three files are given, no IP is"
              + " looked up.");
  public static final Option<Optional<Path>> AGENT_TEST_SYSTEM_FILE =
      AGENT_GROUP.option(
          "agent-test-system-file",
          OptionType.OPTIONAL_FILE,
          NONE,
          "Read instead of asking the agent for /metrics/snapshot.");
  public static final Option<Optional<Path>> AGENT_TEST_CONTAINERS_FILE =
      AGENT_GROUP.option(
          "agent-test-containers-file",
          OptionType.OPTIONAL_FILE,
          NONE,
          "Read instead of asking the agent for /containers.");
  public static final Option<Optional<Settings.Secret>> AUTH_CREDENTIAL =
      AGENT_GROUP.option(
          "auth-credential",
          OptionType.OPTIONAL_SECRET,
          NONE,
          "Sent to the agent as its token, never printed. Better set in the environment: everyone"
              + " can see a command line.");

  public static final Option<Boolean> KAFKA =
      KAFKA_GROUP.flag(
          "kafka",
          "true",
          "false is a dry run: everything happens but the sending, and each message that would have"
              + " gone is said.");
  public static final Option<List<Endpoint>> KAFKA_BROKERS =
      KAFKA_GROUP.option(
          "kafka-brokers",
          OptionType.ENDPOINTS,
          NONE,
          "Brokers to begin with. Beats kafka-framework.");
  public static final Option<String> KAFKA_FRAMEWORK =
      KAFKA_GROUP.option(
          "kafka-framework",
          OptionType.FRAMEWORK,
          "kafka",
          "The Mesos framework that is asked for the brokers.");
  public static final Option<List<Endpoint>> DNS_SERVERS =
      KAFKA_GROUP.option(
          "dns-servers",
          OptionType.ENDPOINTS,
          NONE,
          "Asked for the framework's address. None asks the system's.");
  public static final Option<Duration> KAFKA_FLUSH_MS =
      KAFKA_GROUP.option(
          "kafka-flush-ms",
          OptionType.millis(0),
          "5000",
          "The Kafka client's linger: how long it may wait to send several messages at once.");
  public static final Option<Boolean> KAFKA_COMPRESS_SNAPPY =
      KAFKA_GROUP.flag(
          "kafka-compress-snappy", "true", "Whether the client compresses, with snappy.");
  public static final Option<Boolean> KAFKA_REQUIRE_ALL_ACKS =
      KAFKA_GROUP.flag(
          "kafka-require-all-acks",
          "true",
          "Every replica acknowledges, and the producer is idempotent. false: one replica does, and"
              + " it is not.");
  public static final Option<Boolean> KAFKA_VERBOSE =
      KAFKA_GROUP.flag("kafka-verbose", "false", "Show the Kafka client's own log too.");

  /** May be given several times; each is one setting of the client. */
  public static final Option<KafkaProperty> KAFKA_PROPERTY =
      KAFKA_GROUP.option(
          "kafka-property",
          KafkaProperty.TYPE,
          NONE,
          "A setting of the Kafka client itself, as for TLS and SASL. Repeatable; in the environment"
              + " also KAFKA_OVERRIDE_X_Y for x.y. An option of ours beats it.");

  public static final Option<String> KAFKA_TOPIC_PREFIX =
      MESSAGES_GROUP.option(
          "kafka-topic-prefix",
          OptionType.TOPIC_PREFIX,
          "metrics-",
          "Put before each record's topic.");
  public static final Option<Optional<String>> KAFKA_SINGLE_TOPIC =
      MESSAGES_GROUP.option(
          "kafka-single-topic",
          OptionType.OPTIONAL_TOPIC,
          NONE,
          "Everything goes to this topic, taken as given, without the prefix.");
  public static final Option<Integer> KAFKA_PRODUCE_COUNT =
      MESSAGES_GROUP.option(
          "kafka-produce-count",
          OptionType.number(1, 1_000_000_000),
          "1024",
          "A topic's records become a message when there are this many, ...");
  public static final Option<Integer> KAFKA_PRODUCE_KBYTES =
      MESSAGES_GROUP.option(
          "kafka-produce-kbytes",
          OptionType.arrayKbytes(),
          "512",
          "... or when one more would exceed this size, ...");
  public static final Option<Duration> KAFKA_PRODUCE_PERIOD_MS =
      MESSAGES_GROUP.option(
          "kafka-produce-period-ms",
          OptionType.millis(1),
          "15000",
          "... or this long after the first of them.");

  public static final Option<Optional<String>> STATSD_UDP_HOST =
      PROGRAM_GROUP.option(
          "statsd-udp-host",
          OptionType.OPTIONAL_HOST,
          NONE,
          "Takes the collector's own metrics over StatsD. None prints them.");
  public static final Option<Integer> STATSD_UDP_PORT =
      PROGRAM_GROUP.option("statsd-udp-port", OptionType.port(0), "0", "The StatsD host's port.");
  public static final Option<Duration> STATSD_PERIOD =
      PROGRAM_GROUP.option(
          "statsd-period",
          OptionType.seconds(1),
          "15",
          "How often the collector's own metrics are sent or printed.");
  public static final Option<Optional<Endpoint>> HTTP_ENDPOINT =
      PROGRAM_GROUP.option(
          "http-endpoint",
          OptionType.OPTIONAL_ENDPOINT,
          NONE,
          "Serves /health, /metrics (Prometheus), /ledger (JSON) and, for the Inspector, /events"
              + " (Avro, as it happens).");
  public static final Option<Optional<Settings.Secret>> HTTP_TOKEN =
      PROGRAM_GROUP.option(
          "http-token",
          OptionType.OPTIONAL_SECRET,
          NONE,
          "Who asks for /events must send it as a bearer token. None: only a loopback http-endpoint"
              + " shows events. Never printed.");
  public static final Option<List<String>> HTTP_HOSTS =
      PROGRAM_GROUP.option(
          "http-hosts",
          OptionType.HOSTS,
          NONE,
          "Names that requests may have as their Host where http-endpoint is not on the loopback,"
              + " beside localhost, IP addresses and this machine's own names. No effect on the"
              + " loopback.");
  public static final Option<Duration> SHUTDOWN_TIMEOUT =
      PROGRAM_GROUP.option(
          "shutdown-timeout",
          OptionType.seconds(1),
          "10",
          "How long a stop may deliver what is held.");

  /** Every option, in order. */
  public static final List<Option<?>> ALL = TABLE.options();

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
}
