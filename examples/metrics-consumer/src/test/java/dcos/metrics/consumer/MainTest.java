// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

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
        "--from-beginning | --brokers or --framework must say where Kafka is",
        "--brokers=here | --brokers must be HOST:PORT, comma separated, was here",
        "--brokers=a:1,b | --brokers must be HOST:PORT, comma separated, was a:1,b",
        "--brokers=a:1 --pattern=( | --pattern must be a regular expression, was (",
        "--framework=kafka --dns-servers=x | --dns-servers must be HOST:PORT, comma separated, was x",
        "--brokers=a:1 --filter=topic:( | --filter=topic:(: no value behind \"topic:\" at 1",
        "--unknown | Unknown option: '--unknown'",
      })
  void reportsMisuseInALine(String arguments, String message) {
    var err = new StringWriter();

    int exit =
        Main.commandLine(System.out)
            .setErr(new PrintWriter(err, true))
            .execute(arguments.split(" ", -1));

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).isEqualTo(message + System.lineSeparator());
  }
}
