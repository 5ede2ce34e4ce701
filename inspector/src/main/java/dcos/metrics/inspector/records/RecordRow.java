// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.records;

import dcos.metrics.inspector.format.StatusTone;

/**
 * A MetricList as it arrived.
 *
 * @param position in the order of arrival
 * @param millis when it arrived, by the wall clock, since 1970
 * @param outcome in words: delivered, or throttled, rejected or failed and why
 */
public record RecordRow(
    long position,
    long millis,
    String source,
    String topic,
    String tags,
    int datapoints,
    int bytes,
    String outcome,
    StatusTone tone) {}
