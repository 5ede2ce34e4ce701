// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What an operator of a small process looks at first: memory, processor time, age. Under the names
 * that Prometheus has for every process; a figure that this system does not know has no line.
 */
final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  void addTo(MetricSnapshots.Builder metrics) {
    ProcessHandle.Info info = ProcessHandle.current().info();
    info.totalCpuDuration()
        .ifPresent(
            time ->
                metrics.metricSnapshot(
                    CounterSnapshot.builder()
                        .name("process_cpu_seconds")
                        .help("Processor time used, in seconds.")
                        .dataPoint(
                            CounterDataPointSnapshot.builder().value(time.toNanos() / 1e9).build())
                        .build()));
    info.startInstant()
        .map(Instant::toEpochMilli)
        .ifPresent(
            at ->
                addGauge(
                    metrics,
                    "process_start_time_seconds",
                    "When it started, in seconds since the epoch.",
                    at / 1e3));
    residentBytes()
        .ifPresent(
            bytes ->
                addGauge(
                    metrics,
                    "process_resident_memory_bytes",
                    "Resident memory, in bytes.",
                    (double) bytes));
    Runtime runtime = Runtime.getRuntime();
    addGauge(
        metrics,
        "jvm_heap_used_bytes",
        "Heap in use, dead objects included.",
        (double) (runtime.totalMemory() - runtime.freeMemory()));
    addGauge(
        metrics,
        "jvm_heap_max_bytes",
        "The most that the heap may be.",
        (double) runtime.maxMemory());
  }

  private static void addGauge(
      MetricSnapshots.Builder metrics, String name, String help, double value) {
    metrics.metricSnapshot(
        GaugeSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
            .build());
  }

  private static OptionalLong residentBytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      Optional<String> resident = lines.filter(line -> line.startsWith(RESIDENT)).findFirst();
      return resident.isEmpty() ? OptionalLong.empty() : OptionalLong.of(kilobytes(resident.get()));
    } catch (IOException e) {
      // Not a Linux: the figure has no line then.
      return OptionalLong.empty();
    }
  }

  /** Reads {@code VmRSS: 90000 kB}. */
  private static long kilobytes(String line) {
    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
  }
}
