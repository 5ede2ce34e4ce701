// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import java.util.Map;

/** How the benchmarks' pipelines are set. */
final class Capture {
  /** Drops nothing on purpose, and sends nothing. */
  static final Map<String, String> DRY =
      Map.of(
          "KAFKA", "false",
          "AGENT_POLLING", "false",
          "LISTEN_ENDPOINT", "127.0.0.1:0",
          "INPUT_LIMIT_AMOUNT_KBYTES", "0",
          "GLOBAL_LIMIT_AMOUNT_KBYTES", "0");

  private Capture() {}
}
