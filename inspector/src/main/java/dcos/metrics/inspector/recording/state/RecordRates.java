// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/**
 * Over the whole recording, in equal parts of time. The arrays are the caller's.
 *
 * @param fromMs when the first part begins, since the epoch
 * @param partMs how long each part is
 * @param records in each part
 * @param errors what went wrong in each part, as many parts
 */
@SuppressWarnings("ArrayRecordComponent") // a copy, made for whoever asked
public record RecordRates(long fromMs, long partMs, long[] records, long[] errors) {}
