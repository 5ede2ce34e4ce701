// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.discovery;

import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.util.List;

/** Says which brokers to begin with. */
@FunctionalInterface
public interface BootstrapSource {
  /**
   * Takes its time; at least one.
   *
   * @throws IOException if none was found: what was asked, where, and what came, in one line
   */
  List<Endpoint> find() throws IOException;
}
