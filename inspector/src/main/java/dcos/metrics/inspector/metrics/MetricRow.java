// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.metrics;

/**
 * A series: a name and its tags.
 *
 * @param tags as {@code key=value}, separated by blanks
 * @param rate datapoints a second, lately
 * @param trend how the values went lately, oldest first
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of them, never compared nor written to
public record MetricRow(
    long id, String topic, String name, String tags, double last, double rate, double[] trend) {}
