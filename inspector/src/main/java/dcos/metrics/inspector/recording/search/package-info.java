// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Which records, messages and series a filter and a time range select, as the recording grows. */
@NullMarked
package dcos.metrics.inspector.recording.search;

import org.jspecify.annotations.NullMarked;
