// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.emitter;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@link Emitter} as a program. */
@Command(
    name = "collector-emitter",
    description = "Sends its own figures to a metrics collector, for ever.",
    mixinStandardHelpOptions = true,
    version = "collector-emitter 0.1.0",
    showDefaultValues = true,
    sortOptions = false)
public final class Main implements Callable<Integer> {
  @Option(
      names = "--endpoint",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8124",
      description = "Where the collector listens.")
  private String endpoint = "";

  @Option(names = "--topic", defaultValue = "emitter", description = "The topic of every record.")
  private String topic = "";

  @Option(
      names = "--period",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "How often to look at the figures, such as 0.5.")
  private double period;

  @Option(
      names = "--rate",
      paramLabel = "RECORDS",
      defaultValue = "1",
      description = "Records a second; where that is several a period, they say the same figures.")
  private double rate;

  @Option(
      names = "--records-per-block",
      paramLabel = "RECORDS",
      defaultValue = "100",
      description = "How many records share a block; a block ends with its period, too.")
  private int recordsPerBlock;

  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /** Ends at SIGTERM or SIGINT. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(
            (misuse, _) -> {
              misuse.getCommandLine().getErr().println(misuse.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    Emitter.Settings settings = settings();
    var emitter = new Emitter(settings, System.err::println);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(emitter::close));
    System.err.println("sending topic " + topic + " to " + endpoint);
    emitter.start();
    new CountDownLatch(1).await(); // Until a signal.
    return CommandLine.ExitCode.OK;
  }

  private Emitter.Settings settings() {
    int colon = endpoint.lastIndexOf(':');
    String port = endpoint.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
      throw misuse("--endpoint must be HOST:PORT, was " + endpoint);
    }
    // Below a millisecond is no period, above a year no number of nanoseconds to count with.
    if (!(period >= 0.001 && period <= 31_536_000)) {
      throw misuse("--period must be 0.001 to 31536000 seconds, was " + period);
    }
    try {
      return new Emitter.Settings(
          endpoint.substring(0, colon),
          Integer.parseInt(port),
          topic,
          Duration.ofNanos((long) (period * 1e9)),
          rate,
          recordsPerBlock);
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
  }

  private ParameterException misuse(@Nullable String message) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec");
    }
    return new ParameterException(spec.commandLine(), message);
  }
}
