// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The latest datapoints of every series, within bounds of series and of datapoints. */
@NullMarked
package dcos.metrics.inspector.recording.series;

import org.jspecify.annotations.NullMarked;
