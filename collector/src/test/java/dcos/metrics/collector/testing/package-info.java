// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What tests of several rooms share. */
@NullMarked
package dcos.metrics.collector.testing;

import org.jspecify.annotations.NullMarked;
