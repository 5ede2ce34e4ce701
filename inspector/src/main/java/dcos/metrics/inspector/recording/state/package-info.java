// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The latest datapoints of every name and tags, within a bound of series and of points. */
@NullMarked
package dcos.metrics.inspector.model.series;

import org.jspecify.annotations.NullMarked;
