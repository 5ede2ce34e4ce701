// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** How any process sends metrics to the collector. */
@NullMarked
package dcos.metrics.emitter;

import org.jspecify.annotations.NullMarked;
