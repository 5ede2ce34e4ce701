// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The filter line with its suggestions. */
@NullMarked
package dcos.metrics.inspector.filterline;

import org.jspecify.annotations.NullMarked;
