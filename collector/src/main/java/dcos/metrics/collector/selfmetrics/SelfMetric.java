// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One number of the collector: where it belongs, what it is called and how it is read.
 *
 * @param name lower case with underscores; what it counts comes last
 * @param kind whether a period is told its difference or where it stands
 * @param help one sentence, for Prometheus
 */
record Figure(
    Component component, String name, Kind kind, String help, ToLongFunction<Figures> reading) {

  /** How a figure moves. */
  enum Kind {
    /** Only ever up: a period's own is the difference to the one before. */
    COUNT,
    /** Up and down, and never below zero. */
    LEVEL
  }

  /** Every figure that is not by topic, in the order in which it is told. */
  static List<Figure> all() {
    return Catalogue.FIGURES;
  }

  long of(Figures figures) {
    return reading.applyAsLong(figures);
  }
}
