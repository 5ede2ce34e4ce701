// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The budget that every byte off a socket is charged to before it is read. */
@NullMarked
package dcos.metrics.collector.memory;

import org.jspecify.annotations.NullMarked;
