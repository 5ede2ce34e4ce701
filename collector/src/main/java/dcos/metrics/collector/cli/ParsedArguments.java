// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.log.SecretMask;
import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.OriginalNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line, split into options and their texts; what the texts may be is not checked here.
 * Not a record, since some of the texts are secret. Another program that takes the same options may
 * have options of its own and take words beside them.
 */
public final class ParsedArguments {
  private static final List<Option<?>> ACCEPTED =
      Stream.concat(Options.ALL.stream(), OriginalNames.ALL.stream())
          .<Option<?>>map(o -> o)
          .toList();
  private static final String HELP = "help";
  private static final String VERSION = "version";

  private final boolean help;
  private final boolean version;
  private final Map<Option<?>, List<String>> flags;
  private final Map<String, String> own;
  private final List<String> words;

  private ParsedArguments(
      boolean help,
      boolean version,
      Map<Option<?>, List<String>> flags,
      Map<String, String> own,
      List<String> words) {
    this.help = help;
    this.version = version;
    this.flags = flags;
    this.own = own;
    this.words = words;
  }

  private ParsedArguments(boolean help, boolean version) {
    this(help, version, Map.of(), Map.of(), List.of());
  }

  public boolean help() {
    return help;
  }

  public boolean version() {
    return version;
  }

  /** The texts given for each option that was given, in order. */
  public Map<Option<?>, List<String>> flags() {
    return flags;
  }

  /** The last text given for each of the program's own options that was given. */
  public Map<String, String> own() {
    return own;
  }

  /** What is neither an option nor its value, in order. */
  public List<String> words() {
    return words;
  }

  static ParsedArguments parse(String... args) throws UsageException {
    ParsedArguments arguments = parse(List.of(), args);
    if (!arguments.words.isEmpty()) {
      throw unexpected(arguments.words.getFirst(), args);
    }
    return arguments;
  }

  /**
   * Splits the command line of a program that takes the collector's options, options of its own and
   * words.
   *
   * @param own names of the program's own options, without dashes, each of which takes a value
   * @throws UsageException for an option that is neither, or without its value
   */
  public static ParsedArguments parse(List<String> own, String... args) throws UsageException {
    if (Arrays.stream(args).noneMatch(word -> word.startsWith("-"))) {
      // As Marathon and desktops start it: no parser to load, which is half of what parsing takes.
      return new ParsedArguments(false, false, Map.of(), Map.of(), List.of(args));
    }
    ParseResult parsed = parse(commandLine(own), args);
    if (parsed.hasMatchedOption(dashed(HELP)) || parsed.hasMatchedOption(dashed(VERSION))) {
      return new ParsedArguments(
          parsed.hasMatchedOption(dashed(HELP)), parsed.hasMatchedOption(dashed(VERSION)));
    }
    for (String word : parsed.unmatched()) {
      if (!isWord(word, args)) {
        throw unexpected(word, args);
      }
    }
    Map<Option<?>, List<String>> flags = new HashMap<>();
    for (Option<?> option : ACCEPTED) {
      if (parsed.hasMatchedOption(dashed(option.name()))) {
        flags.put(option, parsed.matchedOptionValue(dashed(option.name()), List.of()));
      }
    }
    Map<String, String> ownTexts = new HashMap<>();
    for (String name : own) {
      if (parsed.hasMatchedOption(dashed(name))) {
        List<String> texts = parsed.matchedOptionValue(dashed(name), List.of());
        ownTexts.put(name, texts.getLast());
      }
    }
    return new ParsedArguments(false, false, flags, ownTexts, List.copyOf(parsed.unmatched()));
  }

  private static boolean isWord(String word, String... args) {
    return !(word.length() > 1 && word.startsWith("-")) && flagBefore(word, args).isEmpty();
  }

