// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

/** The tables, in the order of their tabs. */
public enum TableTab {
  METRICS,
  RECORDS,
  DELIVERIES
}
