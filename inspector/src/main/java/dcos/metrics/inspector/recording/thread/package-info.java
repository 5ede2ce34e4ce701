// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The background threads of a recording. */
@NullMarked
package dcos.metrics.inspector.recording.thread;

import org.jspecify.annotations.NullMarked;
