// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The detail pane: the selected row, decoded and as bytes. */
@NullMarked
package dcos.metrics.inspector.detail;

import org.jspecify.annotations.NullMarked;
