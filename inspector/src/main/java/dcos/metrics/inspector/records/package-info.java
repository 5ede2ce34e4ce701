// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The table of records. */
@NullMarked
package dcos.metrics.inspector.records;

import org.jspecify.annotations.NullMarked;
