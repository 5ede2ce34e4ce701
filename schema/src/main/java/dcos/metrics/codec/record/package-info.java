// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Records of our own schema, {@code MetricList}, in their encoding: the walk that forwards them
 * without decoding, and their conversion from and to objects and JSON at the edges.
 */
@NullMarked
package dcos.metrics.codec.record;

import org.jspecify.annotations.NullMarked;
