// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The recordings of every release, and recordings as later versions may write them. */
@NullMarked
package dcos.metrics.testkit.recording;

import org.jspecify.annotations.NullMarked;
