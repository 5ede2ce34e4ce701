// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.filter.Term;

/** The filters that a click sets. */
final class Links {
  private Links() {}

  static String source(String name) {
    return Term.equal(Key.SOURCE, name).toString();
  }

  static String topic(String name) {
    return Term.equal(Key.TOPIC, name).toString();
  }
}
