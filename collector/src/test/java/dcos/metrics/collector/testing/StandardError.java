// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import dcos.metrics.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What this process says on stderr, the log too, from the making to the close. One at a time;
 * thread-safe.
 */
public final class StandardError implements AutoCloseable {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private StandardError() {}

  /** From now on nothing is shown, and all is kept. */
  public static StandardError captured() {
    var captured = new StandardError();
    System.setErr(captured.stream);
    return captured;
  }

  /** Where it goes. */
  public PrintStream stream() {
    return stream;
  }

  /** Everything said so far. */
  public List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Those of the lines with a match, said so far. */
  public List<String> lines(String regex) {
    return lines().stream().filter(Pattern.compile(regex).asPredicate()).toList();
  }

  /** The first line with a match, said already or to come. */
  public String awaitLine(String regex) {
    try {
      Await.until("a line with " + regex, () -> !lines(regex).isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ", it said:\n" + String.join("\n", lines()), e);
    }
    return lines(regex).getFirst();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
