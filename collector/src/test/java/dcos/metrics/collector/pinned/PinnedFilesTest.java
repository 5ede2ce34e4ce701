// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.pinned;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.testkit.PinnedNames;
import dcos.metrics.testkit.SourceScan;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;

/** Classes that others find by their names. */
class PinnedFilesTest {
  private final PinnedNames pinned = PinnedNames.ofModule();

  @Test
  void noClassChangesThatALauncherOrTheBuildNames() {
    pinned.check("classes named by files", SourceScan.classesNamedByFiles(Path.of(".")));
  }

  @Test
  void everyClassExistsThatTheBuildOfTheBenchmarksNames() {
    assertThat(SourceScan.classesNamedByFiles(Path.of("..", "benchmarks"))).isNotEmpty();
  }

  @Test
  void noClassChangesThatIsInThePlaceOfOneOfALibrary() {
    pinned.check("classes in place of a library's", SourceScan.foreignClasses());
  }

  @Test
  void slf4jFindsTheProviderByItsName() {
    var names = new TreeSet<String>();
    ServiceLoader.load(SLF4JServiceProvider.class)
        .forEach(provider -> names.add(provider.getClass().getName()));

    pinned.check("slf4j providers", names);
  }
}
