// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The broken streams in a program's log: those with separate lines, and those only counted. */
public final class BrokenStreams {
  private static final String BROKEN = "stream broken, connection closed";
  private static final Pattern FURTHER = Pattern.compile("message=\"" + BROKEN + "\" lines=(\\d+)");

  private BrokenStreams() {}

  /** The streams that have a separate line. */
  public static long shownIn(List<String> lines) {
    return lines.stream().filter(line -> line.contains(BROKEN + " peer=")).count();
  }

  /** All streams: those with a separate line, and those counted as further lines. */
  public static long countedIn(List<String> lines) {
    long further =
        lines.stream()
            .flatMap(line -> FURTHER.matcher(line).results())
            .mapToLong(BrokenStreams::count)
            .sum();
    return shownIn(lines) + further;
  }

  private static long count(MatchResult found) {
    return Long.parseLong(found.group(1));
  }
}
