// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A recording, which may still be growing. {@link dcos.metrics.inspector.recording.Recording} takes
 * the pipeline's events; the bytes of blocks go to disk, and their index and the latest datapoints
 * of every series stay in memory, all within bounds. Nothing here depends on the window.
 */
@NullMarked
package dcos.metrics.inspector.recording;

import org.jspecify.annotations.NullMarked;
