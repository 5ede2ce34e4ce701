// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Immutable rows of what was captured; the window reads nothing else of a recording. */
@NullMarked
package dcos.metrics.inspector.recording.state;

import org.jspecify.annotations.NullMarked;
