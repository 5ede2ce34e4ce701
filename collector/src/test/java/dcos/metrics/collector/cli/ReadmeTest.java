// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void showsEveryOptionAsTheHelpDoes() throws IOException {
    assertThat(Files.readString(Path.of("../README.md"))).contains(CollectorHelp.text().strip());
  }
}
