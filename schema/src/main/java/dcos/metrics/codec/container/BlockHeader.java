// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

/**
 * The start of a block, checked against the limits; its body has not been read.
 *
 * @param offset where the block begins in the container
 * @param records how many records it declares
 * @param storedBytes the body's length as stored, without the sync marker
 * @param chargeBytes the most memory that reading the body can take, in bytes: its stored length,
 *     and where it is compressed or rewritten the block limit on top of it for each
 */
public record BlockHeader(long offset, long records, int storedBytes, long chargeBytes) {}
