// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.log.SecretMask;
import dcos.metrics.collector.playback.Cat;
import dcos.metrics.collector.playback.PlaybackInput;
import dcos.metrics.collector.playback.Replay;
import dcos.metrics.collector.playback.Speed;
import dcos.metrics.collector.playback.UnknownEvents;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What the program does with files that are there, instead of running: {@code cat} and {@code
 * replay}.
 *
 * @param in standard input
 * @param terminal whether somebody watches stderr
 */
record FileCommands(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
  private static final String CAT = "cat";
  private static final String REPLAY = "replay";

  // Opening them by these paths fails for sockets and for other users' pipes.
  private static final Set<String> STANDARD_INPUT =
      Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

  static final String CAT_HELP =
      """
      Usage: collector cat [OPTION]... FILE...

      Prints recordings (record-dir), files of metrics as avro-tools makes them, and
      the values of Kafka messages as JSON, one line per record or event. Damaged
      blocks and events of a newer version are skipped, and reported on stderr.

      A FILE may also be a pipe, a FIFO or a device, and - is standard input. Such a
      FILE is opened once. Every FILE is read to its end, in the order given; with
      --filter, the recordings of one folder are read together, in the order in which
      their events happened.

        --stats
            Counts by source, topic, verdict and outcome instead, of all files
            together.
        --filter=EXPR
            Only the records and messages that it finds, such as
            'topic:web tag.host=a1 -name:idle' or 'outcome:undeliverable or ms>250ms'.
            If it asks for outcomes, a record is printed with its outcome once its
            message is settled: give the output-*.avro of a run with its input-*.avro.
        -h, --help
            Prints this.

      A recording may end within a block, as after a kill; this is reported only.

      Exit status: 0 all was read, 1 not so, 2 options that are not allowed.
      """;

  static final String REPLAY_HELP =
      """
      Usage: collector replay --to=HOST:PORT [OPTION]... FILE...

      Sends what came in to a collector: of recordings (input-*.avro) each connection
      again, byte for byte; a file of metrics as it is, over one connection. Files
      of one run in their order. The first that cannot be read ends it.

      A FILE may also be a pipe, a FIFO or a device, and - is standard input. Every
      FILE is opened once and read to its end, in the order given.

        --to=HOST:PORT
            Where that collector listens.
        --speed=N|max
            So many times faster than it was, or as fast as it goes. Default 1.
        -h, --help
            Prints this.

      Exit status: 0 all was sent, 1 not so, 2 options that are not allowed.
      """;

  /** Whether the arguments are for this. */
  static boolean isMeant(String... args) {
    return args.length > 0 && (args[0].equals(CAT) || args[0].equals(REPLAY));
  }

  /** Returns the exit code. */
  int run(String... args) throws UsageException {
    boolean cat = args[0].equals(CAT);
    ParseResult parsed = parse(cat, List.of(args).subList(1, args.length));
    if (parsed.hasMatchedOption("--help")) {
      out.print(cat ? CAT_HELP : REPLAY_HELP);
      return CollectorCommand.OK;
    }
    List<PlaybackInput> inputs = inputs(args[0], parsed.unmatched());
    try {
      return cat ? cat(parsed, inputs) : replay(parsed, inputs);
    } catch (IOException e) {
      err.println(e.getMessage());
      return CollectorCommand.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CollectorCommand.FAILED;
    }
  }

  private int cat(ParseResult parsed, List<PlaybackInput> inputs)
      throws IOException, UsageException {
    boolean stats = parsed.hasMatchedOption("--stats");
    Optional<Filter> filter = Optional.empty();
    if (parsed.hasMatchedOption("--filter")) {
      if (stats) {
        throw new UsageException("--stats and --filter: counts are of everything");
      }
      filter = Optional.of(filter(parsed.matchedOptionValue("--filter", "")));
    }
    return new Cat(out, err, stats, filter).show(inputs)
        ? CollectorCommand.OK
        : CollectorCommand.FAILED;
  }

  private static Filter filter(String text) throws UsageException {
    try {
      return Filter.parse(text);
    } catch (FilterException e) {
      throw new UsageException("--filter=" + ProgramLog.escape(text) + ": " + e.reason());
    }
  }

  private int replay(ParseResult parsed, List<PlaybackInput> inputs)
      throws IOException, UsageException, InterruptedException {
    if (!parsed.hasMatchedOption("--to")) {
      throw new UsageException("replay: --to=HOST:PORT is missing, replay -h says more");
    }
    String to = parsed.matchedOptionValue("--to", "");
    Endpoint endpoint;
    try {
      endpoint = Endpoint.parse(to);
    } catch (IllegalArgumentException _) {
      throw new UsageException(
          "--to=" + ProgramLog.escape(SecretMask.userInfo(to)) + ": must be HOST:PORT");
    }
    double speed = speed(parsed.matchedOptionValue("--speed", "1"));
    var replay = new Replay(endpoint, speed, this::show);
    try (replay) {
      for (PlaybackInput input : inputs) {
        replay.send(input);
      }
    } finally {
      if (terminal) {
        err.println();
      }
    }
    List<String> unsent = replay.unsent();
    unsent.forEach(err::println);
    if (replay.unknownEvents() > 0) {
      err.println(UnknownEvents.skipped(replay.unknownEvents()));
    }
    return unsent.isEmpty() ? CollectorCommand.OK : CollectorCommand.FAILED;
  }

  private static double speed(String text) throws UsageException {
    try {
      return Speed.parse(text).times();
    } catch (IllegalArgumentException e) {
      throw new UsageException("--speed=" + ProgramLog.escape(text) + ": " + e.getMessage());
    }
  }

  private void show(Replay.ReplayProgress progress) {
    if (terminal) {
      err.printf(
          Locale.ROOT,
          "\r%,d records, %,d blocks, %,.1f MB over %,d connections ",
          progress.records(),
          progress.blocks(),
          progress.bytes() / 1e6,
          progress.connections());
      err.flush();
    }
  }

  private static ParseResult parse(boolean cat, List<String> args) throws UsageException {
    CommandSpec command = ParsedArguments.command();
    command.parser().overwrittenOptionsAllowed(true);
    command.addOption(flag("-h", "-help", "--help"));
    if (cat) {
      command.addOption(flag("-stats", "--stats"));
      command.addOption(text("-filter", "--filter"));
    } else {
      command.addOption(text("-to", "--to"));
      command.addOption(text("-speed", "--speed"));
    }
    try {
      return new CommandLine(command).parseArgs(args.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new UsageException(ProgramLog.escape(String.valueOf(e.getMessage())));
    }
  }

  private static OptionSpec flag(String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class).build();
  }

  private static OptionSpec text(String... names) {
    return OptionSpec.builder(names).arity("1").type(String.class).build();
  }

  private List<PlaybackInput> inputs(String command, List<String> words) throws UsageException {
    List<PlaybackInput> inputs = new ArrayList<>();
    for (String word : words) {
      if (word.length() > 1 && word.startsWith("-")) {
        throw new UsageException(
            ProgramLog.escape(word) + ": unknown option, " + command + " -h lists all");
      }
      try {
        inputs.add(
            STANDARD_INPUT.contains(word)
                ? PlaybackInput.standard(word, in)
                : PlaybackInput.of(Path.of(word)));
      } catch (InvalidPathException _) {
        throw new UsageException(ProgramLog.escape(word) + ": no path of a file");
      }
    }
    if (inputs.isEmpty()) {
      throw new UsageException(command + ": a file is missing, " + command + " -h says more");
    }
    Optional<PlaybackInput> repeated = PlaybackInput.firstRepeated(inputs);
    if (repeated.isPresent()) {
      throw new UsageException(
          ProgramLog.escape(repeated.get().name())
              + ": given twice, but it can be read only once; only regular files can be repeated");
    }
    return inputs;
  }
}
