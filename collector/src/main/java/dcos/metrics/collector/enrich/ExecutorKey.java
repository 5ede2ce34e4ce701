// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.enrich;

/**
 * Names an executor of a framework as {@code FRAMEWORK/EXECUTOR}. In the framework's id, {@code %}
 * and {@code /} are written {@code %25} and {@code %2F}: the first slash separates the two ids,
 * whatever they contain, so different executors never have the same key.
 */
public final class ExecutorKey {
  private ExecutorKey() {}

  public static String of(String frameworkId, String executorId) {
    String framework = frameworkId;
    if (framework.indexOf('%') >= 0 || framework.indexOf('/') >= 0) {
      framework = framework.replace("%", "%25").replace("/", "%2F");
    }
    return framework + '/' + executorId;
  }
}
