// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What the Inspector must reach, measured: {@code TableBenchmark} prints it all; run by hand. */
@NullMarked
package dcos.metrics.inspector.bench;

import org.jspecify.annotations.NullMarked;
