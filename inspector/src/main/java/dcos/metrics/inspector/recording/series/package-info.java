// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Reading files into a recording: other recordings, containers of MetricLists, text logs. */
@NullMarked
package dcos.metrics.inspector.model.open;

import org.jspecify.annotations.NullMarked;
