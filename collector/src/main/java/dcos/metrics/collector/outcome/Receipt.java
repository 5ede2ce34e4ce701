// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.outcome;

/**
 * The word of a destination for where a message is.
 *
 * @param partition of the Kafka topic
 * @param offset in the partition
 */
public record Receipt(int partition, long offset) {
  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
