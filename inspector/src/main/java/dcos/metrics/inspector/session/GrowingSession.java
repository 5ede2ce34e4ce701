// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

/** A session whose recording grows until its source ends. Thread-safe. */
public sealed interface GrowingSession extends Session permits LiveSession, AttachedSession {
  /** Its title once nothing more arrives. */
  String endedTitle();
}
