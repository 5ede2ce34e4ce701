// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Where a recording comes from: a pipeline of our own, files, or a collector that runs elsewhere;
 * and which of them a window has open.
 */
@NullMarked
package dcos.metrics.inspector.session;

import org.jspecify.annotations.NullMarked;
