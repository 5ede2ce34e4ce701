// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import dcos.metrics.collector.figures.Figure.Kind;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A number that every budget of memory has.
 *
 * @param name lower case with underscores; its unit comes last
 * @param help one sentence, for Prometheus
 */
record BudgetFigure(
    String name, Kind kind, String help, ToLongFunction<Figures.BudgetUse> reading) {

  static final List<BudgetFigure> ALL =
      List.of(
          new BudgetFigure(
              "limit_bytes",
              Kind.LEVEL,
              "The most that a budget of memory gives out.",
              Figures.BudgetUse::limitBytes),
          new BudgetFigure(
              "used_bytes",
              Kind.LEVEL,
              "Bytes of a memory budget that are in use now.",
              Figures.BudgetUse::usedBytes),
          new BudgetFigure(
              "waits",
              Kind.COUNT,
              "How often a memory budget had too few free bytes.",
              Figures.BudgetUse::waits),
          new BudgetFigure(
              "exhausted",
              Kind.LEVEL,
              "Whether a memory budget has too few free bytes now: 1 or 0.",
              budget -> budget.exhausted() ? 1 : 0));

  long of(Figures.BudgetUse budget) {
    return reading.applyAsLong(budget);
  }
}
