// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** How fast the codec is, and what the packaged collector takes of a machine under load. */
@NullMarked
package dcos.metrics.benchmarks;

import org.jspecify.annotations.NullMarked;
