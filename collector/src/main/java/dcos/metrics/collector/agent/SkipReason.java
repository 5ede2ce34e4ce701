// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

/** Why a container of the agent became no record. */
public enum SkipReason {
  /** Its statistics are missing, empty or hold no number. */
  NO_STATISTICS,
  /** Its statistics do not say when they were taken. */
  NO_TIMESTAMP,
  /** It names no framework, so there is no topic for it. */
  NO_FRAMEWORK
}
