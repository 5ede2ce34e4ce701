// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Numbers, times and outcomes as the window writes them. */
@NullMarked
package dcos.metrics.inspector.format;

import org.jspecify.annotations.NullMarked;
