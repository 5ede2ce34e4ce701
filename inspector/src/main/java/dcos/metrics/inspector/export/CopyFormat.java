// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

/** What a row is copied as. */
public enum CopyFormat {
  /** All of it, as an export would write it. */
  JSON,
  /** A filter that finds it, and what is like it. */
  FILTER
}
