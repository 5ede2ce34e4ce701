// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What the tests of several modules share. */
@NullMarked
package dcos.metrics.testkit;

import org.jspecify.annotations.NullMarked;
