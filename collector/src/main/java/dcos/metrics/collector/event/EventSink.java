// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

/** Takes events; the first is a {@link Event.Snapshot}. */
@FunctionalInterface
public interface EventSink {
  /**
   * Called on the pipeline's own threads, several at once: must neither block nor throw. What can
   * not be kept is to be counted and said as {@link Event.Skipped}.
   */
  void accept(Event event);
}
