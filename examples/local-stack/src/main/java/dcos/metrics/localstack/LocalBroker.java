// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

/** A real Kafka broker, started from its own jars in this process. */
public final class LocalBroker {
  private LocalBroker() {}
}
