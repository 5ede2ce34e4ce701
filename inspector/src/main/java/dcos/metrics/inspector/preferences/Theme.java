// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.preferences;

/** Which of the two looks. */
public enum Theme {
  /** As the desktop, where that can be known; else light. */
  DESKTOP,
  LIGHT,
  DARK
}
