// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The headless program: its command line, its start and its end. Alone in knowing picocli. */
@NullMarked
package dcos.metrics.collector.cli;

import org.jspecify.annotations.NullMarked;
