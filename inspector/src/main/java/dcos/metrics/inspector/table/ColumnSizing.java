// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import java.util.ArrayList;
import java.util.List;

/** How a table's columns share its width. */
public final class ColumnSizing {
  /** When a column is cut, where there is no room for all. */
  public enum TruncationPriority {
    NEVER,
    /** To some width, not before others are as narrow as can be. */
    LAST,
    FIRST
  }

  // What is cut last has room for what matters, not for every reason that there may be.
  private static final double MAX_SERVED = 210;

  /**
   * What a column would like. One that may be cut takes of what is left over, too.
   *
   * @param least narrower, it says too little
   * @param whole where nothing in it is cut
   */
  public record PreferredWidth(double least, double whole, TruncationPriority cut) {
    private boolean isElastic() {
      return cut != TruncationPriority.NEVER;
    }

    private double atLeast() {
      return isElastic() ? least : Math.max(least, whole);
    }

    private double upTo(double level) {
      return isElastic() ? Math.max(least, Math.min(whole, level)) : atLeast();
    }

    /** What is cut last gets its share before the others get more than the least. */
    private PreferredWidth before(double spare) {
      double served = Math.min(Math.min(whole, MAX_SERVED), least + Math.max(0, spare));
      return cut == TruncationPriority.LAST
          ? new PreferredWidth(Math.max(least, served), whole, cut)
          : this;
    }
  }

  private ColumnSizing() {}

  /**
   * The widths, in whole pixels. Where there is room for less than the least, they are wider
   * together than the table; else they fill it, if any may be cut.
   */
  public static double[] widths(double room, List<PreferredWidth> wanted) {
    double spare = room - wanted.stream().mapToDouble(PreferredWidth::atLeast).sum();
    List<PreferredWidth> wishes = new ArrayList<>();
    for (PreferredWidth preferred : wanted) {
      PreferredWidth served = preferred.before(spare);
      spare -= served.atLeast() - preferred.atLeast();
      wishes.add(served);
    }
    double level = level(room, wishes);
    double[] widths = new double[wishes.size()];
    double taken = 0;
    double elastic = 0;
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.floor(wishes.get(i).upTo(level));
      taken += widths[i];
      elastic += wishes.get(i).isElastic() ? widths[i] : 0;
    }
    double left = room - taken;
    for (int i = 0; left > 0 && i < widths.length; i++) {
      if (wishes.get(i).isElastic()) {
        widths[i] += Math.floor(left * widths[i] / elastic);
      }
    }
    return widths;
  }

  /** As wide as the widest of those that are cut can be. */
  private static double level(double room, List<PreferredWidth> wishes) {
    double low = 0;
    double high = wishes.stream().mapToDouble(PreferredWidth::whole).max().orElse(0);
    while (high - low > 0.5) {
      double middle = (low + high) / 2;
      if (sum(wishes, middle) <= room) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return sum(wishes, high) <= room ? high : low;
  }

  private static double sum(List<PreferredWidth> wishes, double level) {
    return wishes.stream().mapToDouble(preferred -> preferred.upTo(level)).sum();
  }
}
