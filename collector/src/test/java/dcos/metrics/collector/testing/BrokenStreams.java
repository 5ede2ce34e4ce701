// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a program's log says of the streams that broke: lines of their own, and counted ones. */
public final class BrokenStreams {
  private static final String BROKEN = "stream broken, connection closed";
  private static final Pattern FURTHER = Pattern.compile("message=\"" + BROKEN + "\" lines=(\\d+)");

  private BrokenStreams() {}

  /** The streams that have a line of their own. */
  public static long shownIn(List<String> lines) {
    return lines.stream().filter(line -> line.contains(BROKEN + " peer=")).count();
  }

  /** All streams: those with a line of their own, and those counted as further lines. */
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
