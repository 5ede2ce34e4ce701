// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the tests of several modules share: the recordings of every release, and recordings as later
 * versions may write them.
 */
@NullMarked
package dcos.metrics.testkit;

import org.jspecify.annotations.NullMarked;
