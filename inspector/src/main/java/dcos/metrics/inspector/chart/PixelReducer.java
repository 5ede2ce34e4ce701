// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import java.util.Arrays;

/** Writes down what is to be drawn of a line, at most four points a column. */
final class PixelReducer {
  private final ChartRange range;
  private final double perColumn;
  private final boolean dots;
  private double[] times = new double[64];
  private double[] values = new double[64];
  private int size;
  // Where the line that is being drawn began.
  private int began;
  // The points of the column at hand, by their places in it; none while held is 0.
  private long column;
  private int held;
  private double firstTime;
  private double firstValue;
  private double lowTime;
  private double low;
  private double highTime;
  private double high;
  private double lastTime;
  private double lastValue;

  PixelReducer(ChartRange range, int columns, boolean dots) {
    this.range = range;
    this.perColumn = range.timeRange() / Math.max(1, columns);
    this.dots = dots;
  }

  /** To where the line enters or leaves. */
  void move(double time, double value) {
    finishColumn();
    put(time, value);
  }

  void point(double time, double value) {
    long at = (long) Math.floor((time - range.fromMillis()) / perColumn);
    if (held > 0 && at != column) {
      finishColumn();
    }
    if (held == 0) {
      column = at;
      firstTime = lowTime = highTime = time;
      firstValue = low = high = value;
    } else if (value < low) {
      lowTime = time;
      low = value;
    } else if (value > high) {
      highTime = time;
      high = value;
    }
    lastTime = time;
    lastValue = value;
    held++;
  }

  /** Ends the line. */
  void lift() {
    finishColumn();
    if (size == began) {
      return;
    }
    if (size - began == 1 && !dots) { // By itself: two columns wide, so that it is seen.
      double time = times[began];
      double value = values[began];
      times[began] = time - perColumn;
      put(time + perColumn, value);
    }
    put(times[size - 1], Double.NaN);
    began = size;
  }

  ChartLine.ReducedPoints drawn() {
    lift();
    return new ChartLine.ReducedPoints(Arrays.copyOf(times, size), Arrays.copyOf(values, size));
  }

  private void finishColumn() {
    if (held == 0) {
      return;
    }
    put(firstTime, firstValue);
    if (held > 2) {
      boolean lowFirst = lowTime <= highTime;
      inner(lowFirst ? lowTime : highTime, lowFirst ? low : high);
      inner(lowFirst ? highTime : lowTime, lowFirst ? high : low);
    }
    if (held > 1) {
      put(lastTime, lastValue);
    }
    held = 0;
  }

  /** Unless it is the column's first or last. */
  private void inner(double time, double value) {
    boolean isFirst = time == firstTime && value == firstValue;
    boolean isLast = time == lastTime && value == lastValue;
    if (!isFirst && !isLast) {
      put(time, value);
    }
  }

  private void put(double time, double value) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    times[size] = time;
    values[size] = value;
    size++;
  }
}
