// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.system;

import dcos.metrics.collector.testing.CollectorProcess;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers out of the collector's lines. */
final class RunMeasurements {
  private RunMeasurements() {}

  /** The value of a key in the last line, the ledger. */
  static long ledger(CollectorProcess collector, String key) {
    String line =
        collector.lines().stream()
            .filter(said -> said.contains("ledger balances="))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no ledger in " + collector.lines()));
    return value(line, key);
  }

  static long value(String line, String key) {
    Matcher matcher = Pattern.compile(" " + Pattern.quote(key) + "=(\\d+)").matcher(line);
    if (!matcher.find()) {
      throw new AssertionError("no " + key + " in " + line);
    }
    return Long.parseLong(matcher.group(1));
  }
}
