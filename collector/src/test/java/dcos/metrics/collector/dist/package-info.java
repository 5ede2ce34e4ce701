// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The package that the build makes: the run that trains its class archive, and tests of all of it.
 */
@NullMarked
package dcos.metrics.collector.dist;

import org.jspecify.annotations.NullMarked;
