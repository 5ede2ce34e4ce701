// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.format;

/** How something stands; the theme has a colour for each. */
public enum StatusTone {
  /** As it should be, and done. */
  GOOD,
  /** Under way. */
  BUSY,
  /** Needs a look. */
  WARNING,
  /** Went wrong. */
  BAD,
  /** Says nothing of itself. */
  QUIET
}
