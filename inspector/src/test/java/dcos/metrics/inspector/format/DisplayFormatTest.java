// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayFormatTest {
  @Test
  void countsOneAndMany() {
    assertThat(DisplayFormat.count(1, "record")).isEqualTo("1 record");
    assertThat(DisplayFormat.count(0, "record")).isEqualTo("0 records");
    assertThat(DisplayFormat.count(2_300, "record")).isEqualTo("2,300 records");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.42, 0.42",
    "-3.14159, -3.14",
    "42.42, 42.4",
    "999, 999",
    "1000, 1k",
    "4200, 4.2k",
    "811900000, 812M",
    "999999, 1M",
    "0.00001, 1.00e-05",
    "NaN, NaN"
  })
  void writesAValueInThreeDigits(double value, String text) {
    assertThat(DisplayFormat.value(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "1180, 1.18 kB", "512000, 512 kB"})
  void writesBytes(long bytes, String text) {
    assertThat(DisplayFormat.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"12, 12 ms", "999.4, 999 ms", "999.6, 1 s", "3400, 3.4 s"})
  void writesASpan(double millis, String text) {
    assertThat(DisplayFormat.timeRange(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "0.1|0.1",
        "1234567.25|1,234,567.25",
        "-42|-42",
        "0.30000000000000004|0.30000000000000004",
        "1.0E300|1.0E300",
        "1.0E-9|1.0E-9",
        "NaN|NaN",
      })
  void writesEveryDigitOfAValue(double value, String text) {
    assertThat(DisplayFormat.exact(value)).isEqualTo(text);
  }

  @Test
  void reportsWhichPointsAreKept() {
    assertThat(DisplayFormat.kept(7, 7, 0, true)).isEqualTo("7");
    assertThat(DisplayFormat.kept(512, 3600, 0, false)).isEqualTo("the last 512 of 3,600");
    assertThat(DisplayFormat.kept(300, 3600, 64, true))
        .isEqualTo("300 of 3,600: the first, lowest, highest and last of every 64 ms");
    assertThat(DisplayFormat.kept(512, 360_000, 1000, false))
        .isEqualTo("the last 512 of 360,000: the first, lowest, highest and last of every 1 s");
  }
}
