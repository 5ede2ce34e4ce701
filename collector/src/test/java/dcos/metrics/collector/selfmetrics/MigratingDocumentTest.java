// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.OriginalNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide for those who come from the original collector, compared with the code. */
class MigratingDocumentTest {
  private static final Pattern GAUGE = Pattern.compile("`([a-z]+_[a-z]+\\.[A-Za-z_.]+)`");
  private static final Pattern OPTION = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

  private final List<String> lines = Files.readAllLines(Path.of("../docs/migrating.md"));

  MigratingDocumentTest() throws IOException {}

  @Test
  void namesOnlyGaugesThatAreSent() {
    Set<String> sent =
        Stream.concat(
                SelfMetric.all().stream().map(f -> f.component().metricName() + "." + f.name()),
                TopicMetric.ALL.stream()
                    .map(f -> f.component().metricName() + ".topics.TOPIC." + f.name()))
            .collect(Collectors.toSet());

    List<String> named =
        lines.subList(lines.indexOf("## StatsD names"), lines.size()).stream()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> names(GAUGE, line.split("\\|", -1)[2]))
            .toList();

    assertThat(named).hasSizeGreaterThan(25).isSubsetOf(sent);
  }

  @Test
  void namesOnlyOptionsThatAreAccepted() {
    Set<String> accepted =
        Stream.concat(Options.ALL.stream(), OriginalNames.ALL.stream())
            .map(option -> option.name())
            .collect(Collectors.toSet());

    List<String> named = lines.stream().flatMap(line -> names(OPTION, line)).toList();

    assertThat(named).hasSizeGreaterThan(15).isSubsetOf(accepted);
    assertThat(named).containsAll(OriginalNames.ALL.stream().map(option -> option.name()).toList());
  }

  private static Stream<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult result) -> result.group(1));
  }
}
