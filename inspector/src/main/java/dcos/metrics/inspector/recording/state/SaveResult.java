// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/**
 * What was written of a recording.
 *
 * @param records that are in it
 * @param dropped how many there were that are not kept any more
 * @param unknownEvents of a later version, which cannot be written
 */
public record SaveResult(long records, long dropped, long unknownEvents) {}
