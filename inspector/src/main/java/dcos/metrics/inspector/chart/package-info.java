// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The chart of the selected series. */
@NullMarked
package dcos.metrics.inspector.chart;

import org.jspecify.annotations.NullMarked;
