// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallWatchTest {
  private final StallWatch watch = new StallWatch();

  @Test
  void isPatientForASecond() {
    watch.isStalled(false, 20_000);
    for (int i = 0; i < 4; i++) {
      assertThat(watch.isStalled(true, 20_000)).isFalse();
    }
    assertThat(watch.isStalled(true, 20_000)).isTrue();
  }

  @Test
  void takesAFewBytesForNoProgress() {
    for (int i = 1; i <= 4; i++) {
      assertThat(watch.isStalled(true, i)).isFalse();
    }
    assertThat(watch.isStalled(true, 5)).isTrue();
  }

  @Test
  void beginsAnewWhenTheSenderGoesOn() {
    for (int i = 0; i < 100; i++) {
      assertThat(watch.isStalled(true, 20_000L * (i / 4))).isFalse();
    }
  }

  @Test
  void beginsAnewWhenNobodyWaits() {
    for (int i = 0; i < 100; i++) {
      assertThat(watch.isStalled(i % 4 != 0, 0)).isFalse();
    }
  }
}
