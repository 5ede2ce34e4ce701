// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrometheusFormatTest {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(?<name>[a-z_][a-z0-9_]*)"
              + "(?:\\{(?<labels>[a-z_]+=\"(?:[^\"\\\\]|\\\\[\"\\\\n])*\""
              + "(?:,[a-z_]+=\"(?:[^\"\\\\]|\\\\[\"\\\\n])*\")*)})?"
              + " (?<value>[-+.0-9E]+)");

  @Test
  void isWellFormedWithATypeAndAHelpForEachNameAndNoSampleTwice() throws IOException {
    Map<String, Double> samples = parse(write(SampleSelfMetrics.of(SampleSelfMetrics.ledger())));

    assertThat(samples).hasSizeGreaterThan(60);
  }

  @Test
  void reportsTheFiguresOfStatsdAsTheyAddUp() throws IOException {
    SelfMetricSnapshot selfMetrics = SampleSelfMetrics.of(SampleSelfMetrics.ledger());
    Map<String, Double> samples = parse(write(selfMetrics));

    for (SelfMetric selfMetric : SelfMetric.all()) {
      String name =
          "metrics_collector_" + selfMetric.component().metricName() + "_" + selfMetric.name();
      String sample = selfMetric.kind() == SelfMetric.MetricKind.COUNTER ? name + "_total" : name;
      assertThat(samples).containsEntry(sample, (double) selfMetric.of(selfMetrics));
    }
  }

  @Test
  void showsEachBudgetItsUseAndWhetherItIsExhausted() throws IOException {
    Map<String, Double> samples = parse(write(SampleSelfMetrics.of(new Ledger())));

    String name = "metrics_collector_memory_budget_";
    assertThat(samples)
        .containsEntry(name + "limit_bytes{budget=\"records\"}", 16_777_216.0)
        .containsEntry(name + "used_bytes{budget=\"records\"}", 8192.0)
        .containsEntry(name + "waits_total{budget=\"records\"}", 9.0)
        .containsEntry(name + "exhausted{budget=\"records\"}", 0.0)
        .containsEntry(name + "limit_bytes{budget=\"pieces\"}", 2_097_152.0)
        .containsEntry(name + "used_bytes{budget=\"pieces\"}", 4096.0)
        .containsEntry(name + "waits_total{budget=\"pieces\"}", 18.0)
        .containsEntry(name + "exhausted{budget=\"pieces\"}", 1.0);
  }

  @Test
  void reportsTheLedgerByTermAndByTopic() throws IOException {
    Map<String, Double> samples = parse(write(SampleSelfMetrics.of(SampleSelfMetrics.ledger())));

    assertThat(samples)
        .containsEntry("metrics_collector_records_total{reason=\"\",term=\"received\"}", 34.0)
        .containsEntry(
            "metrics_collector_records_total{reason=\"input-limit\",term=\"throttled\"}", 3.0)
        .containsEntry(
            "metrics_collector_bytes_total{reason=\"too-large\",term=\"undeliverable\"}", 200.0)
        .containsEntry("metrics_collector_held_records", 13.0)
        .containsEntry("metrics_collector_held_bytes", 1300.0)
        .containsEntry(
            "metrics_collector_topic_records_total{term=\"throttled\",topic=\"metrics-web\"}", 7.0)
        .containsEntry(
            "metrics_collector_topic_bytes_total{term=\"delivered\",topic=\"metrics-agent\"}",
            600.0)
        .containsEntry("metrics_collector_topic_held_records{topic=\"metrics-web\"}", 9.0)
        .doesNotContainKey(
            "metrics_collector_topic_records_total{term=\"recovered\",topic=\"metrics-web\"}");
  }

  @Test
  void reportsEveryReasonBeforeItEverHappened() throws IOException {
    Map<String, Double> samples = parse(write(SampleSelfMetrics.idle(new Ledger())));

    assertThat(samples.keySet()).noneMatch(name -> name.contains("unknown"));
    for (LedgerTerm term : LedgerTerm.counted()) {
      if (term != LedgerTerm.HELD) {
        String labels = "{reason=\"" + term.reason() + "\",term=\"" + term.kind() + "\"}";
        assertThat(samples)
            .containsEntry("metrics_collector_records_total" + labels, 0.0)
            .containsEntry("metrics_collector_bytes_total" + labels, 0.0);
      }
    }
  }

  @Test
  void escapesWhatATopicMayHold() throws IOException {
    var ledger = new Ledger();
    ledger.receive(
        ledger.open("tcp 127.0.0.1:1"),
        List.of(new SourceEntry("a\"b\\c\nd ü", LedgerTerm.REJECTED_TOPIC, 1, 9)));

    assertThat(parse(write(SampleSelfMetrics.idle(ledger))))
        .containsEntry(
            "metrics_collector_topic_records_total{term=\"rejected\",topic=\"a\\\"b\\\\c\\nd ü\"}",
            1.0);
  }

  @Test
  void hasNoMoreThanAThousandTopicsAndTheOthers() throws IOException {
    var ledger = new Ledger();
    var source = ledger.open("tcp 127.0.0.1:1");
    for (int i = 0; i < 3000; i++) {
      ledger.receive(
          source, List.of(new SourceEntry("topic-" + i, LedgerTerm.THROTTLED_INPUT, 1, 1)));
    }

    Map<String, Double> samples = parse(write(SampleSelfMetrics.idle(ledger)));

    assertThat(samples.keySet())
        .filteredOn(sample -> sample.startsWith("metrics_collector_topic_held_records{"))
        .hasSize(1001);
    assertThat(samples)
        .containsEntry(
            "metrics_collector_topic_records_total{term=\"received\",topic=\"other\"}", 2000.0);
  }

  @Test
  void reportsTheProcess() throws IOException {
    Map<String, Double> samples = parse(write(SampleSelfMetrics.idle(new Ledger())));

    assertThat(samples.get("process_resident_memory_bytes")).isGreaterThan(1e6);
    assertThat(samples.get("process_cpu_seconds_total")).isPositive();
    assertThat(samples.get("process_start_time_seconds")).isGreaterThan(1.7e9);
    assertThat(samples.get("jvm_heap_used_bytes")).isPositive();
    assertThat(samples.get("jvm_heap_max_bytes")).isPositive();
  }

  @Test
  void namesNoFigureTwice() {
    Set<String> names = new HashSet<>();
    for (SelfMetric selfMetric : SelfMetric.all()) {
      assertThat(selfMetric.name()).matches(NAME);
      assertThat(selfMetric.help()).endsWith(".");
      assertThat(names.add(selfMetric.component() + "." + selfMetric.name()))
          .as(selfMetric.name())
          .isTrue();
    }
  }

  private static String write(SelfMetricSnapshot selfMetrics) throws IOException {
    var out = new ByteArrayOutputStream();
    new PrometheusFormat().write(selfMetrics, out);
    return out.toString(UTF_8);
  }

  /** A strict reading of the text format: every sample follows its own HELP and TYPE. */
  private static Map<String, Double> parse(String text) {
    assertThat(text).endsWith("\n");
    Map<String, Double> samples = new LinkedHashMap<>();
    Set<String> families = new HashSet<>();
    String family = "";
    String helped = "";
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        helped = words[2];
        assertThat(words).hasSize(4);
      } else if (line.startsWith("# TYPE ")) {
        family = words[2];
        assertThat(family).isEqualTo(helped).matches(NAME);
        assertThat(families.add(family)).as("one TYPE for %s", family).isTrue();
        assertThat(words[3]).isIn("counter", "gauge");
        assertThat(words[3].equals("counter")).isEqualTo(family.endsWith("_total"));
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group("name")).isEqualTo(family);
        String series = line.substring(0, sample.start("value") - 1);
        Double value = Double.valueOf(sample.group("value"));
        assertThat(samples.put(series, value)).as("one sample of %s", series).isNull();
      }
    }
    return samples;
  }
}
