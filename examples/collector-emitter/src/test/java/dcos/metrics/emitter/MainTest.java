// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--endpoint=nowhere | --endpoint must be HOST:PORT, was nowhere",
        "--endpoint=host:70000 | --endpoint must be HOST:PORT, was host:70000",
        "--period=0 | --period must be 0.001 to 31536000 seconds, was 0.0",
        "--rate=-1 | rate must be 0 to 10000000 records a second, was -1.0",
        "--records-per-block=0 | records a block must be 1 or more, was 0",
        "--unknown | Unknown option: '--unknown'",
      })
  void reportsMisuseInALine(String argument, String message) {
    var err = new StringWriter();

    int exit = Main.commandLine().setErr(new PrintWriter(err, true)).execute(argument);

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).isEqualTo(message + System.lineSeparator());
  }
}
