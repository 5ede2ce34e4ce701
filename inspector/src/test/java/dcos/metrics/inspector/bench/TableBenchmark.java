// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what the Inspector must reach beside what it reaches on this machine. Each group of
 * figures gets a JVM of its own, with the heap and the JVM flags of the packaged program.
 * Arguments: the package's folder; then the groups, each of which may carry arguments behind
 * colons, such as {@code frames:10} or {@code file:256}; none are all.
 *
 * <p>Corpus: {@link SampleLoad}.
 */
public final class TableBenchmark {
  private static final Map<String, Class<?>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("frames", FrameMeasurement.class);
    GROUPS.put("throughput", ThroughputMeasurement.class);
    GROUPS.put("heap", HeapMeasurement.class);
    GROUPS.put("file", FileMeasurement.class);
    GROUPS.put("start", StartMeasurement.class);
    GROUPS.put("acknowledgement", AcknowledgementMeasurement.class);
  }

  private TableBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path installed = Path.of(args[0]).toAbsolutePath();
    List<String> wanted = new ArrayList<>(List.of(args).subList(1, args.length));
    if (wanted.isEmpty()) {
      wanted.addAll(GROUPS.keySet());
    }
    List<String> rows = new ArrayList<>();
    double before = load();
    for (String group : wanted) {
      rows.addAll(run(group.split(":"), installed));
    }
    System.out.println("| figure | goal | measured | met |");
    System.out.println("|---|---|---|---|");
    rows.forEach(System.out::println);
    System.out.printf(
        Locale.ROOT,
        "%n%d cores, software rendering, heap of 512 MB, load average %.1f before and %.1f after%n",
        Runtime.getRuntime().availableProcessors(),
        before,
        load());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Returns the rows that a group printed; what else it says passes by. */
  private static List<String> run(String[] words, Path installed)
      throws IOException, InterruptedException {
    Class<?> group = GROUPS.get(words[0]);
    if (group == null) {
      throw new IllegalArgumentException(
          "no figures are called " + words[0] + ", only " + String.join(", ", GROUPS.keySet()));
    }
    List<String> command = new ArrayList<>(java());
    command.add(group.getName());
    command.add(installed.toString());
    command.addAll(List.of(words).subList(1, words.length));
    File log = installed.resolveSibling("bench-" + words[0] + ".log").toFile();
    Process process = new ProcessBuilder(command).redirectError(log).start();
    List<String> rows = new ArrayList<>();
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        System.out.println(line);
        if (line.startsWith("| ")) {
          rows.add(line);
        }
      }
    }
    int code = process.waitFor();
    if (code != 0) {
      rows.add(new Measurement(words[0], "", "ended with " + code + ", see " + log, false).line());
    }
    return rows;
  }

  /** This Java, its class path and system properties, and the packaged program's flags. */
  static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-Xms64m", "-Xmx512m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"));
    if (Files.isDirectory(Path.of("/sys/kernel/mm/transparent_hugepage"))) {
      command.add("-XX:+UseTransparentHugePages");
    }
    command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    return command;
  }
}
