// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.workspace;

/** The tables of the window, in the order of their tabs; each can be exported. */
public enum View {
  /** One row per series. */
  METRICS,
  /** One row per record. */
  RECORDS,
  /** One row per Kafka message. */
  DELIVERIES
}
