// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.stage.FileChooser;
import org.junit.jupiter.api.Test;

class FileDialogsTest {
  @Test
  void namesAFileAsItsKindWhereItHasNoEnd() {
    var csv = new FileChooser.ExtensionFilter("CSV", "*.csv");

    assertThat(FileDialogs.named(Path.of("/tmp/all"), csv)).isEqualTo(Path.of("/tmp/all.csv"));
    assertThat(FileDialogs.named(Path.of("/tmp/all.jsonl"), csv))
        .isEqualTo(Path.of("/tmp/all.jsonl"));
    assertThat(FileDialogs.named(Path.of("/tmp/all"), null)).isEqualTo(Path.of("/tmp/all"));
  }
}
