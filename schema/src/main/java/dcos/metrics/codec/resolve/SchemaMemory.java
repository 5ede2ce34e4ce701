// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

/**
 * The memory for the foreign schemas of open streams at one instant.
 *
 * @param limitBytes for all together
 * @param usedBytes of it now
 * @param shortages how often a schema took the place of others, or was refused, since the start
 * @param exhausted whether a new schema would be refused, as the last one was
 */
public record SchemaMemory(long limitBytes, long usedBytes, long shortages, boolean exhausted) {}
