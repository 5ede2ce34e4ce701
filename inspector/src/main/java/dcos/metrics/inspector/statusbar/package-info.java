// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The status bar: the ledger, and what was dropped. */
@NullMarked
package dcos.metrics.inspector.statusbar;

import org.jspecify.annotations.NullMarked;
