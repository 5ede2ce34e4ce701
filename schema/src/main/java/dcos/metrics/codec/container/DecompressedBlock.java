// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

/**
 * A block's bytes as they were before compression.
 *
 * @param unfinished whether the compressed data end without the mark of their end: the bytes are
 *     complete only if they are exactly the declared records
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by the reader of the block
record DecompressedBlock(byte[] bytes, boolean unfinished) {}
