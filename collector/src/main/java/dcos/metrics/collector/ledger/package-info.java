// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The one place that counts what became of every record. */
@NullMarked
package dcos.metrics.collector.ledger;

import org.jspecify.annotations.NullMarked;
