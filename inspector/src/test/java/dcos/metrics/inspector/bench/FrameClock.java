// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;

/**
 * How long frames are apart, and how long each keeps the FX thread. FX thread only. To be started
 * before a window is, so that the window's own clock is measured too.
 */
final class FrameClock extends AnimationTimer {
  private static final int MAX_FRAMES = 100_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final double[] intervals = new double[MAX_FRAMES];
  private final double[] cpu = new double[MAX_FRAMES];
  private final double[] laidOut = new double[MAX_FRAMES];
  private int frames;
  private long began;
  private long beganCpu;

  /**
   * Milliseconds, frame by frame.
   *
   * @param intervals from one's beginning to the next one's
   * @param cpu that the FX thread worked, whatever for
   * @param laidOut from the beginning until everything has its place
   */
  @SuppressWarnings("ArrayRecordComponent") // thousands of figures, for one to look at
  record Frames(double[] intervals, double[] cpu, double[] laidOut) {}

  void watch(Scene scene) {
    scene.addPostLayoutPulseListener(
        () -> {
          if (frames > 0) {
            laidOut[frames - 1] = Math.max(0, (System.nanoTime() - began) / 1e6);
          }
        });
  }

  @Override
  public void handle(long now) {
    long begins = System.nanoTime();
    long beginsCpu = threads.getCurrentThreadCpuTime();
    if (began != 0 && frames < MAX_FRAMES) {
      intervals[frames] = (begins - began) / 1e6;
      cpu[frames] = (beginsCpu - beganCpu) / 1e6;
      frames++;
    }
    began = begins;
    beganCpu = beginsCpu;
  }

  /** Those since this was called last. */
  Frames take() {
    var taken =
        new Frames(
            Arrays.copyOf(intervals, frames),
            Arrays.copyOf(cpu, frames),
            Arrays.copyOf(laidOut, frames));
    frames = 0;
    return taken;
  }
}
