// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.kafka.discovery.BrokerDiscovery;
import dcos.metrics.collector.settings.Endpoint;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program: metrics from Kafka to stdout, one line of JSON a record. */
@Command(
    name = "metrics-consumer",
    description = "Prints the metrics in Kafka, one line of JSON a record.",
    mixinStandardHelpOptions = true,
    version = "metrics-consumer 0.1.0",
    showDefaultValues = true,
    sortOptions = false)
public final class Main implements Callable<Integer> {
  @Option(
      names = "--brokers",
      paramLabel = "HOST:PORT,...",
      description = "Kafka's brokers, one or more of them.")
  private @Nullable String brokers;

  @Option(
      names = "--framework",
      paramLabel = "NAME",
      description = "The Kafka framework to ask for its brokers, where no brokers are given.")
  private @Nullable String framework;

  @Option(
      names = "--dns-servers",
      paramLabel = "HOST:PORT,...",
      description = "Who knows where the framework is; the system's servers where none is given.")
  private @Nullable String dnsServers;

  @Option(
      names = "--pattern",
      paramLabel = "REGEX",
      defaultValue = "metrics-.*",
      description = "The topics to read, unless topics are given.")
  private String pattern = "";

  @Option(
      names = "--from-beginning",
      description = "Reads what is there already, too, instead of what comes from now on.")
  private boolean fromBeginning;

  @Option(
      names = "--filter",
      paramLabel = "EXPR",
      description = {
        "Only the records that it finds, such as 'tag.host=a1 -name:idle', as collector cat does.",
      })
  private @Nullable String filter;

  @Parameters(paramLabel = "TOPIC", description = "The topics to read, by name.")
  private List<String> topics = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final PrintStream out;

  private Main(PrintStream out) {
    this.out = out;
  }

  /** Ends at SIGTERM or SIGINT, and when nobody reads its output any more. */
  public static void main(String[] arguments) {
    var stdout =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            UTF_8);
    System.exit(commandLine(stdout).execute(arguments));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new Main(out))
        .setParameterExceptionHandler(
            (misuse, _) -> {
              misuse.getCommandLine().getErr().println(misuse.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    BrokerDiscovery lookup = lookup();
    Predicate<String> wanted =
        topics.isEmpty() ? compiledPattern().asMatchPredicate() : List.copyOf(topics)::contains;
    Filter parsed = parsedFilter();
    parsed.hints().forEach(Main::say);
    var lines = new JsonLines(parsed, out::println, Main::say);
    try (var reader =
        new TopicReader(brokersOf(lookup), wanted, fromBeginning, lines::print, Main::say)) {
      var ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(stopping(reader, ended));
      try {
        reader.run(() -> !out.checkError()); // Which flushes; an error is a reader that left.
      } finally {
        ended.countDown();
      }
    } catch (KafkaException e) {
      // What the client says of itself only means that something was wrong.
      say(String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
    return CommandLine.ExitCode.OK;
  }

  /** Asks until somebody knows; says once why it has to. */
  private static String brokersOf(BrokerDiscovery lookup) throws InterruptedException {
    boolean said = false;
    while (true) {
      try {
        return lookup.find().stream().map(Endpoint::toString).collect(Collectors.joining(","));
      } catch (IOException e) {
        if (!said) {
          said = true;
          say("no brokers yet: " + e.getMessage());
        }
        Thread.sleep(LOOK_AGAIN);
      }
    }
  }

  private static void say(String line) {
    System.err.println(line);
  }

  /** The process ends when this has: not before the last lines are out. */
  private static Thread stopping(TopicReader reader, CountDownLatch ended) {
    return Thread.ofPlatform()
        .name("stop")
        .unstarted(
            () -> {
              reader.stop();
              try {
                ended.await();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private BrokerDiscovery lookup() {
    String name = framework == null ? "" : framework;
    List<Endpoint> given = endpoints("--brokers", brokers);
    if (given.isEmpty() && name.isBlank()) {
      throw misuse("--brokers or --framework must say where Kafka is");
    }
    return BrokerDiscovery.of(given, name, endpoints("--dns-servers", dnsServers));
  }

  private List<Endpoint> endpoints(String option, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    try {
      return Arrays.stream(text.split(",", -1)).map(String::strip).map(Endpoint::parse).toList();
    } catch (IllegalArgumentException e) {
      throw misuse(option + " must be HOST:PORT, comma separated, was " + text);
    }
  }

  private Pattern compiledPattern() {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw misuse("--pattern must be a regular expression, was " + pattern);
    }
  }

  private Filter parsedFilter() {
    if (filter == null) {
      return Filter.ALL;
    }
    try {
      return Filter.parse(filter);
    } catch (FilterException e) {
      throw misuse("--filter=" + filter + ": " + e.reason());
    }
  }

  private ParameterException misuse(String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
