// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import static dcos.metrics.collector.settings.Options.MAX_CONNECTIONS;
import static dcos.metrics.collector.settings.Options.MAX_HEADER_KBYTES;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.settings.TestSettings;
import org.junit.jupiter.api.Test;

class HeapCheckTest {
  @Test
  void allowsTheDefaultInTheHeapOfThePackage() {
    assertThatCode(() -> HeapCheck.check(16 << 20, 0, input(1024, 64), 37 << 20))
        .doesNotThrowAnyException();
  }

  @Test
  void allowsAsMuchAsTheHeapHolds() {
    assertThatCode(() -> HeapCheck.check(64 << 20, 0, input(1024, 64), (90 << 20) + (1 << 19)))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesMoreThanTheHeapHoldsAndSaysWhatToDo() {
    assertThatThrownBy(
            () -> HeapCheck.check(64 << 20, 0, input(1024, 64), (90 << 20) + (1 << 19) - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "memory-limit-kbytes=65536 with max-header-kbytes=64 and max-connections=1024 needs a"
                + " heap of 91 MB, and this one has 90: raise it with"
                + " COLLECTOR_JVM_FLAGS=-Xmx92m");
  }

  @Test
  void countsTheBudgetForHeaders() {
    assertThatThrownBy(() -> HeapCheck.check(16 << 20, 0, input(1024, 2048), 37 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a heap of 44 MB");
  }

  @Test
  void countsConnectionsBeyondTwoThirdsOfTheMemoryForRecords() {
    assertThatThrownBy(() -> HeapCheck.check(16 << 20, 0, input(2048, 64), 37 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a heap of 42 MB");
    assertThatThrownBy(() -> HeapCheck.check(16 << 20, 4 << 20, input(2048, 64), 37 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a heap of 45 MB");
  }

  @Test
  void allowsRecordingsWithTheDefaults() {
    assertThatCode(() -> HeapCheck.check(16 << 20, 4 << 20, input(1024, 64), 37 << 20))
        .doesNotThrowAnyException();
  }

  private static Settings.Input input(int maxConnections, int maxHeaderKbytes) {
    return TestSettings.defaults()
        .with(MAX_CONNECTIONS, maxConnections)
        .with(MAX_HEADER_KBYTES, maxHeaderKbytes)
        .build()
        .input();
  }
}
