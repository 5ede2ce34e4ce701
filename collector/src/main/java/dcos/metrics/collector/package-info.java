// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The collector as a library: {@link dcos.metrics.collector.Pipeline} is its entry point, and each
 * package below is one part of the pipeline.
 */
@NullMarked
package dcos.metrics.collector;

import org.jspecify.annotations.NullMarked;
