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
    assertThatCode(() -> HeapNeed.check(64 << 20, 89 << 20)).doesNotThrowAnyException();
  }

  @Test
  void refusesMoreThanTheHeapHoldsAndSaysWhatToDo() {
    assertThatThrownBy(() -> HeapNeed.check(64 << 20, (89 << 20) - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "memory-limit-kbytes=65536 needs a heap of 89 MB, and this one has 88: raise it with"
                + " COLLECTOR_JVM_FLAGS=-Xmx90m");
  }
}
