// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Rows of a recording as text for other programs: whole views into files, one row for the
 * clipboard.
 */
@NullMarked
package dcos.metrics.inspector.export;

import org.jspecify.annotations.NullMarked;
