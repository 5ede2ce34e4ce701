// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the tests of several modules share: the recordings of every release, recordings as later
 * versions may write them, and the comparison of names that users rely on.
 */
@NullMarked
package dcos.metrics.testkit;

import org.jspecify.annotations.NullMarked;
