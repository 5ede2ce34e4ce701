// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What finally happens to records and messages: the outcomes, their reasons, and what they are
 * called. The only place that defines these words; everything else derives from it.
 */
@NullMarked
package dcos.metrics.collector.outcome;

import org.jspecify.annotations.NullMarked;
