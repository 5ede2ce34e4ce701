// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapNeedTest {
  @Test
  void allowsTheDefaultInTheHeapOfThePackage() {
    assertThatCode(() -> HeapNeed.check(16 << 20, 37 << 20)).doesNotThrowAnyException();
  }

  @Test
  void allowsAsMuchAsTheHeapHolds() {
    assertThatCode(() -> HeapNeed.check(64 << 20, 90 << 20)).doesNotThrowAnyException();
  }

  @Test
  void refusesMoreThanTheHeapHoldsAndSaysWhatToDo() {
    assertThatThrownBy(() -> HeapNeed.check(64 << 20, (89 << 20) + (1 << 19) - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "memory-limit-kbytes=65536 needs a heap of 90 MB, and this one has 89: raise it with"
                + " COLLECTOR_JVM_FLAGS=-Xmx91m");
  }
}
