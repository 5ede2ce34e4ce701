// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The time strip: the rate over the whole recording, and the selected time range. */
@NullMarked
package dcos.metrics.inspector.timeline;

import org.jspecify.annotations.NullMarked;
