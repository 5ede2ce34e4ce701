// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What was recorded, shown and sent again: recordings, and any container of metrics. At the edge,
 * so everything is decoded here.
 */
@NullMarked
package dcos.metrics.collector.playback;

import org.jspecify.annotations.NullMarked;
