// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

import dcos.metrics.testkit.PinnedNames;
import dcos.metrics.testkit.SourceScan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Classes that the script and the build start by their names. */
class PinnedProgramTest {
  @Test
  void noClassChangesThatTheScriptOrTheBuildNames() {
    PinnedNames.ofModule()
        .check("classes named by files", SourceScan.classesNamedByFiles(Path.of(".")));
  }
}
