// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Controls that several features use: a table of any length, and its cells. */
@NullMarked
package dcos.metrics.inspector.control;

import org.jspecify.annotations.NullMarked;
