// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What an option's value may be.
 *
 * @param label stands for the value in help
 * @param allowed completes "must be "
 * @param reader throws an {@link IllegalArgumentException} for what is not allowed
 */
record OptionType<T>(String label, String allowed, Function<String, T> reader) {
  // Eleven days: in milliseconds this still fits what sockets and clients take, an int.
  static final int MAX_SECONDS = 1_000_000;
  static final int MAX_MILLIS = 1_000_000_000;
  // A gigabyte: what is measured in it lives in one array.
  static final int MAX_ARRAY_KBYTES = 1 << 20;
  static final long MAX_KBYTES = 1_000_000_000L;
  static final long MAX_MBYTES = 1_000_000L;

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern LEGAL_TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern LEGAL_PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]([ -~]*[!-~])?");

  static final OptionType<Boolean> FLAG =
      new OptionType<>(
          "true|false",
          "true or false",
          text ->
              switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException();
              });

  static final OptionType<Endpoint> ENDPOINT =
      new OptionType<>(
          "HOST:PORT",
          "HOST:PORT with a port from 0 to 65535, an IPv6 address in brackets",
          Endpoint::parse);

  static final OptionType<Optional<Endpoint>> OPTIONAL_ENDPOINT =
      new OptionType<>(
          ENDPOINT.label,
          ENDPOINT.allowed,
          text -> text.isEmpty() ? Optional.empty() : Optional.of(Endpoint.parse(text)));

  static final OptionType<List<Endpoint>> ENDPOINTS =
      new OptionType<>(
          "HOST:PORT,...",
          "HOST:PORT with a port from 1 to 65535, an IPv6 address in brackets; several are separated"
              + " by commas",
          text ->
              text.isEmpty()
                  ? List.of()
                  : Arrays.stream(text.split(",", -1)).map(OptionType::remote).toList());

  static final OptionType<List<String>> COMMAND =
      new OptionType<>(
          "COMMAND",
          "a command and its arguments, separated by blanks",
          text -> {
            List<String> words =
                Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
            require(!words.isEmpty() && text.indexOf('\0') < 0);
            return words;
          });

  static final OptionType<String> SCHEME =
      new OptionType<>(
          "http|https",
          "http or https",
          text -> {
            require(text.equals("http") || text.equals("https"));
            return text;
          });

  static final OptionType<String> TOPIC =
      new OptionType<>(
          "TOPIC",
          "1 to 249 letters, digits, '.', '_' and '-', and not '.' or '..'",
          OptionType::topic);

  static final OptionType<Optional<String>> OPTIONAL_TOPIC =
      new OptionType<>(
          TOPIC.label,
          TOPIC.allowed,
          text -> text.isEmpty() ? Optional.empty() : Optional.of(topic(text)));

  static final OptionType<String> TOPIC_PREFIX =
      new OptionType<>(
          "PREFIX",
          "at most 200 letters, digits, '.', '_' and '-'",
          text -> matching(LEGAL_PREFIX, text));

  static final OptionType<String> FRAMEWORK =
      new OptionType<>(
          "NAME",
          "a framework's name of letters, digits, '.', '_' and '-'",
          text -> text.isEmpty() ? text : matching(NAME, text));

  static final OptionType<Optional<String>> OPTIONAL_HOST =
      new OptionType<>(
          "HOST",
          "a host's name or address, without a port",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(new Endpoint(text, 0).host()));

  static final OptionType<List<String>> HOSTS =
      new OptionType<>(
          "NAME,...",
          "hosts' names, without ports; several are separated by commas",
          text ->
              text.isEmpty()
                  ? List.of()
                  : Arrays.stream(text.split(",", -1)).map(OptionType::hostName).toList());

  static final OptionType<Optional<Path>> OPTIONAL_FILE =
      new OptionType<>(
          "FILE",
          "the path of a file",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));

  static final OptionType<Optional<Path>> OPTIONAL_FOLDER =
      new OptionType<>(
          "DIR",
          "the path of a folder",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));

  static final OptionType<Optional<Settings.Secret>> OPTIONAL_SECRET =
      new OptionType<>(
          "SECRET",
          "printable ASCII characters on one line, without blanks around them",
          text ->
              text.isEmpty()
                  ? Optional.empty()
                  : Optional.of(new Settings.Secret(matching(PRINTABLE, text))));

  static OptionType<Integer> number(int min, int max) {
    return wholeNumber("N", min, max, "", Math::toIntExact);
  }

  static OptionType<Integer> port(int min) {
    return wholeNumber("PORT", min, 65535, "", Math::toIntExact);
  }

  static OptionType<Duration> seconds(int min) {
    return wholeNumber("SECONDS", min, MAX_SECONDS, " of seconds", Duration::ofSeconds);
  }

  static OptionType<Optional<Duration>> optionalSeconds(int min) {
    OptionType<Duration> seconds = seconds(min);
    return new OptionType<>(
        seconds.label,
        seconds.allowed,
        text -> text.isEmpty() ? Optional.empty() : Optional.of(seconds.reader.apply(text)));
  }

  static OptionType<Duration> millis(int min) {
    return wholeNumber("MS", min, MAX_MILLIS, " of milliseconds", Duration::ofMillis);
  }

  /** In bytes, for what one array holds. */
  static OptionType<Integer> arrayKbytes() {
    return wholeNumber("KBYTES", 1, MAX_ARRAY_KBYTES, " of KB", n -> Math.toIntExact(n * 1024));
  }

  /** In bytes. */
  static OptionType<Long> kbytes(long min) {
    return wholeNumber("KBYTES", min, MAX_KBYTES, " of KB", n -> n * 1024);
  }

  /** In bytes. */
  static OptionType<Long> mbytes() {
    return wholeNumber("MBYTES", 1, MAX_MBYTES, " of MB", n -> n * 1024 * 1024);
  }

  private static <N> OptionType<N> wholeNumber(
      String label, long min, long max, String unit, Function<Long, N> made) {
    return new OptionType<>(
        label,
        "a whole number" + unit + " from " + min + " to " + max,
        text -> {
          require(DIGITS.matcher(text).matches());
          long number = Long.parseLong(text);
          require(number >= min && number <= max);
          return made.apply(number);
        });
  }

  private static String hostName(String text) {
    require(text.indexOf(':') < 0);
    return new Endpoint(text.strip(), 0).host();
  }

  private static Endpoint remote(String text) {
    Endpoint endpoint = Endpoint.parse(text.strip());
    require(endpoint.port() > 0);
    return endpoint;
  }

  private static String topic(String text) {
    require(!text.equals(".") && !text.equals(".."));
    return matching(LEGAL_TOPIC, text);
  }

  private static String matching(Pattern pattern, String text) {
    require(pattern.matcher(text).matches());
    return text;
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException();
    }
  }
}
