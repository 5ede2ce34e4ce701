// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.enrich.ExecutorKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The applications of executors, collected framework by framework. Executor ids repeat between
 * frameworks, so an executor without a label matters too: its id no longer identifies one
 * application. For one answer.
 */
final class ExecutorApplications {
  private final Map<String, String> byKey = new HashMap<>();
  // By executor id.
  private final Map<String, Owner> owners = new HashMap<>();

  /**
   * Who has an executor id.
   *
   * @param framework null where the agent gave no id for it
   * @param application null where no label names one
   */
  private record Owner(@Nullable String framework, @Nullable String application, boolean shared) {}

  /** Adds an executor of a framework. */
  void add(@Nullable String framework, String executor, @Nullable String application) {
    if (framework != null && application != null) {
      byKey.put(ExecutorKey.of(framework, executor), application);
    }
    owners.merge(executor, new Owner(framework, application, false), ExecutorApplications::merge);
  }

  private static Owner merge(Owner known, Owner added) {
    if (known.framework == null || !known.framework.equals(added.framework)) {
      return new Owner(null, null, true);
    }
    return added.application == null ? known : added;
  }

  /** By {@link ExecutorKey}. */
  Map<String, String> byKey() {
    return byKey;
  }

  /** By executor id, for executors that exactly one framework has. */
  Map<String, String> unshared() {
    Map<String, String> unshared = new HashMap<>();
    owners.forEach(
        (executor, owner) -> {
          if (owner.application != null && owner.framework != null && !owner.shared) {
            unshared.put(executor, owner.application);
          }
        });
    return unshared;
  }
}
