// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What was captured, in rows that never change: whoever shows a recording reads nothing else. */
@NullMarked
package dcos.metrics.inspector.model.captured;

import org.jspecify.annotations.NullMarked;
