// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.filter.FilterTerm;
import dcos.metrics.collector.filter.Key;

/** The filters that a click sets. */
final class Links {
  private Links() {}

  static String source(String name) {
    return FilterTerm.equal(Key.SOURCE, name).toString();
  }

  static String topic(String name) {
    return FilterTerm.equal(Key.TOPIC, name).toString();
  }
}
