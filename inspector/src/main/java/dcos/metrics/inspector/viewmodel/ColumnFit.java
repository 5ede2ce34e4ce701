// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;

/** How a table's columns share its width. */
public final class ColumnFit {
  /**
   * What a column would like.
   *
   * @param least narrower, it says too little
   * @param whole where nothing in it is cut
   * @param elastic whether it may be cut, and takes what is left over
   */
  public record Wish(double least, double whole, boolean elastic) {
    private double atLeast() {
      return elastic ? least : Math.max(least, whole);
    }

    private double upTo(double level) {
      return elastic ? Math.max(least, Math.min(whole, level)) : atLeast();
    }
  }

  private ColumnFit() {}

  /**
   * The widths, in whole pixels. Where there is room for less than the least, they are wider
   * together than the table; else they fill it, if any is elastic.
   */
  public static double[] widths(double room, List<Wish> wishes) {
    double level = level(room, wishes);
    double[] widths = new double[wishes.size()];
    double taken = 0;
    double elastic = 0;
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.floor(wishes.get(i).upTo(level));
      taken += widths[i];
      elastic += wishes.get(i).elastic() ? widths[i] : 0;
    }
    double left = room - taken;
    for (int i = 0; left > 0 && i < widths.length; i++) {
      if (wishes.get(i).elastic()) {
        widths[i] += Math.floor(left * widths[i] / elastic);
      }
    }
    return widths;
  }

  /** As wide as the widest of those that are cut can be. */
  private static double level(double room, List<Wish> wishes) {
    double low = 0;
    double high = wishes.stream().mapToDouble(Wish::whole).max().orElse(0);
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

  private static double sum(List<Wish> wishes, double level) {
    return wishes.stream().mapToDouble(wish -> wish.upTo(level)).sum();
  }
}
