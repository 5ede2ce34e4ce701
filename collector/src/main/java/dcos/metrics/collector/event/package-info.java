// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What happens in a pipeline, step by step, for whoever records or shows it. Nobody counts here:
 * figures are the ledger's.
 */
@NullMarked
package dcos.metrics.collector.event;

import org.jspecify.annotations.NullMarked;
