// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where finished messages go: the seam between the pipeline and a destination, the limit on what
 * leaves, and what is done once the outcome of a message is known.
 */
@NullMarked
package dcos.metrics.collector.delivery;

import org.jspecify.annotations.NullMarked;
