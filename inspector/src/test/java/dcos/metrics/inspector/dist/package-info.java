// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The package as it ships. */
@NullMarked
package dcos.metrics.inspector.dist;

import org.jspecify.annotations.NullMarked;
