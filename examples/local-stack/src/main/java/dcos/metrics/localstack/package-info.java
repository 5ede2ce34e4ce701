// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The parts of a cluster that a collector talks to, on one machine, for trying it out and for
 * tests.
 */
@NullMarked
package dcos.metrics.localstack;

import org.jspecify.annotations.NullMarked;
