// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Reads files into a recording: other recordings, container files of MetricLists, text logs. */
@NullMarked
package dcos.metrics.inspector.recording.open;

import org.jspecify.annotations.NullMarked;
