// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Tables without their controls: columns, rows, selection and sorting. */
@NullMarked
package dcos.metrics.inspector.table;

import org.jspecify.annotations.NullMarked;
