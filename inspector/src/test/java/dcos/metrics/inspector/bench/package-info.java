// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** How smooth the window is; run by hand. */
@NullMarked
package dcos.metrics.inspector.bench;

import org.jspecify.annotations.NullMarked;
