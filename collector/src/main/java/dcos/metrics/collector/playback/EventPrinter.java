// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.collector.event.Event;
import java.io.IOException;

/** Prints events. Not thread-safe. */
interface EventPrinter {
  void print(Event event) throws IOException;

  /** Prints the rest: no more events of the same collector follow. */
  void finish() throws IOException;
}
