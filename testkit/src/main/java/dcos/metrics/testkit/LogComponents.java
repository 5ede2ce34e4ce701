// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Which component a line of the log names: {@code TIME LEVEL COMPONENT MESSAGE}. */
public final class LogComponents {
  private static final String MESSAGE = "a line of LogComponents";
  private static final Pattern LINE = Pattern.compile("(?m)^\\S+ ERROR (.*)  " + MESSAGE + "$");

  private LogComponents() {}

  /**
   * Logs a line by each logger, with the SLF4J provider of the class path, and reads it from
   * standard error, which is replaced meanwhile.
   *
   * @param loggers full names
   * @throws AssertionError if a line is not as expected
   */
  public static SortedSet<String> of(Collection<String> loggers) {
    SortedSet<String> components = new TreeSet<>();
    for (String logger : loggers) {
      Matcher line = LINE.matcher(logged(logger));
      if (!line.find()) {
        throw new AssertionError("no line as expected by " + logger + ": " + logged(logger));
      }
      components.add(line.group(1));
    }
    return components;
  }

  private static String logged(String logger) {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    try (var captured = new PrintStream(bytes, true, UTF_8)) {
      System.setErr(captured);
      LoggerFactory.getLogger(logger).error(MESSAGE);
    } finally {
      System.setErr(before);
    }
    return bytes.toString(UTF_8);
  }
}
