// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The one place that drops on purpose: allowances of bytes for each period. */
@NullMarked
package dcos.metrics.collector.limit;

import org.jspecify.annotations.NullMarked;