  private static ParseResult parse(CommandLine commandLine, String... args) throws UsageException {
    try {
      return commandLine.parseArgs(args);
    } catch (MissingParameterException e) {
      // The exception's own message may hold the next word, which may be part of a secret.
      ArgSpec missing = e.getMissing().getFirst();
      String name = ((OptionSpec) missing).longestName();
      throw new UsageException(
          name
              + ": its value is missing"
              + named(name).map(option -> ", must be " + option.allowed()).orElse(""));
    }
  }

  /** A command without options yet: what all of the program's have in common. */
  static CommandSpec command() {
    CommandSpec command = CommandSpec.create();
    command
        .parser()
        // -htp-endpoint=1 is not -h with something attached.
        .posixClusteredShortOptionsAllowed(false)
        .abbreviatedOptionsAllowed(false)
        .expandAtFiles(false)
        .trimQuotes(false)
        .unmatchedArgumentsAllowed(true);
    return command;
  }

  private static CommandLine commandLine(List<String> own) {
    CommandSpec command = command();
    command.addOption(flag("-h", "-help", dashed(HELP)).build());
    command.addOption(flag("-version", dashed(VERSION)).build());
    for (Option<?> option : ACCEPTED) {
      String[] names = {"-" + option.name(), dashed(option.name())};
      command.addOption((option.isFlag() ? flag(names) : texts(names)).build());
    }
    for (String name : own) {
      command.addOption(texts("-" + name, dashed(name)).build());
    }
    return new CommandLine(command);
  }

  /** Collects the texts of all occurrences: of most options the last one counts. */
  private static OptionSpec.Builder texts(String... names) {
    return OptionSpec.builder(names).arity("1").type(List.class).auxiliaryTypes(String.class);
  }

  /** Takes a text only behind "=": the next word is not its own, "true" is taken instead. */
  private static OptionSpec.Builder flag(String... names) {
    return texts(names)
        .preprocessor(
            (words, _, _, info) -> {
              if (!"=".equals(info.get("separator"))) {
                words.push("true");
              }
              return false;
            });
  }

  private static UsageException unexpected(String word, String... args) {
    if (word.length() > 1 && word.startsWith("-")) {
      // Its value stays unseen: it may be a secret behind a name with a typing error.
      String name = word.substring(0, word.indexOf('=') < 0 ? word.length() : word.indexOf('='));
      return new UsageException(ProgramLog.escape(name) + ": unknown option, -h lists all");
    }
    Optional<String> flag = flagBefore(word, args);
    if (flag.isPresent()) {
      return new UsageException(flag.get() + " " + word + ": must be " + flag.get() + "=" + word);
    }
    // What follows a secret may be the rest of one that was not quoted.
    String printable =
        mayHoldSecret(args) ? Option.MASK : ProgramLog.quote(SecretMask.userInfo(word));
    return new UsageException(
        printable + ": unexpected argument, must be -NAME, -NAME=VALUE or -NAME VALUE");
  }

  /** The flag that a word stands behind as if it were its value, which only "=" makes it. */
  private static Optional<String> flagBefore(String word, String... args) {
    if (!word.equals("true") && !word.equals("false")) {
      return Optional.empty();
    }
    return IntStream.range(1, args.length)
        .filter(i -> args[i].equals(word))
        .mapToObj(i -> args[i - 1])
        .filter(before -> named(before).filter(Option::isFlag).isPresent())
        .findFirst();
  }

  private static boolean mayHoldSecret(String... args) {
    for (String arg : args) {
      Optional<Option<?>> option = named(arg);
      boolean known = option.isPresent();
      if (arg.startsWith("-")
          && arg.length() > 1
          && (!known || option.get().isSecret() || option.get().equals(Options.KAFKA_PROPERTY))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Option<?>> named(String word) {
    String dashless = word.replaceFirst("^--?", "").replaceFirst("(?s)=.*", "");
    return ACCEPTED.stream().filter(o -> o.name().equals(dashless)).findFirst();
  }

  private static String dashed(String name) {
    return "--" + name;
  }
}
