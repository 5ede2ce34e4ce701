// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallDetectorTest {
  private final StallDetector watch = new StallDetector();

  @Test
  void aSenderIsStalledAfterASecondWithoutProgress() {
    watch.look(20_000, 0);
    for (int i = 0; i < 4; i++) {
      watch.look(20_000, 0);
      assertThat(watch.isStalled()).isFalse();
    }
    watch.look(20_000, 0);
    assertThat(watch.isStalled()).isTrue();
  }

  @Test
  void aFewBytesAreNoProgress() {
    for (int i = 1; i <= 5; i++) {
      assertThat(watch.isStalled()).isFalse();
      watch.look(i, 0);
    }
    assertThat(watch.isStalled()).isTrue();
  }

  @Test
  void manyBytesAreProgress() {
    for (int i = 0; i < 100; i++) {
      watch.look(20_000L * (i / 4), 0);
      assertThat(watch.isStalled()).isFalse();
    }
  }

  @Test
  void aRecordIsProgressHoweverSmall() {
    for (int i = 0; i < 100; i++) {
      watch.look(i, i / 4);
      assertThat(watch.isStalled()).isFalse();
    }
  }

  @Test
  void countsTheLooksWithoutProgress() {
    watch.look(0, 1);
    assertThat(watch.silentLooks()).isZero();
    watch.look(0, 1);
    watch.look(0, 1);
    assertThat(watch.silentLooks()).isEqualTo(2);
  }
}
