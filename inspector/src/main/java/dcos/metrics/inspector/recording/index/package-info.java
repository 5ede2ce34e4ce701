// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What the events of a recording add up to: counts, sources, topics, messages and errors. */
@NullMarked
package dcos.metrics.inspector.recording.index;

import org.jspecify.annotations.NullMarked;
