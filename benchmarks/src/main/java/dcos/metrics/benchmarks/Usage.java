// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process takes of the machine, as Linux counts it.
 *
 * @param peakKb the most that was ever resident
 * @param residentKb what is resident now: the sum of the two below, and shared memory
 * @param anonKb of its own: heap, metaspace, code, stacks
 * @param fileKb of mapped files: the runtime's libraries and the cache of classes
 * @param pssKb with pages that others map too counted by their share
 * @param cpuSeconds of all its threads, user and system
 */
record Usage(
    long peakKb, long residentKb, long anonKb, long fileKb, long pssKb, double cpuSeconds) {
  /** The kernel's unit of a process's times, on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  static Usage of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    String status = Files.readString(proc.resolve("status"));
    String rollup = Files.readString(proc.resolve("smaps_rollup"));
    // Behind the command's closing parenthesis, user time is the 12th field, system time the 13th.
    String stat = Files.readString(proc.resolve("stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Long.parseLong(fields[11]) + (double) Long.parseLong(fields[12]);
    return new Usage(
        kb(status, "VmHWM"),
        kb(status, "VmRSS"),
        kb(status, "RssAnon"),
        kb(status, "RssFile"),
        kb(rollup, "Pss"),
        ticks / TICKS_PER_SECOND);
  }

  private static long kb(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .findFirst()
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .orElseThrow(() -> new IllegalStateException("no " + name + " in " + text));
  }
}
