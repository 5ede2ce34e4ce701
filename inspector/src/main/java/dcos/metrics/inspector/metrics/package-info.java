// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The table of series. */
@NullMarked
package dcos.metrics.inspector.metrics;

import org.jspecify.annotations.NullMarked;
