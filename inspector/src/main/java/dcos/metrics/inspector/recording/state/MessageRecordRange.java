// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/**
 * Records of one block that went into one message, one behind the other.
 *
 * @param sourceNumber for the recording's {@code source}, or -1 where the block is not kept any
 *     more
 * @param source such as {@code tcp 127.0.0.1:40122}; empty where it is not known
 * @param blockOffset where the block begins in its stream, or -1
 * @param firstRecord the number of the first, or -1 where the block is not kept any more
 * @param first which one of the block's records that is, from 0
 */
public record MessageRecordRange(
    int sourceNumber, String source, long blockOffset, long firstRecord, int first, int records) {}
