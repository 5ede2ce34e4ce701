// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.collector.http.HttpEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the file descriptors of the process suffice for. A process that has used all
 * of them can accept nothing, not even a request for {@code /health}.
 *
 * @param limit how many descriptors the process may have
 * @param senders connections of senders
 * @param httpClients connections of HTTP clients
 */
record DescriptorLimit(long limit, int senders, int httpClients) {
  private static final Logger logger = LoggerFactory.getLogger(DescriptorLimit.class);

  /** What the collector has open without connections; seen: 31. */
  private static final int OWN = 40;

  /** For brokers, the agent and recordings. */
  private static final int OTHERS = 64;

  private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d+) ");

  /** With the limit of this process, which the JVM raises to the hard one. */
  static DescriptorLimit ofThisProcess(int maxConnections) {
    return of(limitOfThisProcess(), maxConnections);
  }

  /** Where there are too few, HTTP clients get up to a sixth, and the others up to a third. */
  static DescriptorLimit of(long limit, int maxConnections) {
    long free = Math.max(limit - OWN, 6);
    long http = Math.min(HttpEndpoint.MAX_CONNECTIONS, free / 6);
    long others = Math.min(OTHERS, free / 3);
    return new DescriptorLimit(
        limit, (int) Math.min(maxConnections, free - http - others), (int) http);
  }

  /** Logs that fewer senders can be connected than the setting allows. */
  void warnIfFewer(int maxConnections) {
    if (senders < maxConnections) {
      logger
          .atWarn()
          .addKeyValue("max-connections", maxConnections)
          .addKeyValue("used", senders)
          .addKeyValue("limit", limit)
          .log("too few file descriptors for max-connections; accepting fewer connections");
    }
  }

  /** See proc_pid_limits(5); without a bound where there is no such file. */
  private static long limitOfThisProcess() {
    try {
      Matcher line = OPEN_FILES.matcher(Files.readString(Path.of("/proc/self/limits")));
      return line.find() ? Long.parseLong(line.group(1)) : Long.MAX_VALUE;
    } catch (IOException e) {
      logger.atDebug().addKeyValue("cause", e.toString()).log("limit of descriptors is not known");
      return Long.MAX_VALUE;
    }
  }
}
