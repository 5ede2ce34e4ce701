// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeStripTest {
  private final TimeStrip strip = new TimeStrip();

  @Test
  void limitsToWhatLiesBetweenTwoPlacesInAnyOrder() {
    strip.ratesProperty().set(new TimeStrip.Rates(1000, 2000, new double[10], new int[10]));

    strip.brush(0.5, 0.25);

    assertThat(strip.brushProperty().get()).isEqualTo(new TimeStrip.Span(1250, 1500));
  }

  @Test
  void limitsNothingWhereNextToNothingIsBrushed() {
    strip.ratesProperty().set(new TimeStrip.Rates(1000, 2000, new double[10], new int[10]));
    strip.brush(0.25, 0.5);

    strip.brush(0.25, 0.251);

    assertThat(strip.brushProperty().get()).isNull();
  }

  @Test
  void limitsNothingWhereThereIsNoTime() {
    strip.brush(0, 1);

    assertThat(strip.brushProperty().get()).isNull();
  }
}
