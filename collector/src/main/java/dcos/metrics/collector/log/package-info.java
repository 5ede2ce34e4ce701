// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** How the program logs: an SLF4J provider that writes one line an event on stderr. */
@NullMarked
package dcos.metrics.collector.log;

import org.jspecify.annotations.NullMarked;
