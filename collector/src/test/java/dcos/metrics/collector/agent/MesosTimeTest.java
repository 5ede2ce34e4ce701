// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MesosTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1720000000, 1720000000000",
    "1720000000.0019, 1720000000001",
    "1720000000.00099999, 1720000000000",
    "1720000000.9999999, 1720000000999",
    "1.72000000000199e9, 1720000000001",
    "0.0004, 0",
    "-1.9999, -1999",
    "1e-400, 0",
    "0, 0",
  })
  void areCutToWholeMilliseconds(String seconds, long millis) {
    assertThat(MesosTime.wholeMillis(seconds)).hasValue(millis);
  }

  @Test
  void doNotLoseAMillisecondToTheNearestDouble() {
    assertThat((long) (1.001 * 1000)).as("why a double will not do").isEqualTo(1000);

    assertThat(MesosTime.wholeMillis("1.001")).hasValue(1001);
  }

  @ParameterizedTest
  @CsvSource({"1e16", "1e999999999", "1e99999999999", "12345678901234567"})
  void thatNoLongHoldsAreNone(String seconds) {
    assertThat(MesosTime.wholeMillis(seconds)).isEqualTo(OptionalLong.empty());
  }
}
