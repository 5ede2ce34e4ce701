// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.testkit.LogComponents;
import dcos.metrics.testkit.PinnedNames;
import dcos.metrics.testkit.SourceScan;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Names in lines of the log, by which operators filter them. */
class PinnedLogTest {
  private static final Pattern KEY = Pattern.compile(" ([\\w-]+)=");

  private final PinnedNames pinned = PinnedNames.ofModule();

  @Test
  void noKeyChanges() {
    SortedSet<String> keys = SourceScan.logKeys();
    String failure =
        LogLine.format(
            Instant.EPOCH, Level.ERROR, "a.b.C", "it failed", List.of(), new IOException("why"));
    KEY.matcher(failure).results().forEach(found -> keys.add(found.group(1)));

    pinned.check("log keys", keys);
  }

  /** The component is derived from the package of a class: it must not change with a package. */
  @Test
  void noComponentChanges() {
    SortedSet<String> components = new TreeSet<>(LogComponents.of(SourceScan.loggers()));
    components.add(LogLine.component(hidden().logger()));

    assertThat(components).doesNotContain("");
    pinned.check("log components", components);
  }

  /** The line that counts hidden lines of many kinds. */
  private static LineLimit.Hidden hidden() {
    var limit = new LineLimit(() -> 0);
    IntStream.range(0, 1_000)
        .forEach(kind -> limit.admits(Level.WARN, "a.b.C", "message " + kind, 1));
    return limit.endPeriod().getLast();
  }
}
